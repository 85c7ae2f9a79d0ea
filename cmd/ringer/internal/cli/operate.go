package cli

import (
	"bufio"
	"context"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"github.com/ringer-lab/ringer/emulation/plan"
	"github.com/ringer-lab/ringer/emulation/report"
	"github.com/ringer-lab/ringer/emulation/runner"
)

const operateHelp = "With --interactive it stops before each step, says what will happen, and waits for Enter or a\n" +
	"time; after the step it takes notes of what was seen of it, by whom and with which tool, takes it\n" +
	"back, or performs it again. The notes are in the recording and in reports. --pace 60x has steps\n" +
	"follow each other as in the scenario, sixty times as fast. Scenarios are then performed one after\n" +
	"the other.\n\n"

// operateFlags say who decides when steps are performed.
type operateFlags struct {
	interactive bool
	pace        paceFlag
}

func (f *operateFlags) addTo(cmd *cobra.Command) {
	cmd.Flags().BoolVar(&f.interactive, "interactive", false, "stop before each step, and take notes of what was seen of it")
	cmd.Flags().Var(&f.pace, "pace", "perform steps at their times, so many times as fast as the scenario has them, such as `60x`")
}

func (f operateFlags) given() bool { return f.interactive || f.pace > 0 }

// operate has a person, a clock or both decide when steps are performed, until ctx ends.
func (c *command) operate(ctx context.Context, flags operateFlags) {
	o := &stepOperator{c: c, pace: float64(flags.pace)}
	if flags.interactive {
		o.lines = c.readLines(ctx)
	}
	c.operator = o
}

// maxAnswer is how many characters a typed line has at most.
const maxAnswer = 2000

// readLines hands on what is typed, a line at a time, until stdin or ctx ends.
func (c *command) readLines(ctx context.Context) <-chan string {
	lines := make(chan string)
	go func() {
		defer close(lines)
		in := bufio.NewReaderSize(c.Stdin, 4*maxAnswer)
		for {
			row, cut, err := in.ReadLine()
			for cut && err == nil { // the rest of what is too long
				_, cut, err = in.ReadLine()
			}
			if err != nil {
				return
			}
			text := []rune(strings.ToValidUTF8(string(row), string(utf8.RuneError)))
			select {
			case lines <- strings.TrimSpace(string(text[:min(len(text), maxAnswer)])):
			case <-ctx.Done():
				return
			}
		}
	}()
	return lines
}

// stepOperator asks a person on the terminal, or waits for a step's time.
type stepOperator struct {
	c     *command
	lines <-chan string // nil: nobody is asked
	pace  float64       // 0: steps have no time

	scenario string
	began    time.Time // when the scenario's offset 0 was
}

// due is when a step of a scenario is performed; zero if it has no time.
func (o *stepOperator) due(p *plan.Plan, at time.Duration) time.Time {
	if o.pace == 0 {
		return time.Time{}
	}
	if o.scenario != p.Name {
		o.scenario, o.began = p.Name, o.c.Now()
	}
	return o.began.Add(time.Duration(float64(at) / o.pace))
}

// Before says what a step will do, and waits for Enter or its time. It fails if the
// scenario is ended meanwhile.
func (o *stepOperator) Before(ctx context.Context, p *plan.Plan, step plan.Step) error {
	due := o.due(p, step.At)
	if o.lines == nil {
		_, err := o.answer(ctx, due)
		return err
	}
	fmt.Fprintf(o.c.Stderr, "\n%s%s", p.Name+", next:\n", o.style().PlannedStep(step))
	for {
		o.prompt("Enter performs it"+orAt(due)+"; a time such as 10m waits so long; q ends the scenario", "")
		answer, err := o.answer(ctx, due)
		if err != nil || answer == "" {
			return err
		}
		wait, err := time.ParseDuration(answer)
		if err != nil || wait < 0 {
			o.unknown(answer)
			continue
		}
		due = o.c.Now().Add(wait)
	}
}

// After says what became of a step, takes notes, and asks what to do. It fails if the
// scenario is ended meanwhile.
func (o *stepOperator) After(ctx context.Context, p *plan.Plan, step plan.Step, performed runner.StepRecord) (runner.Decision, error) {
	var decision runner.Decision
	if o.lines == nil {
		return decision, nil
	}
	fmt.Fprintf(o.c.Stderr, "%s: %s\n", step.ID, becameOf(performed))
	next, due := nextOf(p, step), time.Time{}
	if next != nil {
		due = o.due(p, next.At)
	}
	for {
		o.prompt("Enter goes on"+orAt(due)+"; n notes what was seen of it; u takes it back; r performs it again; q ends the scenario", "")
		answer, err := o.answer(ctx, due)
		if err != nil {
			return decision, err
		}
		switch answer {
		case "":
			return decision, nil
		case "n":
			note, err := o.note(ctx)
			if err != nil {
				return decision, err
			}
			decision.Notes = append(decision.Notes, note)
		case "u":
			decision.Next = runner.TakeBack
			return decision, nil
		case "r":
			decision.Next = runner.Repeat
			return decision, nil
		default:
			o.unknown(answer)
		}
	}
}

// note asks who saw what.
func (o *stepOperator) note(ctx context.Context) (runner.Note, error) {
	note := runner.Note{Time: o.c.Now()}
	for _, question := range []struct {
		text string
		into *string
	}{{"seen by", &note.By}, {"with the tool", &note.With}, {"at (such as 14:05)", &note.Seen}, {"what", &note.Text}} {
		o.prompt("", question.text)
		var err error
		if *question.into, err = o.answer(ctx, time.Time{}); err != nil {
			return note, err
		}
	}
	return note, nil
}

// answer waits for a line, or until due, which is as Enter. It fails if ctx or stdin ends,
// and if q is typed.
func (o *stepOperator) answer(ctx context.Context, due time.Time) (string, error) {
	var late <-chan time.Time
	if !due.IsZero() {
		timer := time.NewTimer(due.Sub(o.c.Now()))
		defer timer.Stop()
		late = timer.C
	} else if o.lines == nil {
		return "", nil
	}
	select {
	case <-ctx.Done():
		return "", context.Cause(ctx)
	case <-late:
		return "", nil
	case answer, ok := <-o.lines:
		if !ok || answer == "q" {
			return "", runner.ErrEnded
		}
		return answer, nil
	}
}

// prompt writes a question; a short one stands on the line of its answer.
func (o *stepOperator) prompt(long, short string) {
	if long != "" {
		long += "\n"
	}
	fmt.Fprintf(o.c.Stderr, "%s%s> ", long, short)
}

func (o *stepOperator) unknown(answer string) {
	fmt.Fprintf(o.c.Stderr, "%q is not one of the answers.\n", answer)
}

// style is that of stderr, where it asks.
func (o *stepOperator) style() report.Style {
	return report.Style{Width: o.c.columns(o.c.stderrWidth()), Color: o.c.color(o.c.stderrWidth())}
}

func orAt(due time.Time) string {
	if due.IsZero() {
		return ""
	}
	return ", or it is " + due.Format(time.TimeOnly)
}

// nextOf is the step after one; nil if there is none.
func nextOf(p *plan.Plan, step plan.Step) *plan.Step {
	for i := range p.Steps[:max(len(p.Steps)-1, 0)] {
		if p.Steps[i].ID == step.ID {
			return &p.Steps[i+1]
		}
	}
	return nil
}

// becameOf says what became of a step.
func becameOf(performed runner.StepRecord) string {
	switch {
	case performed.Err != nil:
		return performed.Err.Error()
	case performed.Skipped != "":
		return "skipped: " + performed.Skipped
	}
	said := "no effect"
	if performed.Proven() {
		said = "proven"
	}
	said += fmt.Sprintf(" in %.2f s, %s", performed.Outcome.Took.Seconds(), report.Plural(len(performed.Events), "event"))
	switch undone := performed.TakenBack; {
	case undone == nil:
	case len(undone.Leftover) > 0:
		said += "; taken back, but not restored: " + strings.Join(undone.Leftover, ", ")
	default:
		said += "; taken back"
	}
	return said
}
