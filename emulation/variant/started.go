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

// eachStarted gives the plans with every program changed that the actor starts:
// not what had been running, nor what another program starts of itself. A shell
// that was given the command as text is given the new one, and a program that
// passes its arguments on passes on the new ones.
func eachStarted(plans []effect.Plan, change func(effect.Process) effect.Process) []effect.Plan {
	plans = slices.Clone(plans)
	for i := range plans {
		plans[i].Do = slices.Clone(plans[i].Do)
		for j, root := range plans[i].Do {
			plans[i].Do[j] = started(root, true, change)
		}
	}
	return plans
}

func started(p effect.Process, chosen bool, change func(effect.Process) effect.Process) effect.Process {
	was := p
	p.Acts = slices.Clone(p.Acts)
	types := isShell(p) || p.Resident && !slices.Contains(keepers, toolName(p))
	for i, act := range p.Acts {
		run, ok := act.(effect.Run)
		if !ok {
			continue
		}
		child := started(run.Process, types && !librarys(p, run.Process), change)
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

func isShell(p effect.Process) bool { return slices.Contains(shells, toolName(p)) }

// librarys reports whether it is the C library that starts the shell for a
// program, as a database server or web worker asks of it: system and popen know
// no shell but /bin/sh, see https://man7.org/linux/man-pages/man3/popen.3.html.
// What that shell is told is the actor's choice again.
func librarys(parent, child effect.Process) bool {
	return !isShell(parent) && slices.Contains([]string{"sh", "dash"}, toolName(child)) && len(child.Args) == 3 && child.Args[1] == "-c"
}

// mention replaces a command in what a shell was given.
func mention(args []string, before, after string) []string {
	if before == after {
		return args
	}
	args = slices.Clone(args)
	for i := range args {
		args[i] = moves{{before, after}}.in(args[i])
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
