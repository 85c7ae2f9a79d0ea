package trace

import (
	"fmt"
	"slices"

	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/event"
)

// checkImage compares the observations of a step with its plan on a host that is made of
// an image of the user's own. All that is seen there is its daemon's doing: what a plan
// accounts for is that each of its requests was taken, which the kernel shows by a
// connection at the daemon's port.
func (h *Host) checkImage(step string, plan effect.StepPlan, observations []event.Observation, refusals []string) (complaints []string) {
	taken := 0
	for i := range observations {
		o := &observations[i]
		if o.Step != step {
			complaints = append(complaints, fmt.Sprintf("observed, but not in the plan: %s for step %q", o.Kind, o.Step))
		}
		if o.Kind == event.Accept && o.Socket != nil && int(o.Socket.Local.Port()) == h.image.Port {
			taken++
		}
	}
	if len(refusals) > 0 {
		return complaints // what was refused is the step's own trouble
	}
	for _, process := range plan.AllProcesses() {
		requests := slices.DeleteFunc(slices.Clone(process.Acts), func(act effect.Act) bool { _, ok := act.(effect.Request); return !ok })
		for _, act := range requests {
			if taken--; taken < 0 {
				complaints = append(complaints, fmt.Sprintf("%q of process %q left no trace: expected that the image's daemon takes a connection at port %d", act, processName(process), h.image.Port))
			}
		}
	}
	return complaints
}
