package hunt

import (
	"context"
	"fmt"
	"slices"
	"sort"

	"github.com/RoaringBitmap/roaring/v2"

	"github.com/ringer-lab/ringer/emulation/hunt/query"
)

// found is what a query finds in one part.
type found struct {
	*part
	events *roaring.Bitmap // not to be changed
}

// find looks in every part that has events of the first so many. It fails only if ctx
// ends.
func (s *Store) find(ctx context.Context, now *snapshot, q query.Query, released int) ([]found, error) {
	var all []found
	for _, p := range now.parts {
		if p.first >= released {
			break
		}
		events := p.find(ctx, q.Root(), now.names)
		if ctx.Err() != nil {
			return nil, fmt.Errorf("search: %w", context.Cause(ctx))
		}
		if limit := released - p.first; limit < p.Len() {
			events = events.Clone()
			events.RemoveRange(uint64(limit), uint64(p.Len()))
		}
		all = append(all, found{p, events})
	}
	return all, nil
}

// find is the events of the part that fit; nil fits all. Once ctx has ended it finds
// nothing more.
func (p *part) find(ctx context.Context, n *query.Node, names names) *roaring.Bitmap {
	if n == nil {
		return p.All()
	}
	if ctx.Err() != nil {
		return roaring.New()
	}
	switch n.Op {
	case query.And:
		out := p.find(ctx, n.Children[0], names)
		for _, child := range n.Children[1:] {
			if out.IsEmpty() {
				break
			}
			out = roaring.And(out, p.find(ctx, child, names))
		}
		return out
	case query.Or:
		out := p.find(ctx, n.Children[0], names)
		for _, child := range n.Children[1:] {
			out = roaring.Or(out, p.find(ctx, child, names))
		}
		return out
	case query.Not:
		return roaring.AndNot(p.All(), p.find(ctx, n.Children[0], names))
	case query.Field:
		return p.Field(n.Name, n.Pattern)
	case query.Host:
		return union(p.ofHost, func(host uint16) bool { return n.Pattern.Fits(query.Fold(names.hosts[host])) })
	case query.Source:
		return union(p.ofSource, func(source uint16) bool {
			return slices.ContainsFunc(sourceNames(names.sources[source]), func(name string) bool { return n.Pattern.Fits(query.Fold(name)) })
		})
	case query.After:
		return p.between(n.At.UnixNano(), true)
	case query.Before:
		return p.between(n.At.UnixNano(), false)
	}
	return p.Text(n.Pattern)
}

// union is the events of those numbers.
func union(events map[uint16]*roaring.Bitmap, of func(number uint16) bool) *roaring.Bitmap {
	out := roaring.New()
	for number, has := range events {
		if of(number) {
			out.Or(has)
		}
	}
	return out
}

// between is the events of that time and later, or those before it.
func (p *part) between(at int64, later bool) *roaring.Bitmap {
	out := roaring.New()
	if !p.sorted {
		for i, time := range p.times {
			if time >= at == later {
				out.Add(uint32(i))
			}
		}
		return out
	}
	first := uint64(sort.Search(len(p.times), func(i int) bool { return p.times[i] >= at }))
	if later {
		out.AddRange(first, uint64(len(p.times)))
	} else {
		out.AddRange(0, first)
	}
	return out
}

// Search finds events among the first so many. It fails only if ctx ends.
func (s *Store) Search(ctx context.Context, q query.Query, released int, page Page) (Result, error) {
	now := s.current.Load()
	all, err := s.find(ctx, now, q, released)
	if err != nil {
		return Result{}, err
	}
	result := Result{Events: []View{}, Notes: now.unknownFields(q, released)}
	for _, f := range all {
		result.Total += int(f.events.GetCardinality())
	}
	eachOf(all, page, func(p *part, event int) { result.Events = append(result.Events, s.view(now, p, event)) })
	if len(page.Facets) > 0 {
		result.Facets = facetsOf(all, now.names, page.Facets[:min(len(page.Facets), MaxFacets)], page.Values)
	}
	if page.Buckets > 0 {
		result.Timeline = timelineOf(all, now.names, page.Buckets)
	}
	if ctx.Err() != nil {
		return Result{}, fmt.Errorf("search: %w", context.Cause(ctx))
	}
	return result, nil
}

// eachOf calls do with the events of a page, in its order.
func eachOf(all []found, page Page, do func(p *part, event int)) {
	skip, left := max(0, page.Offset), min(page.Limit, MaxPage)
	if !page.Oldest {
		all = slices.Clone(all)
		slices.Reverse(all)
	}
	for _, f := range all {
		if left <= 0 {
			return
		}
		if n := int(f.events.GetCardinality()); n <= skip {
			skip -= n
			continue
		}
		next := f.inOrder(page.Oldest)
		for ; skip > 0; skip-- {
			next.Next()
		}
		for ; left > 0 && next.HasNext(); left-- {
			do(f.part, int(next.Next()))
		}
	}
}

func (f found) inOrder(oldest bool) roaring.IntIterable {
	if oldest {
		return f.events.Iterator()
	}
	return f.events.ReverseIterator()
}
