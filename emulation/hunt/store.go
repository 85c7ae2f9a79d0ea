package hunt

import (
	"math/bits"
	"slices"
	"sort"
	"sync"
	"sync/atomic"
	"time"

	"github.com/ringer-lab/ringer/emulation/hunt/internal/index"
)

// Store holds events, numbered in the order in which they were added. It is safe for any
// number of readers beside those that add; a reader waits for nobody.
type Store struct {
	ids     ids
	options Options

	adding sync.Mutex // held by who adds
	tables tables
	known  sync.Map // performed events: performedKey to number

	current atomic.Pointer[snapshot]
	trials  chan struct{}

	ordinary func() *Store // of the ordinary days before the exercise
}

// snapshot is what there is at one time. It does not change.
type snapshot struct {
	parts []*part
	n     int
	names names
}

// performedKey names an event as it was recorded.
type performedKey struct{ scenario, event string }

// New makes an empty store.
func New(options Options) *Store {
	s := &Store{ids: newIDs(options.Key), options: options, tables: newTables(), trials: make(chan struct{}, max(1, options.Trials))}
	s.current.Store(&snapshot{})
	s.ordinary = sync.OnceValue(func() *Store {
		days := New(Options{})
		days.Add(options.Ordinary)
		return days
	})
	return s
}

// Add adds events, which should be sorted by time and not older than those that are
// there. One that is older all the same is released with the newest before it.
func (s *Store) Add(records []Record) {
	s.adding.Lock()
	defer s.adding.Unlock()
	for len(records) > 0 {
		n := min(len(records), index.MaxEvents)
		s.addPart(disguisedRecords(records[:n]))
		records = records[n:]
	}
}

// addPart makes a part of some events, and puts parts together where there are many small
// ones.
func (s *Store) addPart(records []Record) {
	old := s.current.Load()
	parts := append(slices.Clone(old.parts), newPart(old.n, records, &s.tables))
	for i, r := range records {
		if r.Origin.Repeated == 0 {
			s.known.Store(performedKey{r.Origin.Scenario, r.originEvent()}, old.n+i)
		}
	}
	for first := joinedFrom(parts); first < len(parts); first = joinedFrom(parts) {
		var joined []Record
		for _, p := range parts[first:] {
			joined = append(joined, p.records(s.tables.names)...)
		}
		parts = append(parts[:first], newPart(parts[first].first, joined, &s.tables))
	}
	if n := len(parts); n > 1 {
		parts[n-1].keepNewest(parts[n-2].newestTime())
	}
	s.current.Store(&snapshot{parts: parts, n: old.n + len(records), names: s.tables.names})
}

// The number of small parts that are put together. An event is so put into a larger part
// a few times at most, also where events come one by one.
const manyParts, fewParts = 16, 4

// joinedFrom is the first of the last parts that are to be put together: many that are
// not larger than the last by an order, or some that fill a part. It is len(parts) if
// there are none.
func joinedFrom(parts []*part) int {
	last := parts[len(parts)-1].Len()
	first, total := len(parts), 0
	for first > 0 {
		n := parts[first-1].Len()
		if order(n) > order(last) || total+n > index.MaxEvents {
			break
		}
		first, total = first-1, total+n
	}
	if n := len(parts) - first; n >= manyParts || n >= fewParts && total+last > index.MaxEvents {
		return first
	}
	return len(parts)
}

// order is the order of a number, by sixteens.
func order(n int) int { return (bits.Len(uint(n)) - 1) / 4 }

// Len is how many events there are.
func (s *Store) Len() int { return s.current.Load().n }

// Released is how many events are of that time or earlier.
func (s *Store) Released(until time.Time) int {
	now := s.current.Load()
	at := sort.Search(len(now.parts), func(i int) bool { return now.parts[i].newestTime() > until.UnixNano() })
	if at == len(now.parts) {
		return now.n
	}
	p := now.parts[at]
	return p.first + sort.Search(p.Len(), func(i int) bool { return p.newest[i] > until.UnixNano() })
}

// find returns the part that has an event of the first so many, and its number there.
func (n *snapshot) find(number, released int) (*part, int, bool) {
	if number < 0 || number >= min(released, n.n) {
		return nil, 0, false
	}
	at := sort.Search(len(n.parts), func(i int) bool { return n.parts[i].first > number }) - 1
	return n.parts[at], number - n.parts[at].first, true
}

// Event returns an event of the first so many.
func (s *Store) Event(id string, released int) (View, bool) {
	number, ok := s.ids.number(id)
	if !ok {
		return View{}, false
	}
	now := s.current.Load()
	p, at, ok := now.find(number, released)
	if !ok {
		return View{}, false
	}
	return s.view(now, p, at), true
}

// view is an event as trainees see it.
func (s *Store) view(now *snapshot, p *part, at int) View {
	e := p.event(at, now.names)
	return View{
		ID: s.ids.of(p.first + at), Time: e.Time, Host: now.names.hosts[p.hosts[at]], Source: e.SourceName(), Sources: e.Sources,
		Summary: e.Describe(), Fields: fieldsOf(e.Fields),
	}
}

// OriginOf is the truth about an event, whether released or not.
func (s *Store) OriginOf(id string) (Origin, bool) {
	number, ok := s.ids.number(id)
	if !ok {
		return Origin{}, false
	}
	now := s.current.Load()
	p, at, ok := now.find(number, now.n)
	if !ok {
		return Origin{}, false
	}
	return p.origin(at, now.names), true
}

// IDOf is the id of an event as it was recorded, by the scenario and its id in the run.
func (s *Store) IDOf(scenario, event string) (string, bool) {
	number, ok := s.known.Load(performedKey{scenario, event})
	if !ok {
		return "", false
	}
	return s.ids.of(number.(int)), true
}

// Memory is how many bytes the events take, but for small change.
func (s *Store) Memory() int {
	size := 0
	for _, p := range s.current.Load().parts {
		size += p.bytes()
	}
	return size
}

func (r Record) originEvent() string {
	if r.Origin.Event != "" {
		return r.Origin.Event
	}
	return r.Event.ID
}
