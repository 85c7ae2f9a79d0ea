package trace

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/event"
)

// missingProcesses lists the processes that are missing from a step of which something
// was refused. A process that a refusal names may not have started, nor any that
// it would have started.
func missingProcesses(plan effect.StepPlan, observations []event.Observation, refusals []string) (complaints []string) {
	taken := map[uint64]bool{}
	find := func(p effect.Process, parent uint64) (key uint64, ok bool) {
		for _, o := range observations {
			if o.Kind == event.Exec && o.Parent == parent && !taken[o.Process] && slices.Equal(o.Argv, argv(p)) {
				taken[o.Process] = true
				return o.Process, true
			}
		}
		return 0, false
	}
	var walk func(effect.Process, uint64)
	walk = func(p effect.Process, parent uint64) {
		key, ok := find(p, parent)
		if !ok {
			if !slices.ContainsFunc(refusals, func(line string) bool { return strings.Contains(line, p.Image) }) {
				complaints = append(complaints, fmt.Sprintf("process %q left no trace: expected exec of %s", processName(p), p.Image))
			}
			return
		}
		ended := slices.ContainsFunc(refusals, func(line string) bool { return strings.HasPrefix(line, p.Image+" ") })
		for _, act := range p.Acts {
			for _, trace := range act.Traces() {
				if trace.Kind == effect.TraceStart && !ended {
					walk(*trace.Process, key)
				}
			}
		}
	}
	for _, root := range plan.Processes {
		if !root.Remote {
			walk(root, 0)
		}
	}
	return complaints
}

// maxComplaints is how many complaints an error names.
const maxComplaints = 3

// complaintError is what is wrong, nil where nothing is.
func complaintError(all []string) error {
	if len(all) == 0 {
		return nil
	}
	text := strings.Join(all[:min(len(all), maxComplaints)], "; ")
	if more := len(all) - maxComplaints; more > 0 {
		text += fmt.Sprintf("; and %d more", more)
	}
	return errors.New("the telemetry does not match the plan: " + text)
}
