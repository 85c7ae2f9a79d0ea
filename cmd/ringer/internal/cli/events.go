package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/ringer-lab/ringer/emulation/detect"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/export"
	"github.com/ringer-lab/ringer/emulation/plan"
	"github.com/ringer-lab/ringer/emulation/report"
	"github.com/ringer-lab/ringer/emulation/result"
	"github.com/ringer-lab/ringer/emulation/runner"
)

// eventFlags are those of `ringer events`.
type eventFlags struct {
	scenario scenarioFlags
	lab      labFlags
	record   recordFlags
	filter   eventFilter
	format   string
	out      outputName
	shape    string
}

// eventFilter says which events are wanted; what is empty wants all.
type eventFilter struct{ steps, assets, sources, rules []string }

// addTo declares the flags.
func (f *eventFilter) addTo(cmd *cobra.Command) {
	cmd.Flags().StringArrayVar(&f.steps, "step", nil, "only events of this `STEP`, or of SCENARIO/STEP")
	cmd.Flags().StringArrayVar(&f.assets, "asset", nil, "only events of this `ASSET`")
	cmd.Flags().StringArrayVar(&f.sources, "source", nil, "only events of this log `SOURCE`: its category, service or product")
	cmd.Flags().StringArrayVar(&f.rules, "rule", nil, "only events that this `RULE` alerted on: its id, the beginning of it, its name, title or file")
}

func newEvents(c *command) *cobra.Command {
	var flags eventFlags
	cmd := &cobra.Command{
		Use:   "events [RECORDING|NAME|PATH]...",
		Short: "Write the events of a run in the format of another tool",
		Long: "Writes the events of a recorded run (a file, the folder of a run, the beginning of its\n" +
			"id, or the last run), or of scenarios that are performed for it. Filters combine: an\n" +
			"event must match one value of each that is given.\n\n" +
			"Formats:\n" + formatsHelp() + "\n" +
			"Every event says whether it and each of its fields was observed, translated, stated\n" +
			"or declared, and which step of which run it is of.\n\n" +
			"Exit codes: 0 written, 2 invalid input, 3 no lab, 4 the run failed.",
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := errors.Join(flags.lab.check(), flags.record.check()); err != nil {
				return err
			}
			return c.events(cmd.Context(), args, flags)
		},
	}
	flags.filter.addTo(cmd)
	cmd.Flags().Var(choose(&flags.format, exportFormats()...), "format", "the `FORMAT` to write")
	cmd.Flags().Var(&flags.out, "out", "the `FILE` to write to, in place of stdout; of some formats a folder")
	cmd.Flags().Var(choose(&flags.shape, string(event.Native), string(event.EDR)), "shape", "fields of the log source only (native), or also of the acting process (edr)")
	flags.scenario.addTo(cmd)
	flags.lab.addTo(cmd, "scenarios")
	flags.record.addTo(cmd)
	return cmd
}

// exportFormats are the names of the formats.
func exportFormats() []string {
	var names []string
	for _, format := range export.Formats() {
		names = append(names, format.Name)
	}
	return names
}

func formatsHelp() string {
	var out strings.Builder
	for _, format := range export.Formats() {
		fmt.Fprintf(&out, "  %-11s %s\n", format.Name, format.Title)
	}
	return out.String()
}

func (c *command) events(ctx context.Context, args []string, flags eventFlags) error {
	shape := event.Shape(flags.shape)
	e, err := c.readExerciseOrLast(args, flags.scenario)
	if err != nil {
		return err
	}
	if err := flags.filter.check(e.plans, e.rules); err != nil {
		return err
	}
	out, err := c.openExport(flags.format, string(flags.out))
	if err != nil {
		return err
	}
	runs, err := c.openRuns(ctx, e, flags.lab.name, flags.record)
	if err != nil {
		return err
	}
	writer, err := out.open(export.Run{ID: runs.id, Lab: runs.lab, Version: c.Build.Version, Shape: shape})
	if err != nil {
		return errors.Join(usageError{err}, runs.close())
	}
	written := 0
	run, err := c.performPlans(ctx, runs.runSource, e.plans, e.rules, 1, // events come in the order of the scenarios
		func(_ context.Context, _ int, performed *runner.RunRecord, judged result.Scenario) error {
			return flags.filter.each(performed, judged, shape, func(r export.Record) error {
				err := writer.Write(r)
				if err == nil {
					written++
				}
				return err
			})
		})
	_ = runs.close()
	err = errors.Join(err, writer.Close(), out.close(err == nil))
	if err := errors.Join(err, runs.recorder.seal(run, err)); err != nil {
		return err
	}
	for _, left := range writer.Left() {
		fmt.Fprintf(c.Stderr, "left out: %d, %s\n", left.Count, left.Reason)
	}
	fmt.Fprintf(c.Stderr, "%s written\n", report.Plural(written, "event"))
	return nil
}

// check refuses names of steps and assets that no scenario has, and of rules. It puts
// the ids of rules in the place of what they were called.
func (f eventFilter) check(plans []*plan.Plan, rules *ruleSet) error {
	var steps, assets []string
	for _, p := range plans {
		for _, baseline := range p.Baselines {
			steps = append(steps, baseline.ID, p.Name+"/"+baseline.ID)
		}
		for _, step := range p.Steps {
			steps = append(steps, step.ID, p.Name+"/"+step.ID)
		}
		for _, asset := range p.Assets {
			assets = append(assets, asset.Name)
		}
	}
	for _, named := range []struct {
		what         string
		given, known []string
	}{{"step", f.steps, steps}, {"asset", f.assets, assets}} {
		for _, name := range named.given {
			if !slices.Contains(named.known, name) {
				return usageError{fmt.Errorf("the run has no %s %q.%s", named.what, name, didYouMean(name, named.known))}
			}
		}
	}
	for i, given := range f.rules {
		rule, err := oneRule(given, rules.Find(given), rules.InputRules())
		if err != nil {
			return err
		}
		f.rules[i] = rule.Ref()
	}
	return nil
}

// each calls do with those events of a scenario that are wanted.
func (f eventFilter) each(run *runner.RunRecord, judged result.Scenario, shape event.Shape, do func(export.Record) error) error {
	context := contextOf(run.Plan)
	for i, record := range slices.Concat(run.Baselines, run.Steps) {
		alerts := alertsOn(slices.Concat(judged.Baselines, judged.Steps)[i].Alerts, shape)
		if !f.wantsStep(run.Plan.Name, record.ID) {
			continue
		}
		for _, e := range record.Events {
			out := context[record.ID]
			out.Event, out.Alerts = e, alerts[e.ID]
			if !f.wants(out) {
				continue
			}
			if err := do(out); err != nil {
				return err
			}
		}
	}
	return nil
}

// contextOf is what is known around the events of each step and baseline.
func contextOf(p *plan.Plan) map[string]export.Record {
	hosts := map[string]export.Host{}
	for _, asset := range p.Assets {
		hosts[asset.Name] = export.Host{Name: asset.Place.Hostname, Platform: asset.Place.Kind.Platform, Kind: asset.Place.Kind.Name}
	}
	out := map[string]export.Record{}
	for _, baseline := range p.Baselines {
		out[baseline.ID] = export.Record{Scenario: p.Name, Host: hosts[baseline.Asset], Baseline: true, Behaviour: baseline.Kind.Name, Attack: string(p.Attack)}
	}
	for _, step := range p.Steps {
		out[step.ID] = export.Record{
			Scenario: p.Name, Host: hosts[step.Asset], Behaviour: step.Behaviour.Name, Technique: step.Technique, Attack: string(p.Attack),
			Actor: export.Actor(step.Actor),
		}
	}
	return out
}

// alertsOn are the rules that alerted on each event, in that shape.
func alertsOn(alerts []detect.Alert, shape event.Shape) map[string][]export.Rule {
	out := map[string][]export.Rule{}
	for _, alert := range alerts {
		if alert.Shape != shape {
			continue
		}
		for _, id := range alert.Events {
			out[id] = append(out[id], export.Rule{ID: alert.Rule, Title: alert.Title, Level: alert.Level, Events: len(alert.Events)})
		}
	}
	return out
}

func (f eventFilter) wantsStep(scenario, step string) bool {
	return len(f.steps) == 0 || slices.Contains(f.steps, step) || slices.Contains(f.steps, scenario+"/"+step)
}

func (f eventFilter) wants(record export.Record) bool {
	return (len(f.assets) == 0 || slices.Contains(f.assets, record.Event.Lineage.Asset)) &&
		(len(f.sources) == 0 || slices.ContainsFunc(f.sources, func(name string) bool {
			return slices.ContainsFunc(record.Event.Sources, func(s event.LogSource) bool {
				return name == s.Category || name == s.Service || name == s.Product
			})
		})) &&
		(len(f.rules) == 0 || slices.ContainsFunc(record.Alerts, func(r export.Rule) bool { return slices.Contains(f.rules, r.ID) }))
}

// exportOutput is where exported events go: stdout, a file or a folder.
type exportOutput struct {
	format export.Format
	stdout io.Writer
	path   string
	file   *os.File
}

// openExport finds a format, and looks whether its destination can be written to. A
// file or folder that is there is left as it is.
func (c *command) openExport(format, path string) (*exportOutput, error) {
	at := slices.Index(exportFormats(), format)
	out := &exportOutput{format: export.Formats()[at], stdout: c.documents, path: path}
	if out.format.Folder && path == "" {
		return nil, usageError{fmt.Errorf("the format %s is a folder: name it with --out", format)}
	}
	if path != "" {
		if _, err := os.Lstat(path); err == nil {
			return nil, usageError{fmt.Errorf("--out %s is already there: it was left as it is; name another", path)}
		}
	}
	return out, nil
}

// open begins the writing. It fails if the file or folder cannot be made.
func (o *exportOutput) open(about export.Run) (export.Writer, error) {
	switch {
	case o.path == "":
		return export.New(o.format.Name, o.stdout, about)
	case o.format.Folder:
		if err := os.Mkdir(o.path, 0o755); err != nil {
			return nil, err
		}
		return export.NewFolder(o.format.Name, func(name string) (io.WriteCloser, error) {
			file := filepath.Join(o.path, filepath.FromSlash(name))
			if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
				return nil, err
			}
			return os.OpenFile(file, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
		}, about)
	}
	var err error
	if o.file, err = createSibling(o.path); err != nil {
		return nil, writing(o.path, err)
	}
	return export.New(o.format.Name, o.file, about)
}

// close ends a file; one that is whole takes its name.
func (o *exportOutput) close(whole bool) error {
	if o.file == nil {
		return nil
	}
	err := o.file.Close()
	if err == nil && whole {
		return writing(o.path, os.Rename(o.file.Name(), o.path))
	}
	return writing(o.path, errors.Join(err, os.Remove(o.file.Name())))
}
