package attire

import (
	"cmp"
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/ringer-lab/ringer/emulation/report/evidence"
)

// namespace is that of the procedures' ids: the same behaviour has the same id in
// every run.
var namespace = uuid.NewSHA1(uuid.NameSpaceURL, []byte("https://github.com/ringer-lab/ringer/behaviours"))

func procedureOf(of evidence.Run, scenario evidence.Scenario, done evidence.Step, order int) procedure {
	judged := done.Judged
	description := fmt.Sprintf("%s on %s", scenario.Judged.Name+"/"+judged.ID, hostOf(scenario, done))
	if judged.Actor != "" {
		description += ", as " + judged.Actor
	}
	if done.Summary != "" {
		description += ": " + done.Summary
	}
	if done.Source != "" {
		description += ". Source: " + done.Source
	}
	description += ". ATT&CK " + string(of.Attack())
	out := procedure{
		Technique: of.TechniqueOf(judged).ID, Name: judged.Behaviour, Description: description, Order: order,
		ID: procedureID{Type: "guid", ID: uuid.NewSHA1(namespace, []byte(judged.Behaviour)).String()},
	}
	start := startOf(of, done)
	stop := start.Add(time.Duration(judged.Seconds * float64(time.Second)))
	for _, process := range started(done.Processes) {
		out.Steps = append(out.Steps, step{
			Order: len(out.Steps) + 1, Start: timeOf(start), Stop: timeOf(stop), Executor: "ringer stand-in",
			Command: process.Name(), ProcessID: &process.PID, ExitCode: process.ExitCode,
		})
	}
	if len(out.Steps) == 0 {
		out.Steps = []step{{Order: 1, Start: timeOf(start), Stop: timeOf(stop), Executor: "ringer stand-in", Command: judged.Behaviour}}
	}
	for i := range out.Steps {
		out.Steps[i].Output = []output{{Level: "STDOUT", Type: "console"}}
	}
	// What the step came to is said of its last program: the checks look at the
	// whole.
	out.Steps[len(out.Steps)-1].Output = outputOf(done)
	return out
}

// started are the processes of a tree that the step began, in order; where it began
// none, those that it had act.
func started(all []*evidence.Process) []*evidence.Process {
	var begun, acted []*evidence.Process
	var walk func([]*evidence.Process)
	walk = func(all []*evidence.Process) {
		for _, process := range all {
			acted = append(acted, process)
			if !process.Resident && process.CommandLine != "" {
				begun = append(begun, process)
			}
			walk(process.Children)
		}
	}
	walk(all)
	if len(begun) == 0 {
		return acted
	}
	return begun
}

// outputOf says what was proven and what was refused.
func outputOf(done evidence.Step) []output {
	var lines []string
	for _, proof := range done.Judged.Proofs {
		answer := "proven"
		if !proof.Proven() {
			answer = "not proven: " + cmp.Or(proof.After, "it held before")
		}
		lines = append(lines, fmt.Sprintf("check %q: %s", proof.Check, answer))
	}
	all := []output{{Content: strings.Join(lines, "\n"), Level: "STDOUT", Type: "console"}}
	if refused := done.Judged.StandInErrors; len(refused) > 0 {
		all = append(all, output{Content: strings.Join(refused, "\n"), Level: "STDERR", Type: "console"})
	}
	return all
}
