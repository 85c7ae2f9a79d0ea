package scenario

import (
	"fmt"
	"slices"

	"github.com/hashicorp/hcl/v2"

	"github.com/ringer-lab/ringer/emulation/diagnostic"
	"github.com/ringer-lab/ringer/emulation/exercise"
	"github.com/ringer-lab/ringer/emulation/verdict"
)

// Exercise is one exercise as written.
type Exercise struct {
	exercise.Definition
	Name Identifier
	// Of is the scenario that it is about; the zero value if that could not be read.
	Of    Identifier
	Range hcl.Range
	// File is where it is written.
	File string
	// Resolved is true once what it refers to was found in its scenario; Valid is false if
	// reading or resolving it gave an error.
	Resolved, Valid bool

	references []reference
}

// reference is a step or an actor that an objective asks for.
type reference struct {
	Identifier
	root      string // "step" or "actor"
	attribute string // that has it
}

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
			report.Errorf(diagnostic.At(ref.Range), "Unknown reference", "The scenario %q has no %s %q. %s", s.Name.Text, ref.root, ref.Text, diagnostic.Suggest(ref.Text, known))
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

// Unresolved returns the exercises whose scenario is not among what was read.
func (s *Set) Unresolved() []*Exercise {
	var out []*Exercise
	for _, e := range s.Exercises {
		if !e.Resolved && e.Of.Text != "" {
			out = append(out, e)
		}
	}
	return out
}
