//go:build linux

package witness

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/runner"
)

// Lab is another lab whose observations are kept, with the asset that
// each is of. Safe for concurrent use, as the other is.
type Lab struct {
	runner.Lab

	mutex  sync.Mutex
	assets map[int]effect.Platform
	seen   []Seen
}

// Recorded gives the platforms of the assets that were opened, by the host's numbers of
// their first processes, and all that the sensor reported of them.
func (l *Lab) Recorded() (assets map[int]effect.Platform, seen []Seen) {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	return l.assets, l.seen
}

// firstProcessFinder is a session whose first process this machine knows.
type firstProcessFinder interface {
	// FirstProcess gives its number on this machine; the error is that it has ended.
	FirstProcess(ctx context.Context) (pid int, err error)
}

// Open opens an asset. One whose processes cannot be distinguished from others is closed
// again, and that is the error, or else the lab's.
func (l *Lab) Open(ctx context.Context, a runner.Asset) (runner.AssetSession, error) {
	opened, err := l.Lab.Open(ctx, a)
	if err != nil {
		return nil, err
	}
	first, err := firstOf(ctx, opened)
	if err != nil {
		return nil, fmt.Errorf("watch asset %s: %w", a.Name, errors.Join(err, opened.Close()))
	}
	l.mutex.Lock()
	defer l.mutex.Unlock()
	if l.assets == nil {
		l.assets = map[int]effect.Platform{}
	}
	l.assets[first] = a.Place.Kind.Platform
	return &stage{AssetSession: opened, lab: l, first: first}, nil
}

func firstOf(ctx context.Context, opened runner.AssetSession) (int, error) {
	known, ok := opened.(firstProcessFinder)
	if !ok {
		return 0, errors.New("its lab does not say which processes are its own")
	}
	return known.FirstProcess(ctx)
}

type stage struct {
	runner.AssetSession
	lab   *Lab
	first int
}

// Perform keeps what the sensor reported of a plan.
func (s *stage) Perform(ctx context.Context, step string, plan effect.StepPlan) (runner.Outcome, error) {
	outcome, err := s.AssetSession.Perform(ctx, step, plan)
	s.lab.mutex.Lock()
	defer s.lab.mutex.Unlock()
	for _, observation := range outcome.Observations {
		s.lab.seen = append(s.lab.seen, Seen{s.first, observation})
	}
	return outcome, err
}
