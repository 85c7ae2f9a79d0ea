package outside

import "time"

// Detector is an outside detector as a run asks it. Where its alerts come from is no
// part of it.
type Detector struct {
	// Name is what expectations call it: its kind and its name, such as falco.host.
	Name string `json:"name"`
	// Format is how its alerts are written.
	Format string `json:"format"`
	// Within is how long after a step an alert is in time, Wait how long it is waited for
	// at all: what comes between is late.
	Within time.Duration `json:"within"`
	Wait   time.Duration `json:"wait"`
	// Probe is the rule that alerts on the probe; empty if there is none.
	Probe string `json:"probe,omitempty"`
	// Scans is whether it is given files when all was performed, so that nothing is waited
	// for.
	Scans bool `json:"scans,omitempty"`
}

// Outage is a time in which a detector did not answer. Until is zero if it never
// answered again.
type Outage struct {
	From   time.Time `json:"from"`
	Until  time.Time `json:"until,omitzero"`
	Reason string    `json:"reason"`
}

// Watch is what came of one detector during a scenario.
type Watch struct {
	Detector Detector `json:"detector"`
	// Arrivals are in the order in which they came, each alert once.
	Arrivals []Arrival `json:"arrivals,omitempty"`
	// Again counts alerts that arrived again; Ignored are records that are no alerts, and
	// Unreadable those that could not be read, the first of them as Problem says.
	Again      int    `json:"again,omitempty"`
	Ignored    int    `json:"ignored,omitempty"`
	Unreadable int    `json:"unreadable,omitempty"`
	Problem    string `json:"problem,omitempty"`
	// Answered is when it last answered in another way than by an alert: an API that was
	// asked, a scanner that ended in order.
	Answered time.Time `json:"answered,omitzero"`
	// First is when it first showed that it works, be it in an earlier scenario of the run.
	First   time.Time `json:"first,omitzero"`
	Outages []Outage  `json:"outages,omitempty"`
}

// Heard is when the detector last showed that it works; zero if it never did.
func (w Watch) Heard() time.Time {
	heard := w.Answered
	for _, a := range w.Arrivals {
		if a.At.After(heard) {
			heard = a.At
		}
	}
	return heard
}

// silenceUnknown says why no alert until a time shows nothing of a step that ended at
// another; empty if it does show something. Silence counts only if the detector was
// heard of after the step: one that had stopped is silent too;
// and only if it was heard of before, as one that had not begun was.
func (w Watch) silenceUnknown(began, ended, until time.Time) string {
	for _, o := range w.Outages {
		if o.From.Before(until) && (o.Until.IsZero() || o.Until.After(began)) {
			return o.Reason
		}
	}
	heard := w.Heard()
	switch {
	case heard.IsZero() && w.Detector.Probe == "":
		return "nothing came from it during the run, and it has no probe: it cannot be told whether it works"
	case heard.IsZero():
		return "nothing came from it during the run"
	case w.First.After(began) && !w.Detector.Scans:
		return "nothing came from it before the step: it cannot be told whether it worked already"
	case heard.Before(ended):
		return "nothing came from it after the step: it cannot be told whether it still worked"
	}
	return ""
}
