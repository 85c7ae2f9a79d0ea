package exerciseserver

import (
	"strconv"
	"time"

	"github.com/ringer-lab/ringer/emulation/hunt"
)

// The measures of a timeline, in units of its own.
const (
	timelineBars   = 60
	timelineWidth  = 960
	timelineBase   = 70
	timelineHeight = 86
)

// timelineView is a timeline as a picture made here, with the same as a list.
type timelineView struct {
	Title               string
	Width, Height, Base int
	Bars                []bar
	Ticks               []tick
}

type bar struct {
	X, Y, Wide, High int
	Label, To        string
	Empty            bool
}

type tick struct {
	X            int
	Label, Class string
}

// timelineOf draws buckets; each leads to the search narrowed to its time. nil where
// nothing was found.
func timelineOf(buckets []hunt.Bucket, asked search) *timelineView {
	if len(buckets) == 0 {
		return nil
	}
	most := 1
	for _, b := range buckets {
		most = max(most, b.Total)
	}
	first, last := buckets[0].From, buckets[len(buckets)-1].To
	out := &timelineView{Title: text("timeline.title", virtualTime(first), virtualTime(last)), Width: timelineWidth, Height: timelineHeight, Base: timelineBase}
	for i, b := range buckets {
		high := 0
		if b.Total > 0 {
			high = max(2, b.Total*(timelineBase-4)/most)
		}
		left, right := i*timelineWidth/len(buckets), (i+1)*timelineWidth/len(buckets)
		to := asked
		to.page, to.from, to.to = 1, b.From.Format(time.RFC3339Nano), b.To.Format(time.RFC3339Nano)
		out.Bars = append(out.Bars, bar{
			X: left, Wide: max(1, right-left-1), Y: timelineBase - high, High: high, Empty: b.Total == 0,
			Label: counted("timeline.bar", b.Total, virtualTime(b.From)), To: to.address(1),
		})
	}
	middle := first.Add(last.Sub(first) / 2)
	out.Ticks = []tick{{4, virtualTime(first), "start"}, {timelineWidth / 2, virtualTime(middle), "middle"}, {timelineWidth - 4, virtualTime(last), "end"}}
	return out
}

// trimmed is a number without zeros that say nothing.
func trimmed(n float64) string { return strconv.FormatFloat(n, 'f', -1, 64) }
