package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/ringer-lab/ringer/emulation/attack"
	"github.com/ringer-lab/ringer/emulation/record"
	"github.com/ringer-lab/ringer/emulation/report"
	"github.com/ringer-lab/ringer/emulation/report/attire"
	"github.com/ringer-lab/ringer/emulation/report/evidence"
	"github.com/ringer-lab/ringer/emulation/report/html"
	"github.com/ringer-lab/ringer/emulation/report/markdown"
	"github.com/ringer-lab/ringer/emulation/report/navigator"
	"github.com/ringer-lab/ringer/emulation/report/pipeline"
	"github.com/ringer-lab/ringer/emulation/report/sarif"
	"github.com/ringer-lab/ringer/emulation/result"
	"github.com/ringer-lab/ringer/emulation/runner"
)

// reportFormat is one format of `ringer report`.
type reportFormat struct {
	title string
	kind  fileKind
	write func(io.Writer, evidence.Run) error
}

// reportFormats are all formats by name.
var reportFormats = map[string]reportFormat{
	"html":     {"a page to read offline, in any browser, on paper", fileKind{"a page written by `ringer report`", contains(`<meta name="generator" content="ringer report">`)}, html.Write},
	"markdown": {"for a comment on a pull request: what changed first", fileKind{"Markdown written by `ringer report`", startsWith("### ")}, markdown.Write},
	"sarif":    {"SARIF 2.1.0 for code scanning", fileKind{"SARIF written by `ringer report`", contains(`"name": "ringer"`)}, sarif.Write},
	"navigator": {"layers for the ATT&CK Navigator: reported, performed, detected, blind", fileKind{"layers written by `ringer report`", contains(`"domain": "enterprise-attack"`)},
		func(w io.Writer, of evidence.Run) error { return navigator.Write(w, of, attack.Versions()...) }},
	"attire": {"ATTiRe 1.1, which VECTR reads", fileKind{"ATTiRe written by `ringer report`", contains(`"execution-source": "ringer"`)}, attire.Write},
	"github": {"annotations of GitHub Actions, as run --ci github writes them", fileKind{"annotations written by `ringer report`", byText(func(text []byte) bool {
		return bytes.HasPrefix(text, []byte("::error ")) || bytes.HasPrefix(text, []byte("::warning "))
	})},
		func(w io.Writer, of evidence.Run) error { return pipeline.GitHub(w, pipelineFindings(of)) }},
	"summary": {"Markdown for a job's summary, as run --ci github writes it", fileKind{"a summary written by `ringer report`", byText(func(text []byte) bool { return bytes.HasPrefix(text, []byte("### ringer: ")) })},
		func(w io.Writer, of evidence.Run) error { return pipeline.Summary(w, of.Result, pipelineFindings(of)) }},
	"gitlab": {"GitLab's code quality report, as run --ci gitlab writes it", codeQuality,
		func(w io.Writer, of evidence.Run) error { return pipeline.CodeQuality(w, pipelineFindings(of)) }},
	"junit": {"JUnit XML, as run --junit writes it", junitFile,
		func(w io.Writer, of evidence.Run) error { return report.JUnit(w, of.Result, report.Lenient) }},
	"json": {"the result, as run --json prints it", fileKind{"a result written by ringer", contains(`"format": "` + result.Format + `"`)},
		func(w io.Writer, of evidence.Run) error { return report.JSON(w, of.Result) }},
}

// pipelineFindings are what the page of a pipeline tells of a run.
func pipelineFindings(of evidence.Run) []pipeline.Finding {
	return pipeline.Findings(of.Result, places(func(id string) (string, int) {
		rule := of.Rules[id]
		return rule.File, rule.Condition.Line
	}))
}

func contains(text string) recognizer {
	return byText(func(content []byte) bool { return bytes.Contains(content, []byte(text)) })
}

func startsWith(text string) recognizer {
	return byText(func(content []byte) bool {
		return bytes.HasPrefix(content, []byte(text)) && bytes.Contains(content[:min(len(content), 80)], []byte(" ringer: "))
	})
}

// reportFlags are those of `ringer report`.
type reportFlags struct {
	rules    ruleFlags
	format   string
	out      outputName
	before   string
	profiles []string
	history  historyFlags
}

func newReport(c *command) *cobra.Command {
	var flags reportFlags
	var names strings.Builder
	for _, name := range slices.Sorted(maps.Keys(reportFormats)) {
		fmt.Fprintf(&names, "  %-10s %s\n", name, reportFormats[name].title)
	}
	cmd := &cobra.Command{
		Use:   "report [RECORDING] --format FORMAT",
		Short: "Write a report of a recorded run",
		Long: "Writes a report of a recorded run: a file, the folder of a run, the beginning of its\n" +
			"id, or the last run. The run is judged again, with the rules that it had or, for those\n" +
			"of the same id, with --rules.\n\n" +
			"Formats:\n" + names.String() + "\n" +
			"With --before the report says first what changed since another recorded run, and with\n" +
			"--profiles what each telemetry profile would have seen. The page says how the runs in the\n" +
			"history went on that can be compared with this one.\n\n" +
			"Exit codes: 0 written, 2 invalid input.",
		Args: wantArgs(0, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := flags.history.check(); err != nil {
				return err
			}
			return c.report(cmd.Context(), first(args), flags)
		},
	}
	flags.rules.addTo(cmd)
	formats := choose(&flags.format, slices.Sorted(maps.Keys(reportFormats))...)
	flags.format = "" // it must be given
	cmd.Flags().Var(formats, "format", "the `FORMAT` of the report")
	cmd.Flags().Var(&flags.out, "out", "the `FILE` to write to, in place of stdout")
	cmd.Flags().StringVar(&flags.before, "before", "", "an earlier `RECORDING`, to say what changed since")
	cmd.Flags().StringArrayVar(&flags.profiles, "profiles", nil, "a `FILE` of telemetry profiles to compare; \"library\" is the library's")
	flags.history.addName(cmd)
	cmd.Flags().BoolVar(&flags.history.none, "no-history", false, "say nothing of earlier runs")
	return cmd
}

func (c *command) report(ctx context.Context, name string, flags reportFlags) error {
	format, ok := reportFormats[flags.format]
	if !ok { // any other word was refused
		return usageError{fmt.Errorf("--format is required: %s", alternatives(slices.Sorted(maps.Keys(reportFormats))))}
	}
	var out *output
	if flags.out != "" {
		var err error
		if out, err = c.openOutput("--out", string(flags.out), format.kind); err != nil {
			return err
		}
	}
	run, err := c.evidence(ctx, name, flags)
	if err != nil {
		return err
	}
	written := visible(func(w io.Writer) error { return format.write(w, run) })
	if out != nil {
		return out.write(written)
	}
	return written(c.documents)
}

// evidence judges a recorded run again and gathers what a report needs.
func (c *command) evidence(ctx context.Context, name string, flags reportFlags) (evidence.Run, error) {
	recording, err := c.openRecording(name)
	if err != nil {
		return evidence.Run{}, err
	}
	defer recording.Close()
	e, err := c.readRecorded(recording, flags.rules)
	if err != nil {
		return evidence.Run{}, err
	}
	comparing, err := c.profilesToCompare(e, flags.profiles)
	if err != nil {
		return evidence.Run{}, err
	}
	source := evidence.Source{InRepository: inRepository, Replayed: true, ShortID: e.rules.shortID()}
	source.Result, err = c.performPlans(ctx, c.replaying(recording, false), e.plans, e.rules, 1,
		func(ctx context.Context, _ int, run *runner.RunRecord, judged result.Scenario) error {
			source.Records = append(source.Records, run)
			if comparing == nil {
				return nil
			}
			compared, err := comparing(ctx, run, judged)
			source.Comparisons = append(source.Comparisons, compared)
			return err
		})
	if err != nil {
		return evidence.Run{}, err
	}
	tail, err := recording.Tail()
	if err != nil {
		return evidence.Run{}, usageError{fmt.Errorf("read recording: %w", err)}
	}
	if tail != nil {
		source.Result.Seconds = tail.Took.Seconds() // not how long it took to judge it again
		if !flags.rules.given() {
			source.Result.Gates = recordedGates(tail.Result)
		}
	}
	if flags.format == "html" {
		if source.History, err = c.trendOf(ctx, recording.Head, flags.history); err != nil {
			return evidence.Run{}, err
		}
	}
	if flags.before != "" {
		if source.Previous, err = c.recordedResult(flags.before); err != nil {
			return evidence.Run{}, err
		}
	}
	if source.RuleFiles, source.ScenarioFiles, err = filesOf(recording, flags.rules); err != nil {
		return evidence.Run{}, err
	}
	return evidence.Collect(source)
}

// recordedGates are the gates of a recorded result; none if it has no such.
func recordedGates(document []byte) []result.Gate {
	var recorded struct{ Gates []result.Gate }
	if json.Unmarshal(document, &recorded) != nil {
		return nil
	}
	return recorded.Gates
}

// profilesToCompare judges runs under telemetry profiles; nil where none are asked for.
func (c *command) profilesToCompare(e exercise, profiles []string) (comparing, error) {
	if len(profiles) == 0 {
		return nil, nil
	}
	profiles = slices.DeleteFunc(slices.Clone(profiles), func(name string) bool { return name == "library" })
	conditions, err := c.loadConditions(profiles, e.rules)
	if err != nil {
		return nil, err
	}
	return comparingUnder(conditions, e.rules), nil
}

// recordedResult is the run of a recording, as it was judged when it was performed.
func (c *command) recordedResult(name string) (*result.Run, error) {
	recording, err := c.openRecording(name)
	if err != nil {
		return nil, err
	}
	defer recording.Close()
	return resultOfRecording(recording)
}

// resultOfRecording is a run as it was judged when it was performed.
func resultOfRecording(recording *record.Recording) (*result.Run, error) {
	run := &result.Run{Format: result.Format, ID: recording.Head.Run, Started: recording.Head.Started}
	err := eachFinished(recording, func(s *record.ScenarioRecord) error {
		judged, err := s.Judged()
		run.Scenarios = append(run.Scenarios, judged)
		return err
	})
	return run, err
}

// filesOf are the rules and scenarios of a recording, with the rules of the flags.
func filesOf(recording *record.Recording, flags ruleFlags) (rules, scenarios []evidence.File, err error) {
	ruleFiles, err := ruleSources(recording, flags)
	if err != nil {
		return nil, nil, err
	}
	scenarioFiles, err := recording.Sources()
	if err != nil {
		return nil, nil, usageError{err}
	}
	return evidenceFiles(ruleFiles), evidenceFiles(scenarioFiles), nil
}

func evidenceFiles(sources []record.Source) []evidence.File {
	files := make([]evidence.File, len(sources))
	for i, source := range sources {
		files[i] = evidence.File{Name: source.Name, Content: source.Content}
	}
	return files
}
