package scenario

import (
	"fmt"
	"slices"

	"github.com/hashicorp/hcl/v2"

	"github.com/ringer-lab/ringer/emulation/diagnostic"
	"github.com/ringer-lab/ringer/emulation/verdict"
)

// Resolve looks up in its scenario whatever the exercise refers to, and returns what is
// wrong with that. Load has done it for exercises whose scenario is among what was read.
func (e *Exercise) Resolve(s *Scenario) hcl.Diagnostics {
	var report diagnostic.Reporter
	var steps, actors []string
	for _, step := range s.Steps {
		steps = append(steps, step.Name.Text)
	}
	for _, actor := range s.Actors {
		actors = append(actors, actor.Name.Text)
	}
	for _, ref := range e.references {
		known := steps
		if ref.root == "actor" {
			known = actors
		}
		if !slices.Contains(known, ref.Text) {
			report.Errorf(diagnostic.At(ref.Range), "Unknown reference", "The scenario %q has no %s %q. %s", s.Name.Text, ref.root, ref.Text, s.suggestName(ref.Text, known))
			continue
		}
		if why := s.cannotBe(ref); why != "" {
			report.Errorf(diagnostic.At(ref.Range), "Objective cannot be reached", "%s", why)
		}
	}
	e.Resolved = true
	e.Valid = e.Valid && report.ErrorCount() == 0
	return report.Diagnostics()
}

// suggestName is the sentence that helps on from an unknown name of a step or an actor.
func (s *Scenario) suggestName(given string, known []string) string {
	const few = 12
	if diagnostic.Nearest(given, known) == "" && len(known) > few {
		return fmt.Sprintf("They are in %s.", s.File)
	}
	return diagnostic.Suggest(given, known)
}

// cannotBe says why nobody could ever answer what asks for a step or an actor that there
// is; empty if it can be.
func (s *Scenario) cannotBe(ref reference) string {
	if ref.root == "actor" {
		if !slices.ContainsFunc(s.Steps, func(step Step) bool { return step.By.Text == ref.Text }) {
			return fmt.Sprintf("The actor %q performs no step, so nothing can be attributed to it. Ask for another actor, or add a step with by = actor.%s.", ref.Text, ref.Text)
		}
		return ""
	}
	step := s.Steps[slices.IndexFunc(s.Steps, func(step Step) bool { return step.Name.Text == ref.Text })]
	if ref.attribute == "see" && !slices.ContainsFunc(step.Expect, func(e Expect) bool { return e.Want == verdict.Fires || e.Want == "" }) {
		return fmt.Sprintf("No rule is expected to fire on the step %q, so no telemetry shows it. Ask for another step, or expect a rule there with verdict = fires.", ref.Text)
	}
	return ""
}
