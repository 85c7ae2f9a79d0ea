package scenario

import (
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"

	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/behaviour"
	"github.com/ringer-lab/ringer/emulation/diagnostic"
)

// Vocabulary is what a scenario can name that it does not declare as a part of itself:
// behaviours, ordinary days and kinds of host.
type Vocabulary struct {
	Behaviours []behaviour.Behaviour
	Baselines  []behaviour.Baseline
	Kinds      []asset.Kind
	// Libraries are where these come from, of which other libraries can name the hosts and
	// templates.
	Libraries []*behaviour.Library

	// incomplete is that a library could not be read: what is not there may be in that.
	incomplete bool
}

// VocabularyOf returns what libraries have.
func VocabularyOf(libraries ...*behaviour.Library) Vocabulary {
	return Vocabulary{}.with(libraries...)
}

// with returns the vocabulary with what further libraries have.
func (v Vocabulary) with(libraries ...*behaviour.Library) Vocabulary {
	for _, library := range libraries {
		v.Behaviours = slices.Concat(v.Behaviours, library.Behaviours())
		v.Baselines = slices.Concat(v.Baselines, library.Baselines())
		v.Kinds = slices.Concat(v.Kinds, library.Kinds())
		v.Libraries = slices.Concat(v.Libraries, []*behaviour.Library{library})
	}
	return v
}

// broken reports whether a library has a block of that name that cannot be used: what is
// wrong was reported there.
func (v Vocabulary) broken(kind, name string) bool {
	return slices.ContainsFunc(v.Libraries, func(l *behaviour.Library) bool {
		return l.Broken(kind, strings.TrimPrefix(name, l.Name+"."))
	})
}

// entry is what tells an item of a vocabulary from others, and where it is written.
type entry struct {
	library, name string
	at            hcl.Range
}

// chosen finds what a block's first label names, and reports if there is nothing of that
// name, or more than one. block is what such an item is in a library.
func chosen[T any](d *decoder, by *hcl.Block, noun, block string, all []T, is func(T) entry) (found T, ok bool) {
	wanted := by.Labels[0]
	var names, qualified, places []string
	for _, item := range all {
		e := is(item)
		if strings.Contains(wanted, ".") && e.library != "" {
			names = append(names, e.library+"."+e.name)
		} else {
			names = append(names, e.name)
		}
		if wanted == e.name || wanted == e.library+"."+e.name {
			found, ok = item, true
			qualified, places = append(qualified, fmt.Sprintf("%q", e.library+"."+e.name)), append(places, diagnostic.FileLine(e.at))
		}
	}
	switch {
	case len(places) > 1 && is(found).library == "":
		d.Spoil() // that two have one name is reported where they are
	case len(places) > 1:
		d.Errorf(diagnostic.AtLabel(by, 0), "Ambiguous name", "There is %s %q at %s. Write %s.", article(noun), wanted, strings.Join(places, " and at "), strings.Join(qualified, " or "))
		var none T
		return none, false
	case !ok && (d.vocabulary.incomplete || d.vocabulary.broken(block, wanted)):
		d.Spoil()
	case !ok:
		d.Errorf(diagnostic.AtLabel(by, 0), "Unknown "+noun, "There is no %s %q. %s", noun, wanted, diagnostic.Suggest(wanted, names))
	}
	return found, ok
}

func (d *decoder) namedBehaviour(by *hcl.Block) (behaviour.Behaviour, bool) {
	return chosen(d, by, "behaviour", "behaviour", d.vocabulary.Behaviours, func(b behaviour.Behaviour) entry { return entry{b.Library, b.Name, b.Range} })
}

func (d *decoder) namedBaseline(by *hcl.Block) (behaviour.Baseline, bool) {
	return chosen(d, by, "baseline", "ordinary_day", d.vocabulary.Baselines, func(b behaviour.Baseline) entry { return entry{b.Library, b.Name, b.Range} })
}

// namedKind finds a kind of host, of which no two can have the same name.
func (d *decoder) namedKind(by *hcl.Block) (asset.Kind, bool) {
	return chosen(d, by, "asset kind", "host", d.vocabulary.Kinds, func(k asset.Kind) entry { return entry{name: k.Name} })
}
