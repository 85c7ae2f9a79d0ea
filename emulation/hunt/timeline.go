package hunt

import (
	"context"
	"slices"
	"strings"
	"time"

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
	first, last, ok := span(all)
	if !ok {
		return nil, nil
	}
	n := int64(max(1, min(buckets, MaxBuckets)))
	each := (last-first)/n + 1
	counts := make([][]int, n) // by bucket and host
	for i := range counts {
		counts[i] = make([]int, len(now.names.hosts))
	}
	for _, f := range all {
		for next := f.events.Iterator(); next.HasNext(); {
			event := next.Next()
			counts[(f.times[event]-first)/each][f.hosts[event]]++
		}
	}
	out := make([]Bucket, n)
	for i := range out {
		from := first + int64(i)*each
		out[i] = Bucket{From: time.Unix(0, from).UTC(), To: time.Unix(0, from+each).UTC(), Hosts: []HostCount{}}
		for host, count := range counts[i] {
			if count > 0 {
				out[i].Total += count
				out[i].Hosts = append(out[i].Hosts, HostCount{now.names.hosts[host], count})
			}
		}
		slices.SortFunc(out[i].Hosts, func(a, b HostCount) int { return strings.Compare(a.Host, b.Host) })
	}
	return out, nil
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
