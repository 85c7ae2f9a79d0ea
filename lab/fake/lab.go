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
	// ClaimObserved makes outcomes claim to be observed. It is for tests of what
	// comes after the lab and for what is said of rules, never for a user's run.
	ClaimObserved bool
}

var _ runner.Lab = Lab{}

// Name is "fake".
func (Lab) Name() string { return "fake" }

// Open provisions an asset at once. The error is ctx's cause, or that a path of the
// asset's kind is not one.
func (l Lab) Open(ctx context.Context, a runner.Asset) (runner.AssetSession, error) {
	if err := ctx.Err(); err != nil {
		return nil, fmt.Errorf("open asset: %w", context.Cause(ctx))
	}
	disk := memdisk.New(l.Now)
	tree := effect.AssetTree(a.Place.Kind.Platform, disk)
	s := &session{disk: disk, tree: tree, journal: effect.NewJournal(tree), opened: l.Now(), now: l.Now, claimObserved: l.ClaimObserved}
	if err := memdisk.Provision(tree, disk, a.Place.Kind, a.Protected, s.opened); err != nil {
		return nil, fmt.Errorf("open asset: %w", err)
	}
	var err error
	if s.provisioned, err = effect.List(tree); err != nil {
		return nil, fmt.Errorf("open asset: %w", err)
	}
	return s, nil
}

// session is one asset in memory.
type session struct {
	disk          *memdisk.Disk
	tree          effect.Tree
	journal       *effect.Journal
	provisioned   effect.Listing
	now           func() time.Time
	opened        time.Time
	claimObserved bool
	closed        bool

	seq       uint64
	processes uint64
	step      string
	seen      []event.Observation
	errors    []string
	// pendingContent maps each captured file to the process that wrote to it last.
	pendingContent map[string]processRef
}

// IsolationChecks reports nothing: there is nothing to get out of.
func (s *session) IsolationChecks() []runner.IsolationCheck { return nil }

// Perform calls the acts and writes down what a sensor would have seen.
func (s *session) Perform(ctx context.Context, step string, plan effect.StepPlan) (runner.Outcome, error) {
	if err := s.checkUsable(ctx); err != nil {
		return runner.Outcome{}, fmt.Errorf("perform %s: %w", step, err)
	}
	if service := plan.Service(); service != "" {
		return runner.Outcome{Skipped: fmt.Sprintf("the step needs a real %s, which the fake lab does not have", service)}, nil
	}
	started := s.now()
	s.step, s.seen, s.errors, s.pendingContent = step, nil, nil, map[string]processRef{}
	if err := s.installStandIns(plan); err != nil {
		return runner.Outcome{}, fmt.Errorf("perform %s: %w", step, err)
	}
	if err := s.journal.Register(plan); err != nil {
		return runner.Outcome{}, fmt.Errorf("perform %s: %w", step, err)
	}
	if err := effect.ApplyPreconditions(s.tree, plan.Preconditions); err != nil {
		return runner.Outcome{}, fmt.Errorf("perform %s: %w", step, err)
	}
	before := effect.RunChecks(s.tree, plan.Checks)
	for _, root := range plan.Processes {
		if root.Remote {
			continue // its acts ask a real service, and there is none
		}
		if err := s.startProcess(root, 0, func(uint64) {}); err != nil {
			s.errors = append(s.errors, err.Error())
		}
	}
	after := effect.RunChecks(s.tree, plan.Checks)
	return runner.Outcome{
		Proofs:        effect.Proofs(plan.Checks, before, after),
		StandInErrors: s.errors,
		Observations:  s.seen,
		Canary:        true,
		Seen:          uint64(len(s.seen)),
		Took:          s.now().Sub(started),
		Declared:      !s.claimObserved,
	}, nil
}

// installStandIns puts stand-ins where a plan starts programs. They belong to the host:
// no difference from how it was provisioned.
func (s *session) installStandIns(plan effect.StepPlan) error {
	made, err := memdisk.InstallStandIns(s.tree, s.disk, plan)
	if err != nil {
		return err
	}
	for _, real := range made {
		now, err := effect.List(effect.Tree{Root: real, Platform: s.tree.Platform, Disk: s.disk})
		if err != nil {
			return err
		}
		s.provisioned[real] = now[real]
	}
	return nil
}

func (s *session) checkUsable(ctx context.Context) error {
	if s.closed {
		return fmt.Errorf("the asset is closed")
	}
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	return nil
}

// Undo takes everything back.
func (s *session) Undo(ctx context.Context) (runner.UndoResult, error) {
	if err := s.checkUsable(ctx); err != nil {
		return runner.UndoResult{}, fmt.Errorf("undo: %w", err)
	}
	if err := s.journal.Undo(); err != nil {
		return runner.UndoResult{}, fmt.Errorf("undo: %w", err)
	}
	now, err := effect.List(s.tree)
	if err != nil {
		return runner.UndoResult{}, fmt.Errorf("undo: %w", err)
	}
	return runner.UndoResult{Leftover: s.provisioned.Differences(now)}, nil
}

// UndoNewest takes the newest step back.
func (s *session) UndoNewest(ctx context.Context) (runner.UndoResult, error) {
	if err := s.checkUsable(ctx); err != nil {
		return runner.UndoResult{}, fmt.Errorf("undo the newest step: %w", err)
	}
	left, err := s.journal.UndoNewest()
	if err != nil && len(left) == 0 {
		return runner.UndoResult{}, fmt.Errorf("undo the newest step: %w", err)
	}
	return runner.UndoResult{Leftover: left}, nil
}

// Close forgets the asset.
func (s *session) Close() error {
	s.closed = true
	return nil
}
