package selection

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/plan"
)

// Need is a step that is performed because another needs it.
type Need struct {
	Scenario, Step string
	// For is the step that needs it; Because says how.
	For, Because string
}

// addNeeded adds the earlier steps that those performed need, and those that these need:
// what the scenario has them come after, and what makes or changes a place that they work
// on. It returns them in the order in which they were found.
func addNeeded(p *plan.Plan, performed map[string]bool) []Need {
	var needed []Need
	for at := len(p.Steps) - 1; at >= 0; at-- {
		step := p.Steps[at]
		if !performed[step.ID] {
			continue
		}
		folds := p.Asset(step.Asset).Place.Kind.Platform == effect.Windows
		works := worksOn(step.Effect)
		for _, before := range p.Steps[:at] {
			because := ""
			if slices.Contains(step.After, before.ID) {
				because = "the scenario has it come after that"
			} else if path := commonPlace(works, before, step.Asset, folds); path != "" {
				because = fmt.Sprintf("it works on %s", path)
			}
			if because != "" && !performed[before.ID] {
				performed[before.ID] = true
				needed = append(needed, Need{p.Name, before.ID, step.ID, because})
			}
		}
	}
	slices.Reverse(needed)
	return needed
}

// commonPlace is a place that an earlier step changes and a later one on that asset works
// on; empty if there is none.
func commonPlace(works []string, before plan.Step, asset string, folds bool) string {
	if before.Asset != asset {
		return ""
	}
	for _, changed := range changes(before.Effect) {
		for _, path := range works {
			if holds(path, changed, folds) {
				return path
			}
		}
	}
	return ""
}

// holds reports whether a place is another, or a folder or key that the other is in.
func holds(path, other string, folds bool) bool {
	if folds {
		path, other = strings.ToLower(path), strings.ToLower(other)
	}
	inside, ok := strings.CutPrefix(other, path)
	return ok && (inside == "" || inside[0] == '/' || inside[0] == '\\')
}

// changes are the places that a step makes or changes. A file that it only adds to was
// there before: what works on that does not need the step.
func changes(do effect.StepPlan) []string {
	var all []string
	for _, precondition := range do.Preconditions {
		all = append(all, precondition.Path)
	}
	for _, process := range do.AllProcesses() {
		for _, act := range process.Acts {
			switch act.(type) {
			case effect.Run, effect.Access, effect.Log, effect.Append:
				continue // of a process each act counts by itself
			}
			all = append(all, act.Touches()...)
		}
	}
	return all
}

// worksOn are the places that must be as an earlier step left them for a step to have the
// effect that it has after that: programs that run, and files that are removed, emptied,
// moved, copied, dated or loaded. What a step writes anew, or finds because it is given to
// it, is none of them.
func worksOn(do effect.StepPlan) []string {
	given := map[string]bool{}
	for _, precondition := range do.Preconditions {
		given[precondition.Path] = given[precondition.Path] || !precondition.Append
	}
	var all []string
	add := func(path string) {
		if path != "" && !given[path] && !slices.Contains(all, path) {
			all = append(all, path)
		}
	}
	made := map[string]bool{}
	for _, process := range do.AllProcesses() {
		if !process.Remote && !made[process.Image] {
			add(process.Image)
		}
		for _, act := range process.Acts {
			if packed, ok := act.(effect.Pack); ok {
				for _, from := range packed.From {
					if !made[from] {
						add(from)
					}
				}
			}
			for _, trace := range act.Traces() {
				for _, path := range found(trace) {
					if !made[path] {
						add(path)
					}
				}
				made[trace.Path], made[trace.To] = true, true
			}
		}
	}
	return all
}

// found are the places that must be there for what left a trace.
func found(trace effect.Trace) []string {
	switch trace.Kind {
	case effect.TraceTruncate, effect.TraceRemove, effect.TraceReplace, effect.TraceRemoveAll, effect.TraceRename, effect.TraceMode, effect.TraceTimes, effect.TraceMap:
		return []string{trace.Path, trace.From}
	case effect.TraceOverwrite:
		return []string{trace.From}
	case effect.TraceFolder, effect.TraceAppend, effect.TraceSymlink, effect.TraceBind, effect.TraceConnect, effect.TraceSend, effect.TraceServiceConnect, effect.TraceStart, effect.TraceLine:
	}
	return nil
}
