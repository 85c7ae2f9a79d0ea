package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/ringer-lab/ringer/emulation/detect/watch"
	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/outside"
	"github.com/ringer-lab/ringer/emulation/plan"
	"github.com/ringer-lab/ringer/emulation/report"
	"github.com/ringer-lab/ringer/emulation/result"
	"github.com/ringer-lab/ringer/emulation/runner"
	"github.com/ringer-lab/ringer/emulation/scenario"
	"github.com/ringer-lab/ringer/emulation/userfile"
	"github.com/ringer-lab/ringer/scenarios"
)

const detectorHelp = "With --detectors the outside detectors of those files are asked as well: Falco, a SIEM, YARA\n" +
	"and others, as `ringer show detector` describes. Their alerts are joined to steps by\n" +
	"evidence, and waited for after the last step. Scenarios are then performed one at a time.\n\n"

// detectorFlags name outside detectors.
type detectorFlags struct {
	files  []string
	remote bool
}

// addNames declares the flag that names them.
func (f *detectorFlags) addNames(cmd *cobra.Command) {
	cmd.Flags().StringArrayVar(&f.files, "detectors", nil, "ask the outside detectors in this `FILE`, which may name files, programs and addresses of this machine; may be given several times")
}

// addTo declares the flags of a run.
func (f *detectorFlags) addTo(cmd *cobra.Command) {
	f.addNames(cmd)
	cmd.Flags().BoolVar(&f.remote, "detectors-remote", false, "let outside detectors be on other machines")
}

// check returns a usage error for what they cannot be combined with: elsewhere is whether
// something is performed several times, or not now.
func (f *detectorFlags) check(elsewhere bool) error {
	switch {
	case len(f.files) == 0 && f.remote:
		return usageError{errors.New("--detectors-remote needs --detectors")}
	case len(f.files) > 0 && elsewhere:
		return usageError{errors.New("--detectors cannot be combined with --variants, --reuse, --resume or --repeat: outside detectors see what is performed once, now")}
	}
	return nil
}

// read reads the detectors of the files. It fails with what is wrong in them, which is
// written.
func (f *detectorFlags) read(c *command) ([]watch.Detector, error) {
	var all []watch.Detector
	for _, name := range f.files {
		set, problems := scenario.LoadFS(scenario.Options{Vocabulary: scenarios.Vocabulary}, userfile.Disk{}, filepath.ToSlash(name))
		if err := c.reportProblems(set, problems); err != nil {
			return nil, err
		}
		if len(set.Detectors) == 0 {
			return nil, usageError{fmt.Errorf("--detectors: %s has no detector", name)}
		}
		for _, d := range set.Detectors {
			if slices.ContainsFunc(all, func(other watch.Detector) bool { return other.Name == d.Name }) {
				return nil, usageError{fmt.Errorf("--detectors: %s is there twice", d.Name)}
			}
			all = append(all, watch.Detector{Detector: d.Detector, Source: d.Source})
		}
	}
	return all, nil
}

// specsOf are detectors without where their alerts come from, as plans and recordings have
// them.
func specsOf(all []watch.Detector) []outside.Detector {
	var out []outside.Detector
	for _, d := range all {
		out = append(out, d.Detector)
	}
	return out
}

// watched is a run whose plans outside detectors watch.
type watched struct {
	c       *command
	watcher *watch.Watcher
}

// watching has plans performed under the eyes of outside detectors. It fails if one cannot
// be watched as its block says.
func (c *command) watching(ctx context.Context, runs openedRuns, detectors []watch.Detector, flags detectorFlags) (openedRuns, error) {
	if len(detectors) == 0 {
		return runs, nil
	}
	watcher, err := watch.Open(ctx, watch.Options{Now: c.Now, Env: c.Env, Remote: flags.remote}, detectors)
	if err != nil {
		return runs, usageError{err}
	}
	watcher.WarmUp(ctx)
	w := watched{c, watcher}
	perform, end := runs.run, runs.close
	runs.run = func(ctx context.Context, with runner.Runner, p *plan.Plan) (*runner.RunRecord, error) {
		return w.run(ctx, with, p, perform)
	}
	runs.close = func() error { watcher.Close(); return end() }
	return runs, nil
}

func (w watched) run(ctx context.Context, with runner.Runner, p *plan.Plan, perform func(context.Context, runner.Runner, *plan.Plan) (*runner.RunRecord, error)) (*runner.RunRecord, error) {
	w.watcher.Begin()
	with.Probed = func(ctx context.Context, probe runner.StepRecord) {
		if probe.Err == nil && !probe.Began.IsZero() {
			w.watcher.AwaitProbe(ctx, outside.Performed{Began: probe.Began, Ended: probe.Ended})
		}
	}
	record, err := perform(ctx, with, p)
	if err != nil {
		return nil, err
	}
	if !w.watcher.Scan(ctx, droppedIn(record)) {
		fmt.Fprintln(w.c.Stderr, "Warning: this system cannot keep a scanner from the network: it ran with it")
	}
	w.settle(ctx, record)
	if ctx.Err() != nil {
		return nil, context.Cause(ctx)
	}
	return record, nil
}

// settle waits until no verdict of an outside detector can change any more.
func (w watched) settle(ctx context.Context, record *runner.RunRecord) {
	told := -1
	w.watcher.Until(ctx, func(all []outside.Watch) bool {
		record.Watches = all
		pending := result.PendingOutside(record, w.c.Now())
		if pending != told && pending > 0 {
			fmt.Fprintf(w.c.Stderr, "%s: %s of outside detectors pending\n", record.Plan.Name, report.Plural(pending, "expectation"))
		}
		told = pending
		return pending == 0 && w.probed(record, all)
	})
	if len(record.Probes) < 2 || ctx.Err() != nil {
		return
	}
	if closing := record.Probes[1]; closing.Err == nil && !closing.Began.IsZero() {
		w.watcher.NoteProbe(outside.Performed{Began: closing.Began, Ended: closing.Ended})
		record.Watches = w.watcher.Watches()
	}
}

// probed reports whether the closing probe was seen by all that look for it, or has had
// its time.
func (w watched) probed(record *runner.RunRecord, all []outside.Watch) bool {
	if len(record.Probes) < 2 {
		return true
	}
	closing := record.Probes[1]
	for _, one := range all {
		seen := one.Detector.Probe == "" || slices.ContainsFunc(one.Arrivals, func(a outside.Arrival) bool {
			return a.Alert.Named(one.Detector.Probe) && !a.At.Before(closing.Began)
		})
		if !seen && w.c.Now().Before(closing.Ended.Add(cmp.Or(one.Detector.Within, time.Second))) {
			return false
		}
	}
	return true
}

// droppedIn are the files that the proven steps of a run left: those that its programs
// wrote, and those whose content was observed.
func droppedIn(record *runner.RunRecord) []watch.Dropped {
	var out []watch.Dropped
	add := func(step runner.StepRecord, do effect.StepPlan, platform effect.Platform) {
		if !step.Proven() {
			return
		}
		for _, process := range do.AllProcesses() {
			for _, act := range process.Acts {
				if write, ok := act.(effect.Write); ok {
					out = append(out, watch.Dropped{Step: step.ID, Path: write.Path, Content: write.Content})
				}
			}
		}
		tree := effect.Tree{Root: effect.Root, Platform: platform}
		for _, o := range step.Outcome.Observations {
			if o.Kind != event.Content {
				continue
			}
			name := o.Path
			if own, ok := tree.PlatformPath(o.Path); ok {
				name = own
			}
			if !slices.ContainsFunc(out, func(d watch.Dropped) bool {
				return d.Step == step.ID && strings.EqualFold(d.Path, name) && string(d.Content) == string(o.Content)
			}) {
				out = append(out, watch.Dropped{Step: step.ID, Path: name, Content: o.Content})
			}
		}
	}
	for i, step := range record.Baselines {
		add(step, record.Plan.Baselines[i].Effect, record.Plan.Asset(step.Asset).Place.Kind.Platform)
	}
	for i, step := range record.Steps {
		add(step, record.Plan.Steps[i].Effect, record.Plan.Asset(step.Asset).Place.Kind.Platform)
	}
	return out
}
