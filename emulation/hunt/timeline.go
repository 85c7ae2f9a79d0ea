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
	var found []*Record
	records := s.snapshot(released)
	for i := range records {
		if fits(q.Root(), &records[i]) {
			found = append(found, &records[i])
		}
	}
	if len(found) == 0 {
		return nil, context.Cause(ctx)
	}
	byTime := func(a, b *Record) int { return a.Event.Time.Compare(b.Event.Time) }
	first, last := slices.MinFunc(found, byTime).Event.Time.UTC(), slices.MaxFunc(found, byTime).Event.Time.UTC()
	n := time.Duration(max(1, min(buckets, MaxBuckets)))
	each := (last.Sub(first) + n) / n
	out := make([]Bucket, n)
	for i := range out {
		out[i].From, out[i].To = first.Add(time.Duration(i)*each), first.Add(time.Duration(i+1)*each)
	}
	for _, r := range found {
		bucket := &out[r.Event.Time.Sub(first)/each]
		bucket.Total++
		at, ok := slices.BinarySearchFunc(bucket.Hosts, r.Host, func(h HostCount, host string) int { return strings.Compare(h.Host, host) })
		if !ok {
			bucket.Hosts = slices.Insert(bucket.Hosts, at, HostCount{Host: r.Host})
		}
		bucket.Hosts[at].Count++
	}
	return out, context.Cause(ctx)
}
