package behaviour

import (
	"cmp"
	"maps"
	"reflect"
	"slices"
)

var (
	behaviours = map[string]Behaviour{}
	baselines  = map[string]Baseline{}
)

// register enters a behaviour whose arguments are T's fields. A name used
// twice, or a field with a tag that cannot be, stops the program at start.
func register[T Planner](about About) Behaviour {
	var zero T
	if _, taken := behaviours[about.Name]; taken {
		panic("behaviour: two named " + about.Name)
	}
	entry := Behaviour{
		About:     about,
		Arguments: argumentsOf(reflect.TypeOf(zero)),
		plain:     func() Planner { return *new(T) },
	}
	behaviours[about.Name] = entry
	return entry
}

// registerBaseline enters a baseline, for the kinds of asset it has activities for.
func registerBaseline(one Baseline) Baseline {
	if _, taken := baselines[one.Name]; taken {
		panic("behaviour: two baselines named " + one.Name)
	}
	one.Assets = slices.Sorted(maps.Keys(one.Activities))
	baselines[one.Name] = one
	return one
}

// All lists the behaviours, sorted by name.
func All() []Behaviour {
	return slices.SortedFunc(maps.Values(behaviours), func(a, b Behaviour) int { return cmp.Compare(a.Name, b.Name) })
}

// Find gives the behaviour of that name.
func Find(name string) (Behaviour, bool) {
	one, ok := behaviours[name]
	return one, ok
}

// Baselines lists the baselines, sorted by name.
func Baselines() []Baseline {
	return slices.SortedFunc(maps.Values(baselines), func(a, b Baseline) int { return cmp.Compare(a.Name, b.Name) })
}

// FindBaseline gives the baseline of that name.
func FindBaseline(name string) (Baseline, bool) {
	one, ok := baselines[name]
	return one, ok
}
