package html

import (
	"math"
	"strings"
	"time"

	"github.com/ringer-lab/ringer/emulation/plan"
)

// The measures of the timelines, in units of their drawings.
const (
	wideWidth  = 1080
	wideLabels = 110 // the room for names of hosts and actors
	wideLane   = 34
	wideSpan   = 18
	wideAxis   = 34
	edge       = 16

	tallWidth  = 320
	tallLabels = 50
	tallHead   = 64
	tallStep   = 17
)

// wide is the timeline for a screen: time runs to the right.
func (a axis) wide() *timeline {
	at, length := positions(a.times, 20)
	width := max(wideWidth, wideLabels+2*edge+int(length/2))
	room := float64(width - wideLabels - 2*edge)
	x := func(t time.Duration) float64 {
		if length == 0 {
			return wideLabels + edge
		}
		return wideLabels + edge + at[t]/length*room
	}
	out := &timeline{Width: width}
	out.Title, out.Description = a.description()
	top := edge / 2
	for i, actor := range a.actors {
		first, last := a.activeFrom(actor)
		y := top + wideSpan/2
		out.Spans = append(out.Spans, actorSpan{
			Name: actor, Class: actorClass(i), X1: int(x(first)), Y1: y, X2: max(int(x(last)), int(x(first))+2), Y2: y, LabelX: 0, LabelY: y + 4,
		})
		top += wideSpan
	}
	top += edge / 2
	lanes := map[string]float64{}
	for _, host := range a.hosts {
		y := top + wideLane/2
		lanes[host] = float64(y)
		out.Lanes = append(out.Lanes, lane{Name: host, X1: wideLabels, Y1: y, X2: width, Y2: y, LabelX: 0, LabelY: y + 4})
		top += wideLane
	}
	out.Height = top + wideAxis
	labelled := math.Inf(-1)
	for i, t := range a.times {
		here := x(t)
		if i > 0 && t-a.times[i-1] >= breakFrom {
			out.Breaks = append(out.Breaks, scaleBreak{int((here + x(a.times[i-1])) / 2), top, span(t-a.times[i-1]) + " without a step"})
		}
		label := dayOf(t)
		if here-labelled < float64(12+7*len(label)) {
			continue
		}
		labelled = here
		out.Ticks = append(out.Ticks, tick{Label: label, X1: int(here), Y1: edge / 2, X2: int(here), Y2: top + 6, LabelX: int(here), LabelY: top + 22})
	}
	for i, step := range a.scenario.Steps {
		if !step.Baseline {
			out.Marks = append(out.Marks, a.mark(i, step, x(step.Offset), lanes[step.Judged.Asset]))
		}
	}
	out.spread()
	return out
}

// tall is the timeline for a telephone: time runs down, and of actors there is no
// span, as shapes and colours tell them apart.
func (a axis) tall() *timeline {
	at, length := positions(a.times, tallStep)
	y := func(t time.Duration) float64 { return tallHead + edge + at[t] }
	out := &timeline{Width: tallWidth, Height: tallHead + 2*edge + int(length)}
	out.Title, out.Description = a.description()
	room := float64(tallWidth-tallLabels-edge) / float64(len(a.hosts))
	lanes := map[string]float64{}
	for i, host := range a.hosts {
		x := tallLabels + room*(float64(i)+0.5)
		lanes[host] = x
		out.Lanes = append(out.Lanes, lane{Name: host, Turn: -40, X1: int(x), Y1: tallHead, X2: int(x), Y2: out.Height, LabelX: int(x), LabelY: tallHead - 6})
	}
	labelled := math.Inf(-1)
	for i, t := range a.times {
		here := y(t)
		if i > 0 && t-a.times[i-1] >= breakFrom {
			out.Breaks = append(out.Breaks, scaleBreak{tallLabels - 14, int((here + y(a.times[i-1])) / 2), span(t-a.times[i-1]) + " without a step"})
		}
		if here-labelled < 14 {
			continue
		}
		labelled = here
		out.Ticks = append(out.Ticks, tick{Label: dayOf(t), X1: tallLabels, Y1: int(here), X2: tallWidth - edge/2, Y2: int(here), LabelX: tallLabels - 6, LabelY: int(here) + 4})
	}
	for i, step := range a.scenario.Steps {
		if !step.Baseline {
			out.Marks = append(out.Marks, a.mark(i, step, lanes[step.Judged.Asset], y(step.Offset)))
		}
	}
	out.spread()
	return out
}

// dayOf is a virtual time without what is less than a day, if it is more than one.
func dayOf(t time.Duration) string {
	if t >= 24*time.Hour {
		t = t.Truncate(24 * time.Hour)
	}
	return strings.TrimSuffix(plan.FormatOffset(t), "0s")
}

func (a axis) activeFrom(actor string) (first, last time.Duration) {
	known := false
	for _, step := range a.scenario.Steps {
		if step.Baseline || step.Judged.Actor != actor {
			continue
		}
		if !known {
			first, known = step.Offset, true
		}
		last = step.Offset
	}
	return first, last
}

// spread moves marks that lie at the same place a little apart, so that each can be
// seen.
func (t *timeline) spread() {
	const apart = 5
	type place struct{ x, y int }
	taken := map[place]int{}
	for i := range t.Marks {
		m := &t.Marks[i]
		at := place{m.X, m.Y}
		m.X += apart * taken[at]
		m.Y += apart * taken[at]
		taken[at]++
	}
}
