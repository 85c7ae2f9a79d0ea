package sigma

import (
	"container/heap"
	"container/list"
	"slices"
	"strconv"
	"strings"
	"time"
)

// window is the memory of one correlation: its groups and what they saw.
// [Correlation: Time Selection]
type window struct {
	plan   *correlationPlan
	limits *settings
	stats  *Stats
	atEnd  bool // can only be judged when the window is over
	grace  time.Duration
	groups map[string]*group
	recent *list.List // of *group, least recently fed first
	due    dueHeap    // of groups, if atEnd
	total  int        // entries of all groups
	order  int        // arrivals, to keep equal times apart
	read   reading
}

// entry is one event of a group, reduced to what is counted.
type entry struct {
	time   time.Time
	order  int
	index  int
	plain  bool  // a match of a detection, not of a correlation
	which  []int // rules it fits
	events []int // of a correlation's alert
	tuple  []string
	number []float64
}

type group struct {
	key       string
	values    map[string]string
	entries   []entry // by time, then arrival
	lo        int     // first entry of the newest window
	now       tally   // of entries[lo:]
	firing    bool
	lastAlert time.Time
	judged    time.Time // windows up to here are over
	place     *list.Element
	heapIndex int
}

func newWindow(c *correlationPlan, s *settings, stats *Stats) *window {
	w := &window{plan: c, limits: s, stats: stats, groups: map[string]*group{}, recent: list.New()}
	for _, b := range c.bounds {
		// Fewer than so many can only be said when no more can come.
		w.atEnd = w.atEnd || b.op == less || b.op == lessEqual
	}
	w.atEnd = w.atEnd || c.extended != nil && negates(c.extended)
	w.grace = min(s.lateness, c.timespan)
	return w
}

// add takes a hit in and returns what it brings about.
func (w *window) add(h *hit, f *feed, newest time.Time) []finding {
	// An inner correlation speaks when its window is over, however late that is.
	if h.group == nil && newest.Sub(h.time) > w.limits.lateness {
		w.stats.Late++
		return nil
	}
	e := entry{time: h.time, index: h.index, which: []int{f.which}, plain: h.group == nil, events: h.events}
	if !w.measure(&e, h, f) {
		return nil
	}
	var found []finding
	for _, values := range w.groupValues(h, f) {
		g := w.group(values)
		w.order++
		e.order = w.order
		w.prune(g, newest)
		at, fresh := g.insert(e)
		if fresh {
			w.total++
		}
		if w.atEnd {
			w.schedule(g, at)
		} else if fd, ok := w.evaluate(g, at, h); ok {
			found = append(found, fd)
		}
		w.bound(g)
	}
	return found
}

// measure reads the fields the correlation counts or sums; without them the
// event is not counted.
func (w *window) measure(e *entry, h *hit, f *feed) bool {
	if !w.plan.kind.readsField() {
		return true
	}
	tuples := []string{""}
	for i, name := range f.fields {
		texts := w.texts(h, name, w.plan.fields[i])
		if w.plan.kind != valueCount {
			for _, t := range texts {
				if n, ok := numberOf(t); ok {
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
func (w *window) texts(h *hit, field, alias string) []string {
	for _, name := range []string{field, alias} {
		if v, ok := h.group[name]; ok {
			return []string{v}
		}
	}
	if h.event == nil {
		return nil
	}
	w.read.reset()
	w.read.arena = nil // the texts outlive this event
	w.read.read(h.event.Fields, field)
	return slices.Clone(w.read.texts)
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
func (w *window) groupValues(h *hit, f *feed) [][]string {
	out := [][]string{nil}
	for i, name := range f.groups {
		texts := w.texts(h, name, w.plan.groupBy[i])
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

func (w *window) group(values []string) *group {
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
		for i, name := range w.plan.groupBy {
			g.values[name] = values[i]
		}
		g.now.kind = w.plan
		g.place = w.recent.PushBack(g)
		w.groups[key] = g
	} else {
		w.recent.MoveToBack(g.place)
	}
	return g
}

// insert puts e at its time; an event two rules fit is one event. It returns
// the entry's position and whether it is new.
func (g *group) insert(e entry) (int, bool) {
	at := len(g.entries)
	for at > 0 && g.entries[at-1].time.After(e.time) {
		at--
	}
	if e.plain {
		for i := at - 1; i >= 0 && g.entries[i].time.Equal(e.time); i-- {
			if have := &g.entries[i]; have.plain && have.index == e.index {
				if i >= g.lo {
					g.now.remove(have)
				}
				have.join(e)
				if i >= g.lo {
					g.now.add(have)
				}
				return i, false
			}
		}
	}
	g.entries = slices.Insert(g.entries, at, e)
	if at < g.lo {
		g.lo++
	} else {
		g.now.add(&g.entries[at])
	}
	return at, true
}

// join adds what another rule saw in the same event.
func (e *entry) join(other entry) {
	for _, r := range other.which {
		if !slices.Contains(e.which, r) {
			e.which = append(slices.Clone(e.which), r)
		}
	}
	for _, t := range other.tuple {
		if !slices.Contains(e.tuple, t) {
			e.tuple = append(slices.Clone(e.tuple), t)
		}
	}
}

// prune forgets what no window can reach any more.
func (w *window) prune(g *group, newest time.Time) {
	horizon := newest.Add(-w.limits.lateness - w.plan.timespan)
	n := 0
	for n < len(g.entries) && g.entries[n].time.Before(horizon) {
		n++
	}
	w.drop(g, n)
}

func (w *window) drop(g *group, n int) {
	for i := g.lo; i < n; i++ {
		g.now.remove(&g.entries[i])
	}
	g.entries = g.entries[n:]
	g.lo = max(0, g.lo-n)
	w.total -= n
}

// bound keeps the memory of a correlation limited, whatever the events do.
func (w *window) bound(g *group) {
	if over := len(g.entries) - w.limits.eventLimit; over > 0 {
		w.drop(g, over)
		w.stats.Evicted += over
		if g.heapIndex >= 0 {
			heap.Fix(&w.due, g.heapIndex)
		}
	}
	for len(w.groups) > w.limits.groupLimit || w.total > 10*w.limits.eventLimit && len(w.groups) > 1 {
		oldest := w.recent.Front().Value.(*group)
		w.stats.Evicted += len(oldest.entries)
		w.forget(oldest)
	}
}

func (w *window) forget(g *group) {
	w.total -= len(g.entries)
	w.recent.Remove(g.place)
	delete(w.groups, g.key)
	if g.heapIndex >= 0 {
		heap.Remove(&w.due, g.heapIndex)
	}
}
