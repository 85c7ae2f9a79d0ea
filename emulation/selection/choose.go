package selection

import (
	"slices"

	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/plan"
)

// CanAsk reports whether an asset's records can be of one of the log sources that a rule
// reads.
type CanAsk func(on plan.Asset, sources []event.LogSource) bool

// Choice is what a filter chooses of plans.
type Choice struct {
	// Plans are what is to be performed: the plans without what is not chosen. One of
	// which nothing is chosen is missing.
	Plans []*plan.Plan
	// Needed are the steps that are performed though they were not chosen.
	Needed []Need
	// Chosen and Of count the steps and baselines that are chosen, and those that there are.
	Chosen, Of int

	chosen map[string]bool // by SCENARIO/STEP
}

// Has reports whether a step or baseline was chosen itself.
func (c Choice) Has(scenario, step string) bool { return c.chosen[scenario+"/"+step] }

// Choose chooses of plans. A chosen step that builds on others is performed with these. It
// fails for a value that chooses nothing and if nothing is chosen, in words that name what
// there is.
func (f Filter) Choose(plans []*plan.Plan, canAsk CanAsk) (Choice, error) {
	all := candidates(plans)
	choice := Choice{Of: len(all), chosen: map[string]bool{}}
	if err := f.check(all); err != nil {
		return choice, err
	}
	criteria := f.criteria()
	for _, c := range all {
		if slices.ContainsFunc(criteria, func(of criterion) bool { return !of.chooses(c) }) || f.Affected != nil && !f.Affected.concerns(c) {
			continue
		}
		choice.chosen[c.place()] = true
	}
	choice.Chosen = len(choice.chosen)
	if choice.Chosen == 0 {
		return choice, f.nothingChosen(all)
	}
	for _, p := range plans {
		performed := map[string]bool{}
		for _, c := range candidates([]*plan.Plan{p}) {
			if choice.chosen[c.place()] {
				performed[c.id] = true
			}
		}
		if len(performed) == 0 {
			continue
		}
		choice.Needed = append(choice.Needed, addNeeded(p, performed)...)
		choice.Plans = append(choice.Plans, Restrict(p, performed, canAsk))
	}
	return choice, nil
}
