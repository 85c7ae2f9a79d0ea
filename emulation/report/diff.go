package report

import (
	_ "embed"
	"fmt"
	"io"
	"strings"

	"github.com/ringer-lab/ringer/emulation/diff"
)

// DiffSchema is the JSON Schema (2020-12) of what DiffJSON writes.
//
//go:embed diff_schema.json
var DiffSchema []byte

// DiffJSON writes a difference as one document. It fails if w does.
func DiffJSON(w io.Writer, d diff.Difference) error { return writeDocument(w, d) }

// mostDiffLines bounds what is listed of each kind of change; --json has all.
const mostDiffLines = 20

// Diff writes for a person what is different between two runs: what got worse first,
// then what bears on it. It fails if w does.
func Diff(w io.Writer, d diff.Difference, style Style) error {
	var out strings.Builder
	style.writeVerdictChanges(&out, d.Verdicts)
	list := func(title string, n int, row func(i int) string) {
		if n == 0 {
			return
		}
		style.writeTitle(&out, title)
		for i := range min(n, mostDiffLines) {
			out.WriteString(style.wrap(row(i), 2))
		}
		if n > mostDiffLines {
			out.WriteString(fmt.Sprintf("  and %d more: --json lists all\n", n-mostDiffLines))
		}
	}
	list("Rules", len(d.Rules), func(i int) string {
		rule := d.Rules[i]
		return fmt.Sprintf("%s  %s %s  (%s)", rule.Change, style.short(rule.ID), rule.Title, rule.File)
	})
	list("Alerts", len(d.Alerts), func(i int) string {
		alert := d.Alerts[i]
		return fmt.Sprintf("%d → %d  %s %s  at %s (%s)", alert.Before, alert.After, style.short(alert.Rule), alert.Title, alert.At, alert.Shape)
	})
	list("Time until a rule fired", len(d.Times), func(i int) string {
		at := d.Times[i]
		return fmt.Sprintf("%s → %s  %s %s  at %s", at.Before, at.After, style.short(at.Rule), at.Title, at.At)
	})
	list("Events", len(d.Events), func(i int) string {
		event := d.Events[i]
		return fmt.Sprintf("%d → %d  %s  at %s", event.Before, event.After, event.Kind, event.At)
	})
	list("Fields", len(d.Fields), func(i int) string {
		field := d.Fields[i]
		more := ""
		if field.More > 0 {
			more = fmt.Sprintf(", and in %s", Plural(field.More, "further event"))
		}
		return fmt.Sprintf("%s: %s → %s  of %s %d at %s%s", field.Field, value(field.Before), value(field.After), field.Kind, field.Place, field.At, more)
	})
	list("Only in the second run", len(d.Added), func(i int) string { return d.Added[i] })
	list("Only in the first run", len(d.Removed), func(i int) string { return d.Removed[i] })
	if d.Same() {
		out.WriteString("No difference.\n")
	} else {
		out.WriteString("\n")
	}
	out.WriteString(style.bold(fmt.Sprintf("%s: %d worse, %d better", Plural(len(d.Verdicts), "changed verdict"), d.Worse, d.Better)) + "\n")
	_, err := io.WriteString(w, out.String())
	return err
}

// writeVerdictChanges lists the changes of one rule to one verdict once, with all
// places, and explains the first.
func (s Style) writeVerdictChanges(out *strings.Builder, changes []diff.VerdictChange) {
	titles := map[string]string{"worse": "Worse", "better": "Better", "other": "Otherwise changed"}
	type cause struct{ change, rule, before, after string }
	var causes []cause
	places := map[cause][]diff.VerdictChange{}
	for _, change := range changes {
		of := cause{change.Change, change.Rule, change.Before, change.After}
		if places[of] == nil {
			causes = append(causes, of)
		}
		places[of] = append(places[of], change)
	}
	last := ""
	for _, of := range causes {
		if of.change != last {
			s.writeTitle(out, titles[of.change])
			last = of.change
		} else {
			out.WriteString("\n")
		}
		s.writeVerdictChange(out, places[of])
	}
}

// writeVerdictChange tells of one cause, at one or more places.
func (s Style) writeVerdictChange(out *strings.Builder, places []diff.VerdictChange) {
	change := places[0]
	out.WriteString(s.wrap(fmt.Sprintf("%s → %s  %s %s", orNone(change.Before), orNone(change.After), s.short(change.Rule), change.Title), 2))
	var at []string
	for _, place := range places {
		at = append(at, place.At.String())
	}
	if n := len(at) - 3; n > 0 {
		at = append(at[:3], fmt.Sprintf("%d more", n))
	}
	out.WriteString(s.wrap(fmt.Sprintf("at %s", strings.Join(at, ", ")), 4))
	out.WriteString(s.wrap(fmt.Sprintf("expected %s, %s:%d", change.Want, change.File, change.Line), 4))
	if change.Reason != "" {
		out.WriteString(s.wrap(change.Reason, 4))
	}
	if len(change.Why) > 0 {
		out.WriteString(s.wrap(strings.Join(change.Why, "; "), 4))
	}
	if change.Explanation != "" {
		out.WriteString(s.wrap(change.Explanation, 4))
	}
}

func orNone(verdict string) string {
	if verdict == "" {
		return "(no expectation)"
	}
	return strings.ReplaceAll(verdict, "_", " ")
}

// value is a field's, on one line and not too long.
func value(v any) string {
	if v == nil {
		return "(none)"
	}
	return fmt.Sprintf("%.80q", fmt.Sprint(v))
}
