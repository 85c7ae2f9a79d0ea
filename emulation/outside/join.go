package outside

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// Joined is an alert with the step that it is of.
type Joined struct {
	Arrival
	Detector string `json:"detector"`
	// Step is the step that it is of; empty if it is of none or ambiguous.
	Step string `json:"step,omitempty"`
	// Fits are the steps that an ambiguous alert fits equally.
	Fits []string `json:"fits,omitempty"`
	// By is the evidence by which it was joined, or by which it fits several.
	By []Evidence `json:"by,omitempty"`
	// Why says in a sentence how it was joined, or why it was not.
	Why string `json:"why"`
}

// tolerance is how much a tool's clock may be behind ours.
const tolerance = 2 * time.Second

// Join finds for each alert of a detector the step that it is of. Steps are those of one
// run, in whatever order; of those that were not performed is no alert.
func Join(w Watch, steps []Performed) []Joined {
	var all []*traits
	var hosts []string
	for _, step := range steps {
		if step.Began.IsZero() {
			continue
		}
		all = append(all, traitsOf(step))
		if !slices.Contains(hosts, step.Host.Hostname) {
			hosts = append(hosts, step.Host.Hostname)
		}
	}
	out := make([]Joined, len(w.Arrivals))
	for i, arrival := range w.Arrivals {
		out[i] = joinOne(w.Detector, arrival, all, hosts)
	}
	return out
}

func joinOne(of Detector, a Arrival, steps []*traits, hosts []string) Joined {
	out := Joined{Arrival: a, Detector: of.Name}
	var best fit
	var fitting []*traits
	for _, step := range steps {
		if !step.possible(a) || step.Probe && !a.Alert.Named(of.Probe) {
			continue
		}
		f, ok := step.fit(a.Alert, hosts)
		if !ok || !f.strong() && !step.near(a, of.Within) {
			continue
		}
		order := f.compare(best)
		switch {
		case len(fitting) == 0 || order > 0:
			best, fitting = f, []*traits{step}
		case order == 0:
			fitting = append(fitting, step)
		}
	}
	out.By = best.evidence()
	switch len(fitting) {
	case 0:
		out.Why = "it matches no step"
		return out
	case 1:
		if len(out.By) == 0 || !best.strong() {
			out.By = append(out.By, Time)
		}
		return out.to(fitting[0])
	}
	var within []*traits
	for _, step := range fitting {
		if step.during(a) {
			within = append(within, step)
		}
	}
	if len(within) == 1 {
		out.By = append(out.By, Time)
		return out.to(within[0])
	}
	for _, step := range fitting {
		out.Fits = append(out.Fits, step.Step)
	}
	out.Why = fmt.Sprintf("it matches %s equally (%s)", list(out.Fits), words(out.By))
	return out
}

func (j Joined) to(step *traits) Joined {
	j.Step, j.Why = step.Step, "joined by "+words(j.By)
	if len(j.By) == 1 && j.By[0] == Time {
		j.Why = "joined by time alone"
	}
	return j
}

// possible reports whether the alert can be of the step by its times: it came after the
// step had begun, and does not say that it is older.
func (t *traits) possible(a Arrival) bool {
	if a.At.Before(t.Began) {
		return false
	}
	when, precision := a.when()
	return !when.Add(precision + tolerance).Before(t.Began)
}

// near reports whether the alert is of a time in which alerts of the step are expected.
func (t *traits) near(a Arrival, within time.Duration) bool {
	when, precision := a.when()
	return !when.Add(precision).Before(t.Began) && !when.After(t.Ended.Add(within))
}

// during reports whether the alert is of the time in which the step was performed.
func (t *traits) during(a Arrival) bool {
	when, precision := a.when()
	return !when.Add(precision).Before(t.Began) && !when.After(t.Ended)
}

func words(by []Evidence) string {
	if len(by) == 0 {
		return "time"
	}
	names := make([]string, len(by))
	for i, e := range by {
		names[i] = string(e)
	}
	return strings.Join(names, ", ")
}

func list(names []string) string {
	last := len(names) - 1
	return strings.Join(names[:last], ", ") + " and " + names[last]
}
