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
		About:      about,
		Arguments:  argumentsOf(reflect.TypeOf(zero)),
		newPlanner: func() Planner { return *new(T) },
	}
	behaviours[about.Name] = entry
	return entry
}

// registerBaseline enters a baseline, for the kinds of asset it has activities for.
func registerBaseline(baseline Baseline) Baseline {
	if _, taken := baselines[baseline.Name]; taken {
		panic("behaviour: two baselines named " + baseline.Name)
	}
	baseline.Assets = slices.Sorted(maps.Keys(baseline.Activities))
	baselines[baseline.Name] = baseline
	return baseline
}

// All returns the behaviours, sorted by name.
func All() []Behaviour {
	return slices.SortedFunc(maps.Values(behaviours), func(a, b Behaviour) int { return cmp.Compare(a.Name, b.Name) })
}

// Find returns the behaviour of that name, and whether there is one.
func Find(name string) (Behaviour, bool) {
	behaviour, ok := behaviours[name]
	return behaviour, ok
}

// Baselines returns the baselines, sorted by name.
func Baselines() []Baseline {
	return slices.SortedFunc(maps.Values(baselines), func(a, b Baseline) int { return cmp.Compare(a.Name, b.Name) })
}

// FindBaseline returns the baseline of that name, and whether there is one.
func FindBaseline(name string) (Baseline, bool) {
	baseline, ok := baselines[name]
	return baseline, ok
}
