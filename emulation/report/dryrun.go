package report

import (
	"fmt"
	"io"
	"strings"

	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/plan"
	"github.com/ringer-lab/ringer/emulation/result"
)

// DryRun writes what a plan would do: what will run where, what it will touch,
// how it is proven and how it is undone. Nothing has been started. It fails if w does.
func DryRun(w io.Writer, plans []*plan.Plan, style Style) error {
	var out strings.Builder
	for _, p := range plans {
		fmt.Fprintf(&out, "%s  %s\n", style.bold(p.Name), p.Title)
		for _, actor := range p.Actors {
			out.WriteString(style.wrap("actor "+result.Actor(actor).String(), 2))
		}
		for _, asset := range p.Assets {
			kind := asset.Place.Kind
			out.WriteString(style.wrap(fmt.Sprintf("asset %s: %s %s (%s), a container with no network, no capabilities, read-only root, one tmpfs",
				asset.Name, kind.Name, asset.Place.Hostname, kind.Platform), 2))
			for _, folder := range asset.Protected {
				out.WriteString(style.wrap("protected: "+folder, 4))
			}
		}
		for _, baseline := range p.Baselines {
			out.WriteString("\n" + style.wrapMarked("baseline "+baseline.ID, "baseline "+style.bold(baseline.ID),
				fmt.Sprintf(": %s on %s", baseline.Kind.Name, baseline.Asset), 2))
			style.writeEffect(&out, baseline.Effect, "")
			style.writeExpected(&out, baseline.Expect)
		}
		for _, step := range p.Steps {
			out.WriteString("\n" + style.PlannedStep(step))
		}
		for _, gap := range p.Gaps {
			out.WriteString("\n" + style.wrap(FormatGap(result.Gap{ID: gap.ID, Title: gap.Title, Technique: gap.Technique, Because: gap.Because}), 2))
		}
		out.WriteString("\n")
	}
	out.WriteString("Nothing was started.\n")
	_, err := io.WriteString(w, out.String())
	return err
}

// PlannedStep says in lines what a step would do, how that is proven and undone, and what
// is expected of it.
func (s Style) PlannedStep(step plan.Step) string {
	var out strings.Builder
	out.WriteString(s.wrapMarked("step "+step.ID, "step "+s.bold(step.ID),
		fmt.Sprintf(": %s on %s at %s, %s", step.Behaviour.Name, step.Asset, plan.FormatOffset(step.At), step.Technique), 2))
	s.writeEffect(&out, step.Effect, step.Behaviour.Undo)
	s.writeExpected(&out, step.Expect)
	return out.String()
}

func (s Style) writeEffect(out *strings.Builder, do effect.StepPlan, undo string) {
	for _, root := range do.Processes {
		s.writeProcess(out, root, 4)
	}
	for _, check := range do.Checks {
		out.WriteString(s.wrap("proof: "+check.String(), 4))
	}
	if touched := do.Touches(); len(touched) > 0 {
		out.WriteString(s.wrap("undo:  restore "+strings.Join(unique(touched), ", "), 4))
	}
	if undo != "" {
		out.WriteString(s.wrap("       "+undo, 4))
	}
}

func (s Style) writeProcess(out *strings.Builder, p effect.Process, indent int) {
	out.WriteString(s.Program(p.Image, p.User, p.CommandLine(), p.Resident, indent))
	for _, act := range p.Acts {
		if run, ok := act.(effect.Run); ok {
			s.writeProcess(out, run.Process, indent+2)
			continue
		}
		out.WriteString(s.wrap(act.String(), indent+2))
	}
}

// Program says in lines that a program is started; of one that is there already, that what
// follows is done in it.
func (s Style) Program(image, user, command string, resident bool, indent int) string {
	line := "runs " + image
	if resident {
		line = "in   " + image
	}
	if user != "" {
		line += " as " + user
	}
	line = s.wrap(line, indent)
	if command != "" && !resident {
		line += s.wrap("command line "+command, indent+2)
	}
	return line
}

func (s Style) writeExpected(out *strings.Builder, all []plan.Expectation) {
	for _, expectation := range all {
		out.WriteString(s.wrap(fmt.Sprintf("expect %s: %s %s (%s)", expectation.Want, expectation.Rule, expectation.Title, expectation.Shape), 4))
	}
}

func unique(all []string) []string {
	seen := map[string]bool{}
	var out []string
	for _, text := range all {
		if !seen[text] {
			seen[text] = true
			out = append(out, text)
		}
	}
	return out
}
