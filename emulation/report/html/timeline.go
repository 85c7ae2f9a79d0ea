package html

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"time"

	"github.com/ringer-lab/ringer/emulation/plan"
	"github.com/ringer-lab/ringer/emulation/report"
	"github.com/ringer-lab/ringer/emulation/report/evidence"
	"github.com/ringer-lab/ringer/emulation/verdict"
)

// timeline is a scenario's steps over virtual time, laid out. Time runs along one
// axis, hosts along the other. The scale is broken: a gap of years takes little more
// room than one of days, and says how long it is.
type timeline struct {
	ID, Title, Description string
	Width, Height          int
	Lanes                  []lane
	Spans                  []actorSpan
	Ticks                  []tick
	Breaks                 []scaleBreak
	Marks                  []stepMark
}

// lane is one host's. Turn is how its label is turned, in degrees.
type lane struct {
	Name           string
	Turn           int
	X1, Y1, X2, Y2 int
	LabelX, LabelY int
}

// actorSpan is the time from an actor's first step to its last.
type actorSpan struct {
	Name, Class    string
	X1, Y1, X2, Y2 int
	LabelX, LabelY int
}

type tick struct {
	Label          string
	X1, Y1, X2, Y2 int
	LabelX, LabelY int
}

// scaleBreak is where time is left out.
type scaleBreak struct {
	X, Y  int
	Title string
}

// stepMark is one step: the shape and colour are its actor's, the filling is what
// became of it.
type stepMark struct {
	Link, Label  string
	X, Y         int
	Shape        string
	Actor, State string
}

type legendEntry struct{ Name, Shape, Class string }

// shapes tell actors apart for those who see no colours; of more actors they come
// again with other colours.
var shapes = [...]string{"circle", "square", "diamond", "triangle", "hexagon"}

// actorColors is how many colours the style has for actors.
const actorColors = 6

// breakFrom is the gap from which the scale is marked as broken.
const breakFrom = 60 * 24 * time.Hour

// positions are where times lie on an axis: each gap takes its share by its
// logarithm, so that steps of one week can be told apart beside years.
func positions(times []time.Duration, least float64) (at map[time.Duration]float64, length float64) {
	at = map[time.Duration]float64{}
	for i, t := range times {
		if i > 0 {
			length += least * (1 + 0.35*math.Log2(1+(t-times[i-1]).Hours()/24))
		}
		at[t] = length
	}
	return at, length
}

// axis is what both timelines are laid out from.
type axis struct {
	scenario evidence.Scenario
	index    int
	times    []time.Duration
	hosts    []string
	actors   []string
}

func axisOf(s evidence.Scenario, index int) axis {
	a := axis{scenario: s, index: index}
	for _, asset := range s.Judged.Assets {
		a.hosts = append(a.hosts, asset.Name)
	}
	for _, actor := range s.Judged.Actors {
		a.actors = append(a.actors, actor.Name)
	}
	for _, step := range s.Steps {
		if step.Baseline {
			continue
		}
		a.times = append(a.times, step.Offset)
		if !slices.Contains(a.hosts, step.Judged.Asset) {
			a.hosts = append(a.hosts, step.Judged.Asset)
		}
		if !slices.Contains(a.actors, step.Judged.Actor) {
			a.actors = append(a.actors, step.Judged.Actor)
		}
	}
	slices.Sort(a.times)
	a.times = slices.Compact(a.times)
	return a
}

func timelinesOf(s evidence.Scenario, index int) (wide, tall *timeline, legend []legendEntry) {
	a := axisOf(s, index)
	if len(a.times) == 0 {
		return nil, nil, nil
	}
	for i, name := range a.actors {
		legend = append(legend, legendEntry{cmp.Or(name, "no actor"), shapes[i%len(shapes)], actorClass(i)})
	}
	wide, tall = a.wide(), a.tall()
	wide.ID, tall.ID = fmt.Sprintf("timeline-%d-wide", index+1), fmt.Sprintf("timeline-%d-tall", index+1)
	return wide, tall, legend
}

func actorClass(i int) string { return fmt.Sprintf("actor-%d", i%actorColors+1) }

func (a axis) description() (title, words string) {
	title = fmt.Sprintf("Timeline of %s", a.scenario.Judged.Name)
	words = fmt.Sprintf("%s by %s on %s", report.Plural(len(a.scenario.Judged.Steps), "step"), report.Plural(len(a.actors), "actor"), report.Plural(len(a.hosts), "host"))
	if last := a.times[len(a.times)-1]; last > a.times[0] {
		words += fmt.Sprintf(", from %s to %s of virtual time. The scale is broken: long gaps are shortened", plan.FormatOffset(a.times[0]), plan.FormatOffset(last))
	}
	return title, words + ". The steps below have the same in words."
}

// mark is a step's, at the place of its time and host.
func (a axis) mark(i int, step evidence.Step, x, y float64) stepMark {
	judged := step.Judged
	actor := slices.Index(a.actors, judged.Actor)
	worst, counts, _ := summaryOf(judged)
	label := fmt.Sprintf("%s: %s on %s", plan.FormatOffset(step.Offset), judged.ID, judged.Asset)
	if judged.Actor != "" {
		label += " by " + judged.Actor
	}
	label += ": " + cmp.Or(counts, worst.Word)
	return stepMark{
		Link: stepID(a.index, i), Label: label, X: int(math.Round(x)), Y: int(math.Round(y)),
		Shape: shapes[actor%len(shapes)], Actor: actorClass(actor), State: markState(worst),
	}
}

// markState is how a step's mark is filled: full where it was seen, empty where nothing
// was to be seen, and with a ring where something is not as expected.
func markState(worst mark) string {
	switch {
	case worst.Word == evidence.VerdictName(verdict.Detected):
		return "seen"
	case worst.Class == "bad":
		return "wrong"
	case worst.Class == "warn":
		return "open"
	}
	return "unseen"
}
