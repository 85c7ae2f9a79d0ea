package rulestate

import (
	"cmp"
	"context"
	"fmt"
	"runtime"
	"slices"

	"golang.org/x/sync/errgroup"

	"github.com/ringer-lab/ringer/emulation/detect"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/sigma"
)

// rulesTogether is how many rules of a log source share a batch: they share what they
// ask for, and the processors share the batches.
const rulesTogether = 400

// addNearest adds to each rule what it was asked of and, where it never fired, how near
// it came. of are the rules themselves.
func (r *Recording) addNearest(ctx context.Context, detector *detect.Sigma, all []Rule, of []*sigma.Rule) error {
	bySource := map[event.LogSource][]int{}
	var sources []event.LogSource
	var single []int // those that are asked by themselves
	for i := range all {
		if len(all[i].Sources) != 1 || of[i].Kind == sigma.Correlation {
			single = append(single, i)
			continue
		}
		source := all[i].Sources[0]
		if bySource[source] == nil {
			sources = append(sources, source)
		}
		bySource[source] = append(bySource[source], i)
	}
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(runtime.GOMAXPROCS(0))
	for _, source := range sources {
		for rules := range slices.Chunk(bySource[source], rulesTogether) {
			group.Go(func() error { return r.nearestOf(ctx, detector, r.askedOf(source), all, of, rules) })
		}
	}
	for _, i := range single {
		group.Go(func() error {
			return r.nearestOf(ctx, detector, r.askedOfAny(all[i].Sources), all, of, []int{i})
		})
	}
	return group.Wait()
}

// nearestOf is addNearest for some of the rules, which are asked of the same events.
func (r *Recording) nearestOf(ctx context.Context, detector *detect.Sigma, asked *askedEvents, all []Rule, of []*sigma.Rule, rules []int) error {
	batch := asked.batch().Share()
	for _, i := range rules {
		if ctx.Err() != nil {
			return fmt.Errorf("find near misses: %w", context.Cause(ctx))
		}
		rule := &all[i]
		rule.Asked, rule.AskedAt = len(asked.events), asked.places
		if len(asked.events) == 0 || len(rule.Fires)+len(rule.Alarms) > 0 {
			continue
		}
		if near, ok := detector.NearestIn(of[i], batch); ok {
			from := asked.from[near.Event]
			rule.Nearest = &NearMiss{At: r.places[from.place].at, NearMiss: nearMissOf(near, from.id)}
		}
	}
	return nil
}

func nearMissOf(near sigma.NearMiss, id string) detect.NearMiss {
	return detect.NearMiss{Event: id, Distance: len(near.Changes), Changes: near.Changes, Correlation: near.Correlation}
}

// NearMisses returns how near a rule came at each step and ordinary day that it was asked
// at and did not fire at, the nearest first.
func (r *Recording) NearMisses(detector *detect.Sigma, rule Rule) []NearMiss {
	full, ok := detector.FullRule(rule.ID)
	if !ok {
		return nil
	}
	fires := map[string]bool{}
	for _, fire := range rule.Fires {
		fires[fire.At] = true
	}
	for _, alarm := range rule.Alarms {
		fires[alarm.At] = true
	}
	asked := r.askedOfAny(rule.Sources)
	var all []NearMiss
	for start := 0; start < len(asked.events); {
		end := start
		for end < len(asked.events) && asked.from[end].place == asked.from[start].place {
			end++
		}
		at := r.places[asked.from[start].place].at
		if near, ok := detector.NearestIn(full, sigma.NewBatch(asked.events[start:end:end])); ok && !fires[at] {
			all = append(all, NearMiss{At: at, NearMiss: nearMissOf(near, asked.from[start+near.Event].id)})
		}
		start = end
	}
	slices.SortStableFunc(all, func(a, b NearMiss) int { return cmp.Compare(a.Distance, b.Distance) })
	return all
}
