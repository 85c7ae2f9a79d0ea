package stream

import (
	"cmp"
	"container/heap"
	"hash/fnv"
	"math/rand/v2"
	"slices"
	"sync"
	"time"

	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/hunt"
)

// Options say over which days an exercise goes.
type Options struct {
	// Seed is what all chance follows from: with the same seed, and the same events added
	// in the same order, a stream is the same.
	Seed uint64
	// From and To are the first and the last day that has ordinary events, each by any time
	// of it, in UTC.
	From, To time.Time
	// PerDay is how often each ordinary day is repeated a day; 0 is once.
	PerDay int
}

// Stream is the events of an exercise in the order of their time. It holds what was
// recorded and what is under way on one day, however many days there are. It is safe for
// concurrent use.
type Stream struct {
	options Options

	mutex     sync.Mutex
	machines  map[string]*machine // by host
	performed map[performedOn]*renumbered
	groups    []*group
	day       time.Time // the next one whose ordinary events are to begin
	under     runs      // what has begun and is not over
	order     int       // of what began
	counts    Counts
}

// Counts is how many events came out of a stream.
type Counts struct {
	Performed int `json:"performed"` // of steps
	Ordinary  int `json:"ordinary"`  // of ordinary days, as they were recorded
	Repeated  int `json:"repeated"`  // that repeat these
}

// performedOn names what was performed of a scenario on one host.
type performedOn struct{ scenario, host string }

// group is the events of one tree of processes of an ordinary day.
type group struct {
	records  []recorded
	name     uint64 // by which its chance is told from that of others
	repeated int
}

// recorded is a record with what is edited in it.
type recorded struct {
	hunt.Record
	edits []edit
}

// New makes a stream without events.
func New(o Options) *Stream {
	o.PerDay = max(1, o.PerDay)
	return &Stream{options: o, machines: map[string]*machine{}, performed: map[performedOn]*renumbered{}, day: dayOf(o.From)}
}

func dayOf(at time.Time) time.Time { return at.UTC().Truncate(24 * time.Hour) }

// AddOrdinary adds the events of an ordinary day, to be repeated. It must be called
// before events are taken.
func (s *Stream) AddOrdinary(records []hunt.Record) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	parents := map[processKey]uint64{}
	for _, r := range records {
		if r.Parent != 0 {
			parents[processKey{r.Host, r.Event.Lineage.Process}] = r.Parent
		}
	}
	byRoot := map[processKey]*group{}
	for _, r := range records {
		root := rootOf(processKey{r.Host, r.Event.Lineage.Process}, parents)
		g := byRoot[root]
		if g == nil {
			g = &group{name: nameOf(r.Origin.Scenario, r.Origin.Step, r.Host, r.Origin.Event)}
			byRoot[root] = g
			s.groups = append(s.groups, g)
		}
		g.records = append(g.records, recorded{r, editsOf(&r.Event)})
	}
	for _, g := range byRoot {
		slices.SortStableFunc(g.records, byTime)
	}
}

func byTime(a, b recorded) int { return a.Event.Time.Compare(b.Event.Time) }

func rootOf(p processKey, parents map[processKey]uint64) processKey {
	for range len(parents) + 1 {
		parent := parents[p]
		if parent == 0 {
			break
		}
		p.key = parent
	}
	return p
}

func nameOf(texts ...string) uint64 {
	hash := fnv.New64a()
	for _, text := range texts {
		_, _ = hash.Write(append([]byte(text), 0)) // a hash takes everything
	}
	return hash.Sum64()
}

// AddPerformed adds events of steps. They come at their time, or at once if the stream is
// past it.
func (s *Stream) AddPerformed(records []hunt.Record) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	for _, r := range records {
		on := performedOn{r.Origin.Scenario, r.Host}
		if s.performed[on] == nil {
			s.performed[on] = s.machine(&r).renumber()
		}
		s.begin(&underway{records: []recorded{{r, editsOf(&r.Event)}}, numbers: s.performed[on]})
	}
}

// machine is the host of a record.
func (s *Stream) machine(r *hunt.Record) *machine {
	m := s.machines[r.Host]
	if m == nil {
		m = &machine{
			windows: slices.ContainsFunc(r.Event.Sources, func(of event.LogSource) bool { return of.Product == "windows" }),
			random:  rand.New(rand.NewPCG(s.options.Seed, nameOf("machine", r.Host))),
		}
		m.lastKey = 500 + m.random.Uint64N(5000)
		s.machines[r.Host] = m
	}
	return m
}

// Until takes the next events up to that time, at most so many. There are none left of
// that time if there are fewer.
func (s *Stream) Until(until time.Time, most int) []hunt.Record {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	var out []hunt.Record
	for len(out) < most {
		for s.hasDay() && !s.day.After(until) && (len(s.under) == 0 || !s.under[0].at().Before(s.day)) {
			s.beginDay()
		}
		if len(s.under) == 0 || s.under[0].at().After(until) {
			break
		}
		next := s.under[0]
		out = append(out, s.take(next))
		if next.next++; next.next == len(next.records) {
			heap.Pop(&s.under)
		} else {
			heap.Fix(&s.under, 0)
		}
	}
	return out
}

// Counts is how many events were taken.
func (s *Stream) Counts() Counts {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	return s.counts
}

// Total is how many events there are in all, of what was added so far.
func (s *Stream) Total() int {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	total, each := s.counts.Performed+s.counts.Ordinary+s.counts.Repeated, 0
	for _, g := range s.groups {
		each += len(g.records)
	}
	for _, u := range s.under {
		total += len(u.records) - u.next
	}
	if s.hasDay() {
		days := int(dayOf(s.options.To).Sub(s.day)/(24*time.Hour)) + 1
		total += days * each * s.options.PerDay
	}
	return total
}

func (s *Stream) hasDay() bool { return len(s.groups) > 0 && !s.day.After(s.options.To) }

// take makes the next record of what is under way.
func (s *Stream) take(u *underway) hunt.Record {
	from := u.records[u.next]
	r := from.Record
	r.Event.Fields = edited(r.Event.Fields, from.edits, u.shift, u.numbers)
	r.Event.Time = r.Event.Time.Add(u.shift).UTC()
	r.Event.Lineage.Process, _ = u.numbers.process(r.Event.Lineage.Process, u.shift)
	r.Parent, _ = u.numbers.process(r.Parent, u.shift)
	r.Event.Lineage.Seen, r.Origin.Repeated = nil, u.repeated
	switch {
	case !r.Origin.Ordinary:
		s.counts.Performed++
	case u.repeated == 0:
		s.counts.Ordinary++
	default:
		s.counts.Repeated++
	}
	return r
}

// underway is a group, or an event of a step, that has begun.
type underway struct {
	records  []recorded
	next     int
	shift    time.Duration
	numbers  *renumbered
	repeated int
	order    int
}

func (u *underway) at() time.Time { return u.records[u.next].Event.Time.Add(u.shift) }

func (s *Stream) begin(u *underway) {
	s.order++
	u.order = s.order
	heap.Push(&s.under, u)
}

// runs is a heap of what is under way, by the time of its next event.
type runs []*underway

func (r runs) Len() int { return len(r) }
func (r runs) Less(i, j int) bool {
	return cmp.Or(r[i].at().Compare(r[j].at()), cmp.Compare(r[i].order, r[j].order)) < 0
}
func (r runs) Swap(i, j int) { r[i], r[j] = r[j], r[i] }
func (r *runs) Push(u any)   { *r = append(*r, u.(*underway)) }
func (r *runs) Pop() any {
	last := (*r)[len(*r)-1]
	*r = (*r)[:len(*r)-1]
	return last
}
