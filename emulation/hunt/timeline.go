package hunt

import (
	"context"
	"slices"
	"sort"
	"strings"
	"time"

	"github.com/RoaringBitmap/roaring/v2"

	"github.com/ringer-lab/ringer/emulation/hunt/query"
)

// Timeline is what Search finds over time, in so many parts of equal length, from the
// oldest that is found to the newest. It fails only if ctx ends.
func (s *Store) Timeline(ctx context.Context, q query.Query, released, buckets int) ([]Bucket, error) {
	now := s.current.Load()
	all, err := s.find(ctx, now, q, released)
	if err != nil {
		return nil, err
	}
	return timelineOf(all, now.names, buckets), nil
}

// timelineOf is what was found over time, nil if there is nothing.
func timelineOf(all []found, names names, buckets int) []Bucket {
	first, last, ok := span(all)
	if !ok {
		return nil
	}
	n := int64(max(1, min(buckets, MaxBuckets)))
	each := (last-first)/n + 1
	counts := make([][]int, n) // by bucket and host
	for i := range counts {
		counts[i] = make([]int, len(names.hosts))
	}
	for _, f := range all {
		f.countOver(first, each, counts)
	}
	out := make([]Bucket, n)
	for i := range out {
		from := first + int64(i)*each
		out[i] = Bucket{From: time.Unix(0, from).UTC(), To: time.Unix(0, from+each).UTC(), Hosts: []HostCount{}}
		for host, count := range counts[i] {
			if count > 0 {
				out[i].Total += count
				out[i].Hosts = append(out[i].Hosts, HostCount{names.hosts[host], count})
			}
		}
		slices.SortFunc(out[i].Hosts, func(a, b HostCount) int { return strings.Compare(a.Host, b.Host) })
	}
	return out
}

// countOver counts what was found by its time, in parts so long from the first on, and by
// host.
func (f found) countOver(first, each int64, counts [][]int) {
	if !f.sorted || f.events.GetCardinality() <= fewEvents {
		for next := f.events.Iterator(); next.HasNext(); {
			event := next.Next()
			counts[(f.times[event]-first)/each][f.hosts[event]]++
		}
		return
	}
	oldest, newest := (f.times[f.events.Minimum()]-first)/each, (f.times[f.events.Maximum()]-first)/each
	ends := make([]int, 0, newest-oldest+1) // where the events of each part of time end
	for bucket := oldest; bucket <= newest; bucket++ {
		end := first + (bucket+1)*each
		ends = append(ends, sort.Search(len(f.times), func(i int) bool { return f.times[i] >= end }))
	}
	for host, has := range f.ofHost {
		events, before := roaring.And(f.events, has), 0
		if events.IsEmpty() {
			continue
		}
		for i, end := range ends {
			if end > 0 {
				upTo := int(events.Rank(uint32(end - 1)))
				counts[oldest+int64(i)][host] += upTo - before
				before = upTo
			}
		}
	}
}

// span is the times of the oldest and the newest event that were found.
func span(all []found) (first, last int64, ok bool) {
	take := func(at int64) {
		if !ok || at < first {
			first = at
		}
		if !ok || at > last {
			last = at
		}
		ok = true
	}
	for _, f := range all {
		switch {
		case f.events.IsEmpty():
		case f.sorted:
			take(f.times[f.events.Minimum()])
			take(f.times[f.events.Maximum()])
		default:
			for next := f.events.Iterator(); next.HasNext(); {
				take(f.times[next.Next()])
			}
		}
	}
	return first, last, ok
}
