package variant

import (
	"slices"
	"strings"

	"github.com/ringer-lab/ringer/emulation/effect"
)

// shells are the programs in which an actor types, and so chooses, a command.
var shells = []string{"cmd", "powershell", "bash", "sh", "dash"}

// keepers start what they were told to before: a task, a service, a job.
var keepers = []string{"svchost", "services", "systemd", "cron"}

// eachStarted gives the plan with every program changed that the actor starts:
// not what had been running, nor what another program starts of itself. A shell
// that was given the command as text is given the new one, and a program that
// passes its arguments on passes on the new ones.
func eachStarted(plan effect.Plan, change func(effect.Process) effect.Process) effect.Plan {
	plan.Do = slices.Clone(plan.Do)
	for i, root := range plan.Do {
		plan.Do[i] = started(root, true, change)
	}
	return plan
}

func started(p effect.Process, chosen bool, change func(effect.Process) effect.Process) effect.Process {
	was := p
	p.Acts = slices.Clone(p.Acts)
	types := slices.Contains(shells, toolName(p)) || p.Resident && !slices.Contains(keepers, toolName(p))
	for i, act := range p.Acts {
		run, ok := act.(effect.Run)
		if !ok {
			continue
		}
		child := started(run.Process, types, change)
		p.Args = mention(p.Args, line(run.Process), line(child))
		p.Acts[i] = effect.Run{Process: child}
	}
	if chosen && !p.Resident && !p.Away {
		p = change(p)
	}
	if !types {
		passOn(p.Acts, tail(was), tail(p))
	}
	return p
}

// mention replaces a command in what a shell was given.
func mention(args []string, before, after string) []string {
	if before == after {
		return args
	}
	args = slices.Clone(args)
	for i := range args {
		args[i] = Moves{{before, after}}.in(args[i])
	}
	return args
}

// passOn gives the children whose arguments were their parent's its new ones.
func passOn(acts []effect.Act, before, after string) {
	for i, act := range acts {
		run, ok := act.(effect.Run)
		if ok && before != "" && before != after && tail(run.Process) == before && len(run.Process.Args) == 1 {
			child := run.Process
			child.Args = []string{strings.TrimSuffix(child.Args[0], before) + after}
			acts[i] = effect.Run{Process: child}
		}
	}
}

// line is the command as somebody types it.
func line(p effect.Process) string { return strings.Join(p.Args, " ") }

// tail is all of a command line but the program.
func tail(p effect.Process) string {
	words := fields(line(p))
	if len(words) == 0 {
		return ""
	}
	return strings.TrimPrefix(line(p), words[0])
}
