package exerciseserver

import (
	"container/list"
	"context"
	"fmt"
	"sync"
	"time"

	"golang.org/x/sync/singleflight"

	"github.com/ringer-lab/ringer/emulation/hunt"
	"github.com/ringer-lab/ringer/emulation/hunt/query"
)

// The bounds of what is remembered of searches: many ask the same at once, when they
// begin, and when something was told.
const (
	keptSearches = 128
	sameReleased = 500 * time.Millisecond // for so long pages are of the same events
)

// found is what a search finds, with the hosts and log sources that there are.
type found struct {
	released int
	result   hunt.Result
	buckets  []hunt.Bucket
	choices  []hunt.Facet
}

// finder searches, and remembers what was found last. It may be used by many at once.
type finder struct {
	events *hunt.Store
	asked  singleflight.Group

	mutex sync.Mutex
	kept  map[string]*list.Element
	order *list.List // of keptSearch: the one asked for last first

	at       time.Time
	released int
}

type keptSearch struct {
	key string
	of  found
}

func newFinder(events *hunt.Store) *finder {
	return &finder{events: events, kept: map[string]*list.Element{}, order: list.New()}
}

// upTo is how many events searches are of: as many as are released, or were a moment ago.
func (f *finder) upTo(now time.Time, released func() int) int {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	if passed := now.Sub(f.at); passed < 0 || passed >= sameReleased {
		f.at, f.released = now, released()
	}
	return f.released
}

// find searches the first so many events. It fails if ctx ends, or if the search takes
// too long.
func (f *finder) find(ctx context.Context, of query.Query, released int, page hunt.Page) (found, error) {
	key := fmt.Sprintf("%d %+v %s", released, page, of.String())
	if known, ok := f.known(key); ok {
		return known, nil
	}
	done := f.asked.DoChan(key, func() (any, error) {
		// Whoever asked first may leave before the others.
		ctx, stop := context.WithTimeout(context.WithoutCancel(ctx), searchTime)
		defer stop()
		out, err := f.search(ctx, of, released, page)
		if err == nil {
			f.keep(key, out)
		}
		return out, err
	})
	select {
	case <-ctx.Done():
		return found{}, context.Cause(ctx)
	case got := <-done:
		out, _ := got.Val.(found)
		return out, got.Err
	}
}

func (f *finder) search(ctx context.Context, of query.Query, released int, page hunt.Page) (found, error) {
	out := found{released: released}
	all, err := f.events.Search(ctx, query.Query{}, released, hunt.Page{Facets: []string{query.HostName, query.SourceName}, Values: hunt.MaxValues})
	if err != nil {
		return out, err
	}
	out.choices = all.Facets
	if out.result, err = f.events.Search(ctx, of, released, page); err != nil {
		return out, err
	}
	out.buckets, err = f.events.Timeline(ctx, of, released, timelineBars)
	return out, err
}

func (f *finder) known(key string) (found, bool) {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	at, ok := f.kept[key]
	if !ok {
		return found{}, false
	}
	f.order.MoveToFront(at)
	return at.Value.(keptSearch).of, true
}

func (f *finder) keep(key string, of found) {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	if f.kept[key] != nil {
		return
	}
	if f.order.Len() >= keptSearches {
		delete(f.kept, f.order.Remove(f.order.Back()).(keptSearch).key)
	}
	f.kept[key] = f.order.PushFront(keptSearch{key, of})
}
