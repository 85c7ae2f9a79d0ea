package outside

import "time"

// MostAlerts is how many alerts of one detector are kept; what comes after them is an
// outage, as nobody could tell what it says.
const MostAlerts = 100_000

// Gathering gathers what comes of one detector. It is not safe for concurrent use. It keeps
// times as a recording does, without the reading of the monotonic clock, so that both are
// judged by the same.
type Gathering struct {
	watch Watch
	known map[string]bool
}

// NewGathering begins with nothing.
func NewGathering(of Detector) *Gathering {
	return &Gathering{watch: Watch{Detector: of}, known: map[string]bool{}}
}

// Add takes an alert. One that has come before is counted and not kept: tools repeat
// themselves, and an API that is asked twice answers twice.
func (g *Gathering) Add(alert Alert, at time.Time) {
	at = at.Round(0)
	switch {
	case g.known[alert.ID]:
		g.watch.Again++
	case len(g.watch.Arrivals) == MostAlerts:
		g.Out(at, "it sent more alerts than can be judged")
	default:
		g.known[alert.ID] = true
		g.watch.Arrivals = append(g.watch.Arrivals, Arrival{alert, at})
		g.first(at)
	}
}

// Note counts what was read besides alerts: records that are none, and records that
// could not be read, with the first of their problems.
func (g *Gathering) Note(ignored, unreadable int, problem string) {
	g.watch.Ignored += ignored
	g.watch.Unreadable += unreadable
	if g.watch.Problem == "" {
		g.watch.Problem = problem
	}
}

// Answer says that the detector answered, whether or not with an alert. It ends an
// outage.
func (g *Gathering) Answer(at time.Time) {
	at = at.Round(0)
	g.watch.Answered = at
	g.first(at)
	g.Back(at)
}

func (g *Gathering) first(at time.Time) {
	if g.watch.First.IsZero() {
		g.watch.First = at
	}
}

// Out says that the detector does not answer, and why. Within an outage the first reason
// counts.
func (g *Gathering) Out(at time.Time, reason string) {
	if last := len(g.watch.Outages) - 1; last >= 0 && g.watch.Outages[last].Until.IsZero() {
		return
	}
	g.watch.Outages = append(g.watch.Outages, Outage{From: at.Round(0), Reason: reason})
}

// Back says that what hindered the detector is over, though it has not answered yet.
func (g *Gathering) Back(at time.Time) {
	if last := len(g.watch.Outages) - 1; last >= 0 && g.watch.Outages[last].Until.IsZero() {
		g.watch.Outages[last].Until = at.Round(0)
	}
}

// Next begins anew, for another scenario of the same run: what has come before comes
// again, and a detector that does not answer still does not.
func (g *Gathering) Next() *Gathering {
	next := &Gathering{watch: Watch{Detector: g.watch.Detector, First: g.watch.First}, known: g.known}
	if last := len(g.watch.Outages) - 1; last >= 0 && g.watch.Outages[last].Until.IsZero() {
		next.watch.Outages = []Outage{g.watch.Outages[last]}
	}
	return next
}

// Watch is what came until now.
func (g *Gathering) Watch() Watch {
	out := g.watch
	out.Arrivals = append([]Arrival(nil), out.Arrivals...)
	out.Outages = append([]Outage(nil), out.Outages...)
	return out
}
