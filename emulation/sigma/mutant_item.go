package sigma

import (
	"regexp/syntax"
	"slices"
	"strings"

	"github.com/ringer-lab/ringer/emulation/sigma/internal/rulevalue"
	"github.com/ringer-lab/ringer/emulation/sigma/internal/wildcard"
	"github.com/ringer-lab/ringer/emulation/sigma/internal/yamldoc"
)

// item makes the mutants within one line.
func (m *mutator) item(it *item, put func(*item) *detection) {
	m.values(it, put)
	for _, mods := range it.loosened() {
		if altered, ok := it.with(mods, it.raw); ok {
			m.addMutant(put(altered), mutation{operator: ModifierLoosened, line: it.at.Line, before: it.line(), after: altered.String()})
		}
	}
	for _, cut := range []func(string) (string, bool){withoutStartAnchor, withoutEndAnchor} {
		if altered, ok := it.unanchored(cut); ok {
			m.addMutant(put(altered), mutation{operator: ModifierLoosened, line: it.at.Line, before: it.line(), after: altered.line()})
		}
	}
}

// loosened lists the modifiers that ask for less than the item's own.
func (it *item) loosened() [][]string {
	var out [][]string
	replaced := func(old string, new ...string) {
		if at := slices.Index(it.mods, old); at >= 0 {
			out = append(out, slices.Replace(slices.Clone(it.mods), at, at+1, new...))
		}
	}
	replaced("startswith", "contains")
	replaced("endswith", "contains")
	replaced("cased")
	replaced("gt", "gte")
	replaced("lt", "lte")
	if len(it.raw) > 1 {
		replaced(rulevalue.ModAll)
	}
	if it.exact() {
		out = append(out, append(slices.Clone(it.mods), "contains"))
	}
	if it.caseSensitive() {
		replaced("re", "re", "i")
	}
	return out
}

// exact says that the item asks for whole texts: no number, of which another is
// no neighbour, and none with wildcards, which are widened one by one.
func (it *item) exact() bool {
	if it.field == "" || it.affixed() {
		return false
	}
	return !slices.ContainsFunc(it.values, func(v rulevalue.Value) bool {
		return v.Kind != rulevalue.Text || slices.ContainsFunc(v.Alts, func(p wildcard.Pattern) bool { return len(p) == 0 || p.HasWildcard() })
	})
}

// caseSensitive says that the item is of regular expressions that tell letters by
// their case.
func (it *item) caseSensitive() bool {
	return slices.Contains(it.mods, "re") && !slices.ContainsFunc(it.values, func(v rulevalue.Value) bool {
		return v.Kind != rulevalue.Regex || strings.Contains(v.Flags, "i") || strings.HasPrefix(v.Source, "(?i") || !hasLetter(v.Source)
	})
}

// hasLetter says that an expression asks for some letter, not only for classes
// of them: "(?i)" makes a difference to no other.
func hasLetter(source string) bool {
	plain, err := syntax.Parse(source, syntax.Perl)
	folding, errFolding := syntax.Parse(source, syntax.Perl|syntax.FoldCase)
	return err != nil || errFolding != nil || plain.String() != folding.String()
}

// unanchored is the item with something cut off its regular expressions; ok is
// false where none has it.
func (it *item) unanchored(cut func(string) (string, bool)) (out *item, ok bool) {
	if !slices.Contains(it.mods, "re") {
		return nil, false
	}
	raw := slices.Clone(it.raw)
	for i, n := range it.raw {
		if text, had := cut(n.Text); had {
			altered := *n
			altered.Text = text
			raw[i], ok = &altered, true
		}
	}
	if !ok {
		return nil, false
	}
	return it.with(it.mods, raw)
}

func withoutStartAnchor(text string) (string, bool) {
	rest, had := strings.CutPrefix(text, "^")
	return rest, had && rest != ""
}

func withoutEndAnchor(text string) (string, bool) {
	rest, had := strings.CutSuffix(text, "$")
	slashes := len(rest) - len(strings.TrimRight(rest, `\`))
	return rest, had && rest != "" && slashes%2 == 0
}

// with is the item with other modifiers or values, read anew; ok is false where
// they do not go together.
func (it *item) with(mods []string, raw []*yamldoc.Node) (*item, bool) {
	out := &item{
		field: it.field, mods: mods, at: it.at, raw: raw,
		all: slices.Contains(mods, rulevalue.ModAll), neq: slices.Contains(mods, rulevalue.ModNeq), expand: slices.Contains(mods, "expand"),
	}
	for _, n := range raw {
		v, err := rulevalue.Modify(n, mods, nil)
		if err != nil {
			return nil, false
		}
		out.values = append(out.values, v)
	}
	return out, true
}
