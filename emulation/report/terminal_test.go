package report_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/detect"
	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/report"
	"github.com/ringer-lab/ringer/emulation/result"
	"github.com/ringer-lab/ringer/emulation/verdict"
)

// terminal writes a run as a terminal shows it.
func terminal(t *testing.T, run result.Run, style report.Style) string {
	t.Helper()
	var out strings.Builder
	require.NoError(t, report.Terminal(&out, run, style))
	return out.String()
}

// summarised has the counts of a run that was put together.
func summarised(scenarios ...result.Scenario) result.Run {
	return result.Run{Lab: "docker", Seconds: 1, Scenarios: scenarios, Summary: result.Summarise(scenarios, nil)}
}

const brokenRule = "f3535123-1234-4bb5-9d1c-0c5b1d2f3a4f"

func brokenRuleInfo(string) report.RuleInfo {
	return report.RuleInfo{Level: "medium", Technique: "T1685.005", File: "rules/windows_log_cleared.yml", Line: 23}
}

// missesOfOneRule is a run in which that many steps stand on one rule that is broken.
func missesOfOneRule(steps int) result.Run {
	var scenarios []result.Scenario
	for i := range steps {
		nearest := event.Event{ID: fmt.Sprintf("dc-%d", i), Fields: map[string]any{"EventID": 104}}
		scenarios = append(scenarios, result.Scenario{Name: fmt.Sprintf("scenario-%d", i), Steps: []result.Step{{
			ID: "emptied", Behaviour: "log_clear", Asset: "dc", Expectations: []result.Expectation{{
				Detector: "sigma", Rule: brokenRule, Title: "Log Other Than Security Cleared", Want: verdict.Fires, Verdict: verdict.Missed,
				Explanation: strings.Repeat("a long explanation\n", 40), File: "mail.hcl", Line: 12,
				Mismatches: []detect.Mismatch{{Event: nearest, Changes: []string{"EventID must be 1104"}}},
			}},
		}}})
	}
	return summarised(scenarios...)
}

func TestARuleThatSevenStepsStandOnIsNamedOnce(t *testing.T) {
	t.Parallel()
	said := terminal(t, missesOfOneRule(7), report.Style{Width: 80, Rule: brokenRuleInfo})
	assert.Equal(t, 1, strings.Count(said, "Log Other Than Security Cleared"))
	_, end, found := strings.Cut(said, "FAILED  1 rule, 7 expectations\n")
	require.True(t, found, said)
	assert.LessOrEqual(t, strings.Count(end, "\n")+1, 15, "it stands at the end, in at most 15 lines")
	assert.Equal(t, `
✗ missed  f3535123  Log Other Than Security Cleared  (medium, T1685.005)
  rules/windows_log_cleared.yml:23
  at  scenario-0/emptied · scenario-1/emptied · scenario-2/emptied … and 4
    more
  EventID must be 1104; it is 104
  look  ringer explain f3535123 --at scenario-0/emptied

  seen       0 of 7 that must fire: 0 behaviours, 0 rules

7 scenarios, 7 steps, 0 events, 7 missed, 1.0 s       FAIL
`, end)
}

func TestALabThatDoesNotComeUpIsOneLine(t *testing.T) {
	t.Parallel()
	const cause = "create container: no space left on device"
	var scenarios []result.Scenario
	for i := range 11 {
		asset := fmt.Sprintf("host%d", i)
		broke := fmt.Sprintf("asset %s: %s", asset, cause)
		scenario := result.Scenario{Name: fmt.Sprintf("scenario-%d", i), Assets: []result.Asset{{Name: asset, Error: cause}}}
		for j := range 10 {
			step := result.Step{ID: fmt.Sprintf("step%d", j), Asset: asset, Error: broke, Expectations: []result.Expectation{}}
			for range 13 * min(j, 1) { // the first expects nothing
				step.Expectations = append(step.Expectations, result.Expectation{Rule: brokenRule, Title: "A Rule", Verdict: verdict.Errored, Reason: broke})
			}
			scenario.Steps = append(scenario.Steps, step)
		}
		scenarios = append(scenarios, scenario)
	}
	said := terminal(t, summarised(scenarios...), report.Style{Width: 100})
	assert.Equal(t, 1, strings.Count(said, cause), said)
	assert.Contains(t, said, "\n! errored  "+cause+": 1,287 expectations not judged\n")
	assert.LessOrEqual(t, strings.Count(said, "\n"), 11+10, "a line a scenario, and the finding")
	assert.True(t, strings.HasSuffix(said, "FAIL\n"), said)
}

// unexpectedRun is a run with alerts that nobody expected, in an attack and on days.
func unexpectedRun() result.Run {
	alert := func(id, title, level string) detect.Alert {
		return detect.Alert{Detector: "sigma", Rule: id + "-0000-4000-8000-000000000000", Title: title, Level: level}
	}
	ran := func(line string) event.Event {
		return event.Event{Sources: []event.LogSource{{Category: "process_creation", Product: "linux"}}, Provenance: event.Observed, Fields: map[string]any{"CommandLine": line}}
	}
	return summarised(result.Scenario{
		Name: "overlap", Title: "Two at once", Assets: []result.Asset{{Name: "billing", Kind: "billing", Platform: effect.Linux, Hostname: "BILL01"}},
		Baselines: []result.Step{{
			ID: "billing_day", Behaviour: "billing_day", Asset: "billing", Proven: true, Expectations: []result.Expectation{},
			UnexpectedAlerts: []detect.Alert{alert("3fcc9b35", "Syslog Clearing or Removal Via System Utilities of Any Kind", "high"), alert("11111111", "Own Rule", "low"), alert("3fcc9b35", "Syslog Clearing or Removal Via System Utilities of Any Kind", "high")},
			Causes: []result.Cause{
				{Event: ran("journalctl --vacuum-size=100M"), Activity: "journal_limit"}, {Event: ran("psql -c vacuum"), Activity: "vacuum"},
				{Event: ran("journalctl --vacuum-size=100M"), Activity: "journal_limit"},
			},
		}},
		Steps: []result.Step{{
			ID: "emptied", Behaviour: "log_clear", Asset: "billing", Proven: true, Expectations: []result.Expectation{},
			UnexpectedAlerts: []detect.Alert{alert("22222222", "In an Attack", "critical"), alert("3fcc9b35", "Syslog Clearing or Removal Via System Utilities of Any Kind", "high")},
			Causes:           []result.Cause{{Event: ran("rm /var/log/syslog")}, {Event: ran("journalctl --rotate")}},
		}},
	})
}

func TestAnUnexpectedAlertComesWithItsEventAndActivity(t *testing.T) {
	t.Parallel()
	said := terminal(t, unexpectedRun(), report.Style{Width: 80, Rule: func(id string) report.RuleInfo {
		return report.RuleInfo{Given: strings.HasPrefix(id, "1111")}
	}})
	assert.Contains(t, said, `UNEXPECTED  3 rules, 5 alerts      (--strict fails on them)
  rule                                               level          days attacks
  11111111 Own Rule                                  low               1       0
    on days: vacuum (billing)
    process_creation (observed) CommandLine=psql -c vacuum
  3fcc9b35 Syslog Clearing or Removal Via System U…  high              2       1
    on days: journal_limit (billing)
    process_creation (observed) CommandLine=journalctl --vacuum-size=100M
  22222222 In an Attack                              critical          0       1
    at overlap/emptied
    process_creation (observed) CommandLine=rm /var/log/syslog
`)
}

// A run that is told in one word is told the truth.
func TestTheLastLineEndsWithTheOutcome(t *testing.T) {
	t.Parallel()
	of := func(verdicts ...verdict.Verdict) result.Run {
		step := result.Step{ID: "a", Expectations: []result.Expectation{}}
		for _, v := range verdicts {
			step.Expectations = append(step.Expectations, result.Expectation{Rule: brokenRule, Verdict: v})
		}
		return summarised(result.Scenario{Name: "mail", Steps: []result.Step{step}})
	}
	for _, tt := range []struct {
		name  string
		run   result.Run
		style report.Style
		want  string
	}{
		{"all met", of(verdict.Detected, verdict.Silent, verdict.BlindSpot), report.Style{}, "PASS"},
		{"in part skipped", of(verdict.Detected, verdict.Skipped), report.Style{}, "PASS"},
		{"all skipped", of(verdict.Skipped, verdict.Skipped), report.Style{}, "SKIPPED"},
		{"met, but not strictly", of(verdict.Detected), report.Style{NotStrict: true}, "FAIL"},
		{"missed", of(verdict.Detected, verdict.Missed), report.Style{}, "FAIL"},
		{"a false alarm", of(verdict.FalseAlarm), report.Style{}, "FAIL"},
		{"without effect", of(verdict.NoEffect), report.Style{}, "FAIL"},
		{"broken", of(verdict.Errored), report.Style{}, "FAIL"},
		{"nothing performed", result.Run{Lab: "docker", Interrupted: []string{"mail"}, Summary: result.Summarise(nil, []string{"mail"})}, report.Style{}, "FAIL"},
		{"nothing at all", result.Run{Lab: "docker"}, report.Style{}, "FAIL"},
	} {
		for _, quiet := range []bool{false, true} {
			tt.style.Quiet, tt.style.Width = quiet, 80
			said := terminal(t, tt.run, tt.style)
			assert.Regexp(t, ` `+tt.want+`\n$`, said, tt.name)
			if quiet {
				assert.Equal(t, 1, strings.Count(said, "\n"), tt.name)
			}
		}
	}
}

var escape = regexp.MustCompile(`\x1b\[[0-9;]*m`)

// Colours change nothing but the colours, and each line fits its terminal.
func TestTheReportAtEachWidth(t *testing.T) {
	t.Parallel()
	info := func(id string) report.RuleInfo {
		if strings.HasPrefix(id, "bd1212e5") {
			return report.RuleInfo{Level: "high", Technique: "T1505.003", File: "rules/windows_page.yml", Line: 8}
		}
		return report.RuleInfo{}
	}
	for _, width := range []int{60, 80, 140} {
		for name, style := range map[string]report.Style{
			"": {}, "_verbose": {Verbose: true}, "_quiet": {Quiet: true}, "_only": {Only: []verdict.Verdict{verdict.Missed, verdict.BlindSpot}},
		} {
			style.Width, style.Rule, style.Recorded = width, info, ".ringer/runs/0198/run.ringer"
			for encoding, ascii := range map[string]bool{"": false, "_ascii": true} {
				if style.ASCII = ascii; ascii && name != "" && width != 80 {
					continue
				}
				file := fmt.Sprintf("terminal_%d%s%s", width, name, encoding)
				style.Color = false
				plain := terminal(t, sample(), style)
				golden(t, file+".golden", plain)
				for line := range strings.Lines(plain) {
					assert.LessOrEqual(t, utf8.RuneCountInString(strings.TrimRight(line, " \n")), width, file)
					if ascii {
						assert.NotRegexp(t, `[^\x00-\x7f]`, line, file)
					}
				}
				style.Color = true
				colored := terminal(t, sample(), style)
				assert.Equal(t, plain, escape.ReplaceAllString(colored, ""), file)
				if name != "_quiet" {
					golden(t, file+"_color.golden", colored)
				}
			}
		}
	}
}
