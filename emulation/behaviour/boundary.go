package behaviour

import (
	"fmt"

	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
)

// Boundary is the phase of a behaviour that tests a rule on both sides of its
// boundary: acts that the rule must just detect, in the forms that people use,
// beside acts that it must just not detect. It is reported of no actor. A step of
// it expects an exact number of alerts, so that a rule which has lost a value, or
// has become wider, gives another number.
const Boundary = "boundary"

// Reported reports whether the behaviour was reported of an actor. Others are there
// for the sake of a recording or a rule.
func (a About) Reported() bool { return a.Phase != Reenactment && a.Phase != Boundary }

// caseBuilder gathers the acts of one step of a boundary behaviour, and what proves
// them.
type caseBuilder struct {
	planBuilder
	on asset.Host
	// topic is what the step is about. A behaviour that is performed several times on
	// one asset needs it: a note that was there before proves nothing.
	topic string
}

// planCases gives the plan that fill makes on an asset.
func planCases(on asset.Host, fill func(*caseBuilder)) effect.StepPlan {
	c := caseBuilder{on: on}
	fill(&c)
	return c.StepPlan
}

// addStarted has a process that is running already start programs, one after the
// other, and then note that it did, which proves that it came to the end.
func (c *caseBuilder) addStarted(parent effect.Process, programs ...effect.Process) {
	folder := "/var/lib/misc/"
	if c.on.Kind.Platform == effect.Windows {
		folder = `C:\Windows\Logs\Cases\`
	}
	note := effect.Write{Path: fmt.Sprintf("%scases_%s%02d.txt", folder, c.topic, len(c.Processes)), Content: artifact.Marked("all were started")}
	parent.Resident = true
	parent.Acts = append(append(parent.Acts, started(programs)...), note)
	c.Processes = append(c.Processes, parent)
	c.addChecks(note)
	for _, program := range programs {
		c.addChecks(program.Acts...)
	}
}

// addActs has a process that is running already do acts, which are proven one by one.
func (c *caseBuilder) addActs(doer effect.Process, acts ...effect.Act) {
	doer.Resident, doer.Acts = true, acts
	c.Processes = append(c.Processes, doer)
	c.addChecks(acts...)
}

// addPrecondition is what the host has before.
func (c *caseBuilder) addPrecondition(path string, content []byte) {
	c.Preconditions = append(c.Preconditions, effect.Precondition{Path: path, Content: content})
}

// program is a Linux program started with a command line that quotes nothing.
func (s session) program(image, line string, acts ...effect.Act) effect.Process {
	return s.run(image, words(line), acts...).Process
}
