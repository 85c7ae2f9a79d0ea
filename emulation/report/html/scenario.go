package html

import (
	"fmt"
	"strings"

	"github.com/ringer-lab/ringer/emulation/report"
	"github.com/ringer-lab/ringer/emulation/report/evidence"
)

// scenario is one scenario's part of the page.
type scenario struct {
	ID, Name, Title, File string
	// Wide and Tall are the timeline for a screen and for a telephone; nil if there
	// is no step.
	Wide, Tall *timeline
	Actors     []legendEntry
	Baselines  []step
	Steps      []step
	Telemetry  *telemetry
	Assets     []asset
}

// asset is how one host was kept apart, and left.
type asset struct {
	Name, Host, Kind, Platform string
	Open                       string
	Isolation                  mark
	Undo                       mark
	Checks                     []check
	Leftover                   []string
	Error                      string
}

type check struct {
	Attempt, Response string
	Mark              mark
}

func scenarioOf(of evidence.Run, s evidence.Scenario, index int, budget *fieldBudget) scenario {
	out := scenario{
		ID: fmt.Sprintf("scenario-%d", index+1), Name: s.Judged.Name, Title: s.Judged.Title, File: s.Judged.File,
		Telemetry: telemetryOf(of, s, index),
	}
	for i, planned := range s.Steps {
		shown := stepOf(of, s, planned, stepID(index, i), budget)
		if planned.Baseline {
			out.Baselines = append(out.Baselines, shown)
			continue
		}
		out.Steps = append(out.Steps, shown)
	}
	for _, a := range s.Judged.Assets {
		shown := asset{
			Name: a.Name, Host: a.Hostname, Kind: strings.ReplaceAll(a.Kind, "_", " "), Platform: string(a.Platform),
			Open: fmt.Sprintf("%.2f s", a.OpenSeconds), Leftover: a.Leftover, Error: a.Error,
			Isolation: mark{"warn", "–", "no attempt was made"}, Undo: mark{"good", "✓", "restored"},
		}
		refused := 0
		for _, c := range a.IsolationChecks {
			m := mark{"bad", "✗", "not refused"}
			if c.Refused {
				refused++
				m = mark{"good", "✓", "refused"}
			}
			shown.Checks = append(shown.Checks, check{c.Attempt, c.Response, m})
		}
		if n := len(a.IsolationChecks); n > 0 {
			shown.Isolation = mark{"good", "✓", fmt.Sprintf("%d of %s refused", refused, report.Plural(n, "attempt"))}
			if refused < n {
				shown.Isolation.Class, shown.Isolation.Sign = "bad", "✗"
			}
		}
		if n := len(a.Leftover); n > 0 {
			shown.Undo = mark{"bad", "✗", report.Plural(n, "path") + " not restored"}
		}
		out.Assets = append(out.Assets, shown)
	}
	out.Wide, out.Tall, out.Actors = timelinesOf(s, index)
	return out
}
