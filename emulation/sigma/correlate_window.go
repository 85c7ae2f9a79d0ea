package sigma

import (
	"container/list"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/ringer-lab/ringer/emulation/sigma/internal/condition"
	"github.com/ringer-lab/ringer/emulation/sigma/internal/fieldreader"
	"github.com/ringer-lab/ringer/emulation/sigma/internal/rulevalue"
	"github.com/ringer-lab/ringer/emulation/sigma/internal/scalar"
)

// window is the memory of one correlation: its groups and what they saw.
// [Correlation: Time Selection]
type window struct {
	correlation *compiledCorrelation
	limits      *settings
	stats       *Stats
	atEnd       bool          // can only be judged when the window is over
	late        time.Duration // how much older than the newest an event may be
	grace       time.Duration // how long a window that is over waits for late events,
	wait        time.Duration // and how long for the correlations that this one counts
	groups      map[string]*group
	recent      *list.List // of *group, least recently fed first
	due         dueHeap    // of groups, if atEnd
	total       int        // entries of all groups
	order       int        // arrivals, to keep equal times apart
	reader      fieldreader.Reader
}

func newWindow(c *compiledCorrelation, s *settings, stats *Stats) *window {
	w := &window{correlation: c, limits: s, stats: stats, groups: map[string]*group{}, recent: list.New()}
	w.atEnd = c.changeable()
	w.late = max(s.lateness, c.timespan)
	if w.atEnd {
		w.grace = min(s.lateness, c.timespan)
	}
	return w
}

// changeable says that further events of a window can take away what held without them:
// it can only be judged when no more can come. At least so many events, values or rules
// stay at least so many. Anything else of them does not, nor does what is made of
// numbers: the next may be small, or negative.
func (c *correlation) changeable() bool {
	if c.extended != nil {
		return condition.Negates(c.extended)
	}
	if !c.kind.temporal() && c.kind != eventCount && c.kind != valueCount {
		return true
	}
	return slices.ContainsFunc(c.bounds, func(b bound) bool {
		return b.op != rulevalue.Greater && b.op != rulevalue.GreaterEqual
	})
}

// addMatch takes a hit in and returns what it brings about.
func (w *window) addMatch(h *ruleMatch, f *correlationInput, newest time.Time) []correlationMatch {
	// An inner correlation alerts when its window is over, however late that is.
	if h.group == nil && newest.Sub(h.time) > w.late {
		w.stats.Late++
		return nil
	}
	e := entry{time: h.time, index: h.index, ruleIndexes: []int{f.ruleIndex}, plain: h.group == nil, events: h.events}
	if w.atEnd && len(w.correlation.correlationInputs) > 0 {
		e.event = h.event
	}
	if !w.readValues(&e, h, f) {
		return nil
	}
	var found []correlationMatch
	for _, values := range w.groupValues(h, f) {
		g := w.groupOf(values)
		if w.alreadyJudged(g, e.time) {
			w.stats.Late++
			continue
		}
		w.order++
		e.order = w.order
		w.prune(g, newest)
		at, fresh := g.insert(e, !w.atEnd)
		if fresh {
			w.total++
		}
		if w.atEnd {
			w.schedule(g)
		} else if fd, ok := w.evaluate(g, at, h); ok {
			found = append(found, fd)
		}
		w.enforceLimits(g)
	}
	return found
}

// readValues reads the fields the correlation counts or sums; without them the
// event is not counted.
func (w *window) readValues(e *entry, h *ruleMatch, f *correlationInput) bool {
	if !w.correlation.kind.readsField() {
		return true
	}
	tuples := []string{""}
	for i, name := range f.fields {
		texts := w.texts(h, name, w.correlation.fields[i])
		if w.correlation.kind != valueCount {
			for _, t := range texts {
				if n, ok := scalar.Float(t); ok {
					e.number = append(e.number, n)
				}
			}
			return len(e.number) > 0
		}
		tuples = combine(tuples, texts)
	}
	e.tuple = tuples
	return len(tuples) > 0
}

// texts reads a field of the event, or of the alert of an inner correlation,
// which has its group's values as fields.
func (w *window) texts(h *ruleMatch, field, alias string) []string {
	for _, name := range []string{field, alias} {
		if v, ok := h.group[name]; ok {
			return []string{v}
		}
	}
	if h.event == nil {
		return nil
	}
	w.reader.Reset()
	w.reader.Arena = nil // the texts outlive this event
	w.reader.ReadField(h.event.Fields, field)
	return slices.Clone(w.reader.Texts)
}

// maxGroupsPerEvent bounds what an event with lists in its group fields joins.
const maxGroupsPerEvent = 64

// combine appends each text to each tuple, lengths first so that no two tuples
// meet by accident.
func combine(tuples, texts []string) []string {
	out := make([]string, 0, len(tuples)*len(texts))
	for _, head := range tuples {
		for _, t := range texts {
			if len(out) == maxGroupsPerEvent {
				return out
			}
			out = append(out, head+strconv.Itoa(len(t))+":"+t)
		}
	}
	return out
}

// groupValues lists the groups an event belongs to: none if it lacks a field.
func (w *window) groupValues(h *ruleMatch, f *correlationInput) [][]string {
	out := [][]string{nil}
	for i, name := range f.groups {
		texts := w.texts(h, name, w.correlation.groupBy[i])
		var next [][]string
		for _, head := range out {
			for _, t := range texts {
				if len(next) < maxGroupsPerEvent {
					next = append(next, append(slices.Clone(head), t))
				}
			}
		}
		out = next
	}
	return out
}

func (w *window) groupOf(values []string) *group {
	var b strings.Builder
	for _, v := range values {
		b.WriteString(strconv.Itoa(len(v)))
		b.WriteByte(':')
		b.WriteString(v)
	}
	key := b.String()
	g := w.groups[key]
	if g == nil {
		g = &group{key: key, values: make(map[string]string, len(values)), heapIndex: -1}
		for i, name := range w.correlation.groupBy {
			g.values[name] = values[i]
		}
		g.current.correlation = w.correlation
		g.element = w.recent.PushBack(g)
		w.groups[key] = g
	} else {
		w.recent.MoveToBack(g.element)
	}
	return g
}
