package fake

import (
	"context"
	"fmt"
	"time"

	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/memdisk"
	"github.com/ringer-lab/ringer/emulation/runner"
)

// Lab opens assets in memory.
type Lab struct {
	// Now is the clock; required.
	Now func() time.Time
	// Pretend makes outcomes claim to be observed. It is for tests of what
	// comes after the lab, never for a user's run.
	Pretend bool
}

var _ runner.Lab = Lab{}

// Name is "fake".
func (Lab) Name() string { return "fake" }

// Open furnishes an asset at once.
func (l Lab) Open(ctx context.Context, a runner.Asset) (runner.Stage, error) {
	if err := ctx.Err(); err != nil {
		return nil, fmt.Errorf("open asset %s: %w", a.Name, context.Cause(ctx))
	}
	disk := memdisk.New(l.Now)
	tree := effect.Tree{Root: effect.Root, Persona: a.Place.Kind.Persona, Disk: disk}
	s := &stage{disk: disk, tree: tree, journal: effect.NewJournal(tree), opened: l.Now(), now: l.Now, pretend: l.Pretend}
	if err := memdisk.Provision(tree, disk, a.Place.Kind, a.Protected, s.opened); err != nil {
		return nil, fmt.Errorf("open asset %s: %w", a.Name, err)
	}
	var err error
	if s.furnished, err = effect.List(tree); err != nil {
		return nil, fmt.Errorf("open asset %s: %w", a.Name, err)
	}
	return s, nil
}

// stage is one asset in memory.
type stage struct {
	disk      *memdisk.Disk
	tree      effect.Tree
	journal   *effect.Journal
	furnished effect.Listing
	now       func() time.Time
	opened    time.Time
	pretend   bool
	closed    bool

	seq       uint64
	processes uint64
	step      string
	seen      []event.Observation
	trouble   []string
	// unsaved maps each captured file to the process that wrote to it last.
	unsaved map[string]writer
}

// Attested tells nothing: there is nothing to get out of.
func (s *stage) Attested() []runner.Attempt { return nil }

// Perform calls the acts and writes down what a sensor would have seen.
func (s *stage) Perform(ctx context.Context, step string, plan effect.Plan) (runner.Outcome, error) {
	if err := s.usable(ctx); err != nil {
		return runner.Outcome{}, fmt.Errorf("perform %s: %w", step, err)
	}
	if service := plan.Service(); service != "" {
		return runner.Outcome{Skipped: fmt.Sprintf("it asks a real %s, and in memory there is none", service)}, nil
	}
	started := s.now()
	s.step, s.seen, s.trouble, s.unsaved = step, nil, nil, map[string]writer{}
	if err := s.layOut(plan); err != nil {
		return runner.Outcome{}, fmt.Errorf("perform %s: %w", step, err)
	}
	if err := s.journal.Register(plan); err != nil {
		return runner.Outcome{}, fmt.Errorf("perform %s: %w", step, err)
	}
	if err := effect.LayOut(s.tree, plan.Given); err != nil {
		return runner.Outcome{}, fmt.Errorf("perform %s: %w", step, err)
	}
	before := effect.Look(s.tree, plan.Prove)
	for _, root := range plan.Do {
		if root.Away {
			continue // its acts ask a real service, and there is none
		}
		if err := s.start(root, 0, func(uint64) {}); err != nil {
			s.trouble = append(s.trouble, err.Error())
		}
	}
	after := effect.Look(s.tree, plan.Prove)
	return runner.Outcome{
		Proofs:       effect.Proofs(plan.Prove, before, after),
		Trouble:      s.trouble,
		Observations: s.seen,
		Canary:       true,
		Seen:         uint64(len(s.seen)),
		Took:         s.now().Sub(started),
		Declared:     !s.pretend,
	}, nil
}

// layOut puts stand-ins where a plan starts programs. They belong to the host:
// no difference from how it was furnished.
func (s *stage) layOut(plan effect.Plan) error {
	made, err := memdisk.LayOut(s.tree, s.disk, plan)
	if err != nil {
		return err
	}
	for _, real := range made {
		now, err := effect.List(effect.Tree{Root: real, Persona: s.tree.Persona, Disk: s.disk})
		if err != nil {
			return err
		}
		s.furnished[real] = now[real]
	}
	return nil
}

func (s *stage) usable(ctx context.Context) error {
	if s.closed {
		return fmt.Errorf("asset is closed")
	}
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	return nil
}

// Undo takes everything back.
func (s *stage) Undo(ctx context.Context) (runner.Undone, error) {
	if err := s.usable(ctx); err != nil {
		return runner.Undone{}, fmt.Errorf("undo: %w", err)
	}
	if err := s.journal.Undo(); err != nil {
		return runner.Undone{}, fmt.Errorf("undo: %w", err)
	}
	now, err := effect.List(s.tree)
	if err != nil {
		return runner.Undone{}, fmt.Errorf("undo: %w", err)
	}
	return runner.Undone{Left: s.furnished.Differences(now)}, nil
}

// Close forgets the asset.
func (s *stage) Close() error {
	s.closed = true
	return nil
}
