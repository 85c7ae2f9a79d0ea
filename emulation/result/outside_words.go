package result

import (
	"fmt"
	"strings"
	"time"
)

// mostSentences is how many sentences are said of one detector's alerts of no step.
const mostSentences = 5

// Sentences say what came of the detector: what it sent, when it did not answer, and which
// alerts are of no step for certain. wrong is whether it did not answer, or could not be
// read.
func (d OutsideDetector) Sentences() (said []string, wrong bool) {
	first := fmt.Sprintf("%s sent %s", d.Name, counted(d.Alerts, "alert"))
	if d.Again > 0 {
		first += fmt.Sprintf(", and %d of them again", d.Again)
	}
	said = append(said, first)
	for _, o := range d.Outages {
		until := "on"
		if !o.Until.IsZero() {
			until = "until " + o.Until.UTC().Format(time.TimeOnly)
		}
		said = append(said, fmt.Sprintf("%s did not answer from %s %s: %s", d.Name, o.From.UTC().Format(time.TimeOnly), until, o.Reason))
	}
	if d.Unreadable > 0 {
		said = append(said, fmt.Sprintf("%s of %s could not be read, the first as %s", counted(d.Unreadable, "record"), d.Name, d.Problem))
	}
	wrong = len(said) > 1
	return append(said, d.ofNoStep()...), wrong
}

// ofNoStep says which alerts are of no step, those of one rule together.
func (d OutsideDetector) ofNoStep() []string {
	type kind struct{ rule, why string }
	var order []kind
	counts := map[kind]int{}
	for _, alert := range d.Unjoined {
		k := kind{alert.Rule, alert.Joined}
		if counts[k] == 0 {
			order = append(order, k)
		}
		counts[k]++
	}
	var said []string
	for i, k := range order {
		if i == mostSentences {
			said = append(said, fmt.Sprintf("alerts of %s are of no step, too", counted(len(order)-i, "further rule")))
			break
		}
		said = append(said, fmt.Sprintf("%s of %q: %s", counted(counts[k], "alert"), k.rule, k.why))
	}
	if d.MoreUnjoined > 0 {
		said = append(said, fmt.Sprintf("%s more are of no step", counted(d.MoreUnjoined, "alert")))
	}
	return said
}

func counted(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// joinedWords say when the alerts of an expectation came, and by what they were joined;
// empty if none did.
func joinedWords(alerts []OutsideAlert) string {
	if len(alerts) == 0 {
		return ""
	}
	first := alerts[0]
	when := fmt.Sprintf("%s after the step", seconds(time.Duration(first.AfterSeconds*float64(time.Second))))
	if first.AfterSeconds == 0 {
		when = "while the step was performed"
	}
	words := []string{fmt.Sprintf("an alert came %s, %s", when, first.Joined)}
	if first.Number > 1 {
		words = append(words, fmt.Sprintf("it stands for %d", first.Number))
	}
	if more := len(alerts) - 1; more > 0 {
		words = append(words, fmt.Sprintf("%s more came", counted(more, "alert")))
	}
	return strings.Join(words, "; ")
}
