package evidence

import (
	"slices"
	"strings"

	"github.com/ringer-lab/ringer/emulation/compare"
	"github.com/ringer-lab/ringer/emulation/diff"
	"github.com/ringer-lab/ringer/emulation/history"
	"github.com/ringer-lab/ringer/emulation/result"
	"github.com/ringer-lab/ringer/emulation/runner"
	"github.com/ringer-lab/ringer/emulation/verdict"
)

// Source is what a report is made from. Only Result is required: without the rest
// a report has less to say, and says so.
type Source struct {
	Result result.Run
	// Records are what the runner recorded, or replayed, of the scenarios, in any
	// order.
	Records []*runner.RunRecord
	// Comparisons are the scenarios under several telemetry profiles, in any order.
	Comparisons []compare.Scenario
	// Previous is an earlier run; nil if there is none to compare with.
	Previous *result.Run
	// RuleFiles are the files of the rules that the run was judged with, ScenarioFiles
	// those of the scenarios.
	RuleFiles, ScenarioFiles []File
	// InRepository gives the path, relative to the root of the user's repository
	// and with slashes, of a file that is in it; ok is false for one that is not,
	// such as the files that ringer ships. If it is nil no file is.
	InRepository func(file string) (path string, ok bool)
	// ShortID cuts a rule's id to the digits that tell it from all others that the run
	// was judged with; nil cuts it to eight.
	ShortID func(id string) string
	// History are earlier runs that can be compared with this one; nil if there are none.
	History *history.Trend
	// Replayed tells that the run was judged from a recording: its durations are
	// those of the run that was recorded.
	Replayed bool
}

// File is a file as it was read.
type File struct {
	Name    string
	Content []byte
}

// Collect puts together what a report needs. It fails if a file of rules that the
// result refers to is not YAML.
func Collect(from Source) (Run, error) {
	rules, err := readRules(from.RuleFiles, rulesIn(from.Result), from.InRepository)
	if err != nil {
		return Run{}, err
	}
	run := Run{Result: from.Result, Rules: rules, History: from.History, Replayed: from.Replayed, shortID: from.ShortID, inRepository: from.InRepository, lines: map[string][]string{}}
	for _, file := range from.ScenarioFiles {
		run.lines[file.Name] = strings.Split(string(file.Content), "\n")
	}
	records := map[string]*runner.RunRecord{}
	for _, record := range from.Records {
		records[record.Plan.Name] = record
	}
	comparisons := map[string]*compare.Scenario{}
	for i, comparison := range from.Comparisons {
		comparisons[comparison.Name] = &from.Comparisons[i]
	}
	for _, judged := range from.Result.Scenarios {
		scenario := scenarioOf(judged, records[judged.Name], rules)
		scenario.Telemetry = comparisons[judged.Name]
		run.Scenarios = append(run.Scenarios, scenario)
	}
	if from.Previous != nil {
		run.Compared, run.Changes = true, changesBetween(from.Previous.Scenarios, from.Result.Scenarios)
	}
	return run, nil
}

// changesBetween are what differs between two runs, in the scenarios that both have.
// Of a rule that was silent and of which nothing is said any more, or nothing was
// said before, there is nothing to report.
func changesBetween(before, after []result.Scenario) []diff.Change {
	in := func(scenarios, others []result.Scenario) []result.Scenario {
		return slices.DeleteFunc(slices.Clone(scenarios), func(s result.Scenario) bool {
			return !slices.ContainsFunc(others, func(other result.Scenario) bool { return other.Name == s.Name })
		})
	}
	return slices.DeleteFunc(diff.Changes(in(before, after), in(after, before)), func(c diff.Change) bool {
		return c.Kind == diff.Added && c.After.Verdict == verdict.Silent || c.Kind == diff.Removed && c.Before.Verdict == verdict.Silent
	})
}

// rulesIn names the rules of a result.
func rulesIn(run result.Run) map[string]bool {
	ids := map[string]bool{}
	for _, scenario := range run.Scenarios {
		for _, steps := range [][]result.Step{scenario.Baselines, scenario.Steps} {
			for _, step := range steps {
				for _, expectation := range step.Expectations {
					ids[expectation.Rule] = true
				}
				for _, alert := range step.UnexpectedAlerts {
					ids[alert.Rule] = true
				}
			}
		}
	}
	return ids
}
