package exercise

import (
	"fmt"
	"slices"
)

// CheckTruth says, a sentence each, which objectives cannot be reached as things happened:
// none of their steps was performed and proven, or a whole answer names more events than a
// step has. Of a scenario that is performed live it holds once all steps were.
func (d *Definition) CheckTruth(t *Truth) []string {
	var out []string
	steps := map[string]TrueStep{}
	for _, step := range t.Steps() {
		steps[step.ID] = step
	}
	for _, o := range d.Objectives {
		asked := slices.Concat(o.Find.Steps, o.Find.Detect, o.Find.See)
		if o.Find.Actor != "" {
			for _, step := range t.Steps() {
				if step.Actor == o.Find.Actor {
					asked = append(asked, step.ID)
				}
			}
		}
		reachable := false
		for _, id := range asked {
			step, there := steps[id]
			switch {
			case !there || step.Failed != "":
				continue
			case len(o.Find.Steps) > 0 && len(step.Events) < o.Evidence:
				out = append(out, fmt.Sprintf("The objective %q asks for %s of the step %q, which has %d: %d are enough for a whole answer.",
					o.Name, count(o.Evidence, "event"), id, len(step.Events), o.needed(step)))
			}
			reachable = true
		}
		if !reachable {
			out = append(out, fmt.Sprintf("The objective %q cannot be reached: none of the steps that it asks for was performed and proven.", o.Name))
		}
	}
	return out
}
