package hunt

import (
	"context"
	"fmt"
	"slices"
	"sort"
	"sync"
	"time"

	"github.com/ringer-lab/ringer/emulation/hunt/query"
)

// Store holds events, numbered in the order in which they were added. It is safe for any
// number of readers beside one that adds.
type Store struct {
	ids     ids
	options Options

	mutex   sync.RWMutex
	records []Record
	newest  []time.Time // the newest time up to each record
}

// New makes an empty store.
func New(options Options) *Store { return &Store{ids: newIDs(options.Key), options: options} }

// Add adds events, which should be sorted by time and not older than those that are
// there. One that is older all the same is released with the newest before it.
func (s *Store) Add(records []Record) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	for _, r := range records {
		r.Origin.fill(r)
		at := r.Event.Time
		if n := len(s.newest); n > 0 && s.newest[n-1].After(at) {
			at = s.newest[n-1]
		}
		s.records, s.newest = append(s.records, r), append(s.newest, at)
	}
}

func (o *Origin) fill(r Record) {
	for _, f := range []struct {
		to   *string
		from string
	}{{&o.Asset, r.Event.Lineage.Asset}, {&o.Step, r.Event.Lineage.Step}, {&o.Event, r.Event.ID}} {
		if *f.to == "" {
			*f.to = f.from
		}
	}
}

// Len is how many events there are.
func (s *Store) Len() int {
	s.mutex.RLock()
	defer s.mutex.RUnlock()
	return len(s.records)
}

// Released is how many events are of that time or earlier.
func (s *Store) Released(until time.Time) int {
	s.mutex.RLock()
	defer s.mutex.RUnlock()
	return sort.Search(len(s.newest), func(i int) bool { return s.newest[i].After(until) })
}

func (s *Store) snapshot(released int) []Record {
	s.mutex.RLock()
	defer s.mutex.RUnlock()
	return s.records[:max(0, min(released, len(s.records)))]
}

// Search finds events among the first so many. It fails only if ctx ends.
func (s *Store) Search(ctx context.Context, q query.Query, released int, page Page) (Result, error) {
	var found []int
	records := s.snapshot(released)
	for i := range records {
		if ctx.Err() != nil {
			return Result{}, fmt.Errorf("search: %w", context.Cause(ctx))
		}
		if fits(q.Root(), &records[i]) {
			found = append(found, i)
		}
	}
	result := Result{Total: len(found), Events: []View{}}
	if !page.Oldest {
		slices.Reverse(found)
	}
	for _, i := range found[min(max(page.Offset, 0), len(found)):] {
		if len(result.Events) >= min(page.Limit, MaxPage) {
			break
		}
		result.Events = append(result.Events, s.view(i, &records[i]))
	}
	for _, field := range page.Facets[:min(len(page.Facets), MaxFacets)] {
		result.Facets = append(result.Facets, facet(records, found, field, page.Values))
	}
	return result, nil
}

func (s *Store) view(number int, r *Record) View {
	return View{
		ID: s.ids.of(number), Time: r.Event.Time.UTC(), Host: r.Host, Source: r.Event.SourceName(), Sources: r.Event.Sources,
		Summary: r.Event.Describe(), Fields: fieldsOf(r.Event.Fields),
	}
}

func facet(records []Record, found []int, field string, values int) Facet {
	counts := map[string]int{}
	for _, i := range found {
		var texts []string
		switch field {
		case query.HostName:
			texts = []string{records[i].Host}
		case query.SourceName:
			texts = []string{records[i].Event.SourceName()}
		default:
			for _, f := range fieldsOf(records[i].Event.Fields) {
				if f.Name == field {
					texts = append(texts, f.Values...)
				}
			}
		}
		slices.Sort(texts)
		for _, text := range slices.Compact(texts) {
			counts[text]++
		}
	}
	out := Facet{Field: field, Values: []ValueCount{}, Distinct: len(counts)}
	for value, count := range counts {
		out.Values = append(out.Values, ValueCount{value, count, query.Pivot(field, value)})
	}
	slices.SortFunc(out.Values, func(a, b ValueCount) int {
		if a.Count != b.Count {
			return b.Count - a.Count
		}
		if a.Value < b.Value {
			return -1
		}
		return 1
	})
	if values <= 0 {
		values = 10
	}
	out.Values = out.Values[:min(len(out.Values), values, MaxValues)]
	return out
}

// Event returns an event of the first so many.
func (s *Store) Event(id string, released int) (View, bool) {
	records := s.snapshot(released)
	n, ok := s.ids.number(id)
	if !ok || n >= len(records) {
		return View{}, false
	}
	return s.view(n, &records[n]), true
}

// OriginOf is the truth about an event, whether released or not.
func (s *Store) OriginOf(id string) (Origin, bool) {
	records := s.snapshot(s.Len())
	n, ok := s.ids.number(id)
	if !ok || n >= len(records) {
		return Origin{}, false
	}
	return records[n].Origin, true
}

// IDOf is the id of an event as it was recorded, by the scenario and its id in the run.
func (s *Store) IDOf(scenario, event string) (string, bool) {
	for i, r := range s.snapshot(s.Len()) {
		if r.Origin.Scenario == scenario && r.Origin.Event == event && r.Origin.Repeated == 0 {
			return s.ids.of(i), true
		}
	}
	return "", false
}
