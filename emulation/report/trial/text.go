package trial

import (
	"fmt"
	"io"
	"strings"

	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/report"
	"github.com/ringer-lab/ringer/emulation/report/evidence"
)

// The most lines of a part, where not all is asked for.
const (
	mostEvents = 20
	mostNear   = 5
)

// Text writes a trial for a person. With style.Verbose no event and no rule is left out. It
// fails if w does.
func Text(w io.Writer, t Trial, style report.Style) error {
	v := view{Trial: t, style: style}
	v.head()
	v.performed()
	v.proofs()
	v.undo()
	v.events()
	v.rules()
	_, err := io.WriteString(w, v.out.String())
	return err
}

type view struct {
	Trial
	style report.Style
	out   strings.Builder
}

// title begins a part.
func (v *view) title(words string) { v.out.WriteString("\n" + v.style.Bold(words) + "\n") }

func (v *view) line(words string, indent int) { v.out.WriteString(v.style.Wrap(words, indent)) }

func (v *view) head() {
	v.out.WriteString(v.style.Bold(v.Behaviour) + "\n")
	v.line(v.Summary, 2)
	v.line(fmt.Sprintf("on %s, a host of the kind %s (%s), in the %s lab, %.1f s", v.Host.Hostname, v.Host.Kind, v.Host.Platform, v.Lab, v.Seconds), 2)
	if v.Outcome != Proven {
		v.line(strings.ReplaceAll(string(v.Outcome), "_", " ")+": "+v.Reason, 2)
	}
}

func (v *view) performed() {
	v.title("performed")
	for _, process := range v.Performed {
		v.process(process, 2)
	}
}

func (v *view) process(p Process, indent int) {
	v.out.WriteString(v.style.Program(p.Image, p.User, p.Command, p.Resident, indent))
	for _, done := range p.Acts {
		if done.Process != nil {
			v.process(*done.Process, indent+2)
			continue
		}
		v.line(done.Act, indent+2)
	}
}

func (v *view) proofs() {
	v.title("proofs")
	for _, proof := range v.Proofs {
		sign := v.style.Met(proof.Proven())
		words := proof.Check + "; before: " + proof.Before
		switch {
		case proof.After != "":
			words = proof.Check + ": " + proof.After
		case proof.Before == "":
			words = proof.Check + ": that was so before"
		}
		v.out.WriteString(v.style.Beside("  "+sign+" ", words))
	}
	for _, refused := range v.StandInErrors {
		v.out.WriteString(v.style.Beside("  "+v.style.Met(false)+" ", refused))
	}
	if len(v.Proofs) == 0 {
		v.line("none: nothing was looked at", 2)
	}
}

func (v *view) undo() {
	v.title("undo")
	if len(v.Leftover) > 0 {
		v.out.WriteString(v.style.Beside("  "+v.style.Met(false)+" ", "left as they were not before: "+strings.Join(v.Leftover, ", ")))
		return
	}
	if v.Outcome == Skipped || v.Outcome == Errored {
		v.line("not looked at", 2)
		return
	}
	v.out.WriteString(v.style.Beside("  "+v.style.Met(true)+" ", "as before: "+strings.Join(v.Touched, ", ")))
}

func (v *view) events() {
	v.title(report.Plural(len(v.Events), "event"))
	shown := v.Events
	if !v.style.Verbose {
		shown = telling(shown)
		shown = shown[:min(len(shown), mostEvents)]
	}
	for _, e := range shown {
		v.line(v.event(e), 2)
	}
	if more := len(v.Events) - len(shown); more > 0 {
		v.line(fmt.Sprintf("and %s: --verbose shows all", report.Plural(more, "more event")), 2)
	}
}

// telling are the events without auditd's, which writes five records of each system call,
// if there are others.
func telling(events []event.Event) []event.Event {
	var others []event.Event
	for _, e := range events {
		if evidence.SourceName(e) != "auditd" {
			others = append(others, e)
		}
	}
	if others == nil {
		return events
	}
	return others
}

// event is an event in a line: where it is from, what it says, and who did it.
func (v *view) event(e event.Event) string {
	said := evidence.Describe(e)
	words := fmt.Sprintf("%s (%s) %s", evidence.SourceName(e), e.Provenance, said)
	for _, name := range []string{"Image", "exe"} {
		if value, ok := e.Fields[name]; ok && !strings.Contains(said, name+"=") {
			words += fmt.Sprintf(" %s=%v", name, value)
		}
	}
	return words
}

func (v *view) rules() {
	v.title(fmt.Sprintf("rules: %d asked of %d", v.Asked, v.Rules))
	seen := map[string]bool{}
	for _, alert := range v.Alerts {
		if seen[alert.Rule] {
			continue
		}
		seen[alert.Rule] = true
		v.line(strings.TrimRight("saw it  "+alert.Title+"  "+alert.Level, " "), 2)
		v.line(alert.Rule, 10)
		v.line(v.on(alert), 10)
	}
	if len(v.Alerts) == 0 {
		v.line("none saw it", 2)
	}
	shown := v.Near
	if !v.style.Verbose && len(shown) > mostNear {
		shown = shown[:mostNear]
	}
	for _, near := range shown {
		v.line("near    "+near.Title, 2)
		v.line(near.Rule, 10)
		v.line(fmt.Sprintf("%d away: %s", near.Nearest.Distance, strings.Join(near.Nearest.Changes, "; ")), 10)
	}
	if more := len(v.Near) - len(shown); more > 0 {
		v.line(fmt.Sprintf("and %s that were asked: --verbose shows all", report.Plural(more, "more rule")), 2)
	}
}

// on is the newest event that an alert rests on, in a line.
func (v *view) on(alert Alert) string {
	words := "on " + report.Plural(len(alert.Events), "event")
	for _, e := range v.Events {
		if e.ID == alert.Events[len(alert.Events)-1] {
			words = fmt.Sprintf("on %s %s", evidence.SourceName(e), evidence.Describe(e))
		}
	}
	if alert.Shape == event.EDR && !v.alsoNative(alert.Rule) {
		words += " (with the acting process's fields alone: shape edr)"
	}
	return words
}

func (v *view) alsoNative(rule string) bool {
	for _, alert := range v.Alerts {
		if alert.Rule == rule && alert.Shape == event.Native {
			return true
		}
	}
	return false
}
