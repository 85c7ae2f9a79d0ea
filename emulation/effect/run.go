package effect

import (
	"slices"
	"strings"
)

// Run starts a child process and waits for it.
type Run struct {
	Process Process `json:"process"`
}

func (Run) Kind() string        { return "run" }
func (r Run) Touches() []string { return r.Process.Touches() }
func (r Run) String() string    { return "start " + r.Process.CommandLine() }

// Perform starts the child through the executor; its error is the executor's.
func (r Run) Perform(in Executor) error { return in.Start(r.Process) }

// Traces of an act that starts a process is that process.
func (r Run) Traces() []Trace { return []Trace{{Kind: TraceStart, Process: &r.Process}} }

// CommandLine is the command as somebody types it.
func (p Process) CommandLine() string { return strings.Join(p.Args, " ") }

// Touches lists what the process's acts, its children's included, may change.
func (p Process) Touches() []string {
	var all []string
	for _, act := range p.Acts {
		all = append(all, act.Touches()...)
	}
	return all
}

// Touches lists what the whole plan may change, what is given to it included,
// in order.
func (p StepPlan) Touches() []string {
	var all []string
	for _, precondition := range p.Preconditions {
		all = append(all, precondition.Path)
	}
	for _, root := range p.Processes {
		all = append(all, root.Touches()...)
	}
	return all
}

// DropsProgram reports whether a program is there only because the plan puts it there.
// What a program does to its own file does not.
func (p StepPlan) DropsProgram(image string) bool { return droppedPrograms(p, p.AllProcesses())(image) }

// ProgramsToInstall lists those processes of the plan, parents before children, whose
// programs must be on the host before it is performed: it drops none of them, and each
// runs on this host.
func (p StepPlan) ProgramsToInstall() []Process {
	all := p.AllProcesses()
	isDropped := droppedPrograms(p, all)
	return slices.DeleteFunc(all, func(process Process) bool { return process.Remote || isDropped(process.Image) })
}

// droppedPrograms returns what reports of a program whether one of the plan's processes,
// which are all, drops it.
func droppedPrograms(p StepPlan, all []Process) func(image string) bool {
	type touch struct{ path, by string }
	var touches []touch
	for _, precondition := range p.Preconditions {
		touches = append(touches, touch{path: precondition.Path})
	}
	for i := range all {
		for _, act := range all[i].Acts {
			switch act.(type) {
			case Run, Access:
				continue // theirs count as the other process's
			}
			for _, path := range act.Touches() {
				touches = append(touches, touch{path, all[i].Image})
			}
		}
	}
	return func(image string) bool {
		return slices.ContainsFunc(touches, func(t touch) bool {
			return strings.EqualFold(t.path, image) && !strings.EqualFold(t.by, image)
		})
	}
}

// AllProcesses lists the processes of the plan, parents before children.
func (p StepPlan) AllProcesses() []Process {
	var all []Process
	var walk func(Process)
	walk = func(proc Process) {
		all = append(all, proc)
		for _, act := range proc.Acts {
			switch a := act.(type) {
			case Run:
				walk(a.Process)
			case Access:
				walk(a.Target)
			}
		}
	}
	for _, root := range p.Processes {
		walk(root)
	}
	return all
}

// Access starts an inert process and, while it runs, does the least to it that one
// process can do to another: it sends SIGCONT, which changes nothing. Nothing of
// the other's memory is opened or read.
type Access struct {
	Target Process `json:"target"`
}

func (Access) Kind() string        { return "access" }
func (a Access) Touches() []string { return a.Target.Touches() }
func (a Access) String() string    { return "send SIGCONT to: " + a.Target.CommandLine() }

// Perform fails if the process cannot be started or sent the signal.
func (a Access) Perform(in Executor) error { return in.Access(a.Target) }

// Traces is the process, and the signal that it is sent.
func (a Access) Traces() []Trace {
	return []Trace{{Kind: TraceStart, Process: &a.Target, Signal: sigCont}}
}

// sigCont is the number of SIGCONT on Linux, which every asset's container runs.
const sigCont = 18
