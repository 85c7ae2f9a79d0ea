package witness

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/runner"
)

// Lab is another lab whose observations are kept, with the namespace of the asset
// that each is of. Safe for concurrent use, as the other is.
type Lab struct {
	runner.Lab

	mutex      sync.Mutex
	namespaces map[uint64]bool
	seen       []Seen
}

// Kept gives the namespaces of the assets that were opened, and all that the
// sensor told of them.
func (l *Lab) Kept() (namespaces map[uint64]bool, seen []Seen) {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	return l.namespaces, l.seen
}

// inside is a stage whose first process this machine knows.
type inside interface {
	FirstProcess(ctx context.Context) (pid int, err error)
}

// Open opens an asset. One whose processes cannot be told from others is closed
// again.
func (l *Lab) Open(ctx context.Context, a runner.Asset) (runner.Stage, error) {
	opened, err := l.Lab.Open(ctx, a)
	if err != nil {
		return nil, err
	}
	namespace, err := namespaceOf(ctx, opened)
	if err != nil {
		return nil, fmt.Errorf("watch asset %s: %w", a.Name, errors.Join(err, opened.Close()))
	}
	l.mutex.Lock()
	defer l.mutex.Unlock()
	if l.namespaces == nil {
		l.namespaces = map[uint64]bool{}
	}
	l.namespaces[namespace] = true
	return &stage{Stage: opened, lab: l, namespace: namespace}, nil
}

func namespaceOf(ctx context.Context, opened runner.Stage) (uint64, error) {
	known, ok := opened.(inside)
	if !ok {
		return 0, errors.New("its lab does not say which its processes are")
	}
	pid, err := known.FirstProcess(ctx)
	if err != nil {
		return 0, err
	}
	return Namespace(pid)
}

type stage struct {
	runner.Stage
	lab       *Lab
	namespace uint64
}

// Perform keeps what the sensor told of the performance.
func (s *stage) Perform(ctx context.Context, step string, plan effect.Plan) (runner.Outcome, error) {
	outcome, err := s.Stage.Perform(ctx, step, plan)
	s.lab.mutex.Lock()
	defer s.lab.mutex.Unlock()
	for _, observation := range outcome.Observations {
		s.lab.seen = append(s.lab.seen, Seen{s.namespace, observation})
	}
	return outcome, err
}
