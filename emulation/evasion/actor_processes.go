package evasion

import (
	"slices"
	"strings"

	"github.com/ringer-lab/ringer/emulation/effect"
)

// shells are the programs in which an actor types, and so chooses, a command.
var shells = []string{"cmd", "powershell", "bash", "sh", "dash"}

// launchers are the programs that start what was registered before: a task, a service,
// a job.
var launchers = []string{"svchost", "services", "systemd", "cron"}

// mapActorProcesses gives the plans with every program changed that the actor starts:
// not what had been running, nor what another program starts of itself. A shell
// that was given the command as text is given the new one, and a program that
// passes its arguments on passes on the new ones.
func mapActorProcesses(plans []effect.StepPlan, change func(effect.Process) effect.Process) []effect.StepPlan {
	plans = slices.Clone(plans)
	for i := range plans {
		plans[i].Processes = slices.Clone(plans[i].Processes)
		for j, root := range plans[i].Processes {
			plans[i].Processes[j] = mapProcess(root, true, change)
		}
	}
	return plans
}

func mapProcess(p effect.Process, chosen bool, change func(effect.Process) effect.Process) effect.Process {
	was := p
	p.Acts = slices.Clone(p.Acts)
	types := isShell(p) || p.Resident && !slices.Contains(launchers, toolName(p))
	for i, act := range p.Acts {
		run, ok := act.(effect.Run)
		if !ok {
			continue
		}
		child := mapProcess(run.Process, types && !isLibraryShell(p, run.Process), change)
		p.Args = replaceCommand(p.Args, run.Process.CommandLine(), child.CommandLine())
		p.Acts[i] = effect.Run{Process: child}
	}
	if chosen && !p.Resident && !p.Remote {
		p = change(p)
	}
	if !types {
		passArguments(p.Acts, argumentsOf(was), argumentsOf(p))
	}
	return p
}

func isShell(p effect.Process) bool { return slices.Contains(shells, toolName(p)) }

// isLibraryShell reports whether it is the C library that starts the shell for a
// program, as a database server or web worker asks of it: system and popen know
// no shell but /bin/sh, see https://man7.org/linux/man-pages/man3/popen.3.html.
// The command that this shell is given is the actor's choice again.
func isLibraryShell(parent, child effect.Process) bool {
	return !isShell(parent) && slices.Contains([]string{"sh", "dash"}, toolName(child)) && len(child.Args) == 3 && child.Args[1] == "-c"
}

// replaceCommand replaces a command in what a shell was given.
func replaceCommand(args []string, before, after string) []string {
	if before == after {
		return args
	}
	args = slices.Clone(args)
	for i := range args {
		args[i] = replacements{{before, after}}.apply(args[i])
	}
	return args
}

// passArguments gives the children whose arguments were their parent's its new ones.
func passArguments(acts []effect.Act, before, after string) {
	for i, act := range acts {
		run, ok := act.(effect.Run)
		if ok && before != "" && before != after && argumentsOf(run.Process) == before && len(run.Process.Args) == 1 {
			child := run.Process
			child.Args = []string{strings.TrimSuffix(child.Args[0], before) + after}
			acts[i] = effect.Run{Process: child}
		}
	}
}

// argumentsOf is all of a command line but the program.
func argumentsOf(p effect.Process) string {
	words := fields(p.CommandLine())
	if len(words) == 0 {
		return ""
	}
	return strings.TrimPrefix(p.CommandLine(), words[0])
}
