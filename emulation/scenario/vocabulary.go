package scenario

import (
	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/behaviour"
)

// Vocabulary is what a scenario can name that it does not declare: behaviours, ordinary
// days and kinds of host.
type Vocabulary struct {
	Behaviours []behaviour.Behaviour
	Baselines  []behaviour.Baseline
	Kinds      []asset.Kind
}

// VocabularyOf returns what a library has.
func VocabularyOf(library *behaviour.Library) Vocabulary {
	return Vocabulary{Behaviours: library.Behaviours(), Baselines: library.Baselines(), Kinds: library.Kinds()}
}

// lookup returns the item of that name, and the names of all for suggestions.
func lookup[T any](all []T, name func(T) string, wanted string) (found T, names []string, ok bool) {
	for _, item := range all {
		if name(item) == wanted {
			found, ok = item, true
		}
		names = append(names, name(item))
	}
	return found, names, ok
}

func (v Vocabulary) behaviour(name string) (behaviour.Behaviour, []string, bool) {
	return lookup(v.Behaviours, func(b behaviour.Behaviour) string { return b.Name }, name)
}

func (v Vocabulary) baseline(name string) (behaviour.Baseline, []string, bool) {
	return lookup(v.Baselines, func(b behaviour.Baseline) string { return b.Name }, name)
}

func (v Vocabulary) kind(name string) (asset.Kind, []string, bool) {
	return lookup(v.Kinds, func(k asset.Kind) string { return k.Name }, name)
}
