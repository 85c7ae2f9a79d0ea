package reporttest

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/hcl/v2"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/behaviour"
	"github.com/ringer-lab/ringer/emulation/detect"
	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/outside"
	"github.com/ringer-lab/ringer/emulation/plan"
	"github.com/ringer-lab/ringer/emulation/report/evidence"
	"github.com/ringer-lab/ringer/emulation/result"
	"github.com/ringer-lab/ringer/emulation/runner"
	"github.com/ringer-lab/ringer/emulation/verdict"
)

// The rules of the sample: the one that everything is expected of, whose file is in
// the repository, and the one that alerts unexpectedly.
const (
	PageRule       = "bd1212e5-78da-431e-95fa-c58e3237a8e6"
	UnexpectedRule = "ba7a84f1-78c5-4bda-a66a-13eac8224c46"
)

// pageRuleFile has the condition on line 11.
const pageRuleFile = `title: Page Written Below the Web Root
id: bd1212e5-78da-431e-95fa-c58e3237a8e6
description: A program wrote a page that the web server would run.
status: test
level: high
tags: [attack.persistence, attack.t1505.003]
logsource: {product: windows, category: file_event}
detection:
  page:
    TargetFilename|endswith: [.aspx, .ashx]
  condition: page
`

// Hostile is a text that tries to leave its place: a table's cell, a page's text, a
// list of people who are told.
const Hostile = "</td><script>alert(1)</script> | @everyone `x` [a](javascript:b) <!-- \n# no heading"

// Source is what Sample is collected from: a run in which every verdict occurs,
// with a record, a rule's file and an earlier run in which all was well.
func Source() evidence.Source {
	judged := sampleScenario()
	of := []result.Scenario{judged}
	run := result.Run{
		Format: result.Format, ID: RunID, Version: "v1", Lab: "docker", Started: Started, Seconds: 1.5, Rules: 31,
		Summary: result.Summarise(of, []string{"naikon"}), Scenarios: of, Interrupted: []string{"naikon"},
	}
	earlier := sampleScenario()
	for i := range earlier.Steps[0].Expectations {
		earlier.Steps[0].Expectations[i].Verdict = verdict.Detected
	}
	earlier.Steps[0].UnexpectedAlerts = nil
	before := run
	before.Scenarios = []result.Scenario{earlier}
	return evidence.Source{
		Result: run, Records: []*runner.RunRecord{sampleRecord()}, Previous: &before,
		RuleFiles:     []evidence.File{{Name: "/home/me/repo/rules/page.yml", Content: []byte(pageRuleFile)}},
		ScenarioFiles: []evidence.File{{Name: "mail.hcl", Content: []byte(strings.Repeat("\n", 28) + "  expect \"sigma\" \"" + PageRule + "\" {\n")}},
		InRepository: func(file string) (string, bool) {
			path := map[string]string{"/home/me/repo/rules/page.yml": "rules/page.yml", "mail.hcl": "scenarios/mail.hcl"}[file]
			return path, path != ""
		},
	}
}

// Sample is a run in which every verdict occurs.
func Sample(t testing.TB) evidence.Run {
	t.Helper()
	run, err := evidence.Collect(Source())
	require.NoError(t, err)
	return run
}

func pageEvent() event.Event {
	return event.Event{
		ID: "mail-7", Time: Started.Add(45 * 24 * time.Hour), Provenance: event.Translated,
		Sources:         []event.LogSource{{Category: "file_event", Product: "windows", Service: "sysmon"}},
		Fields:          map[string]any{"TargetFilename": `C:\inetpub\wwwroot\` + Hostile + `.aspx`, "EventID": 11, "RuleName": "-"},
		Joined:          map[string]any{"CommandLine": `w3wp.exe -ap "Pool"`},
		FieldProvenance: map[string]event.Provenance{"EventID": event.Declared, "RuleName": event.Stated},
		Lineage:         event.Lineage{Asset: "mail", Step: "backdoor", Process: 4, Seen: []uint64{3}},
	}
}

func sampleExpectations() []result.Expectation {
	page := pageEvent()
	var judged []result.Expectation
	for _, v := range verdict.All() {
		expectation := result.Expectation{
			Detector: "sigma", Rule: PageRule, Title: "Page Written Below the Web Root", Asked: 3,
			Want: verdict.Fires, Shape: event.Native, Verdict: v, File: "mail.hcl", Line: 20 + int(v),
		}
		if v != verdict.Missed && v != verdict.FalseAlarm {
			// An expectation of one rule in one shape occurs once at a step.
			expectation.Rule = fmt.Sprintf("00000000-0000-4000-8000-%012x", int(v))
			expectation.Title = "Rule That Is " + evidence.VerdictName(v)
		}
		switch v {
		case verdict.Pending:
		case verdict.Detected:
			expectation.Evidence, expectation.Stated = []event.Event{page}, []string{"RuleName"}
		case verdict.Silent:
			expectation.Want, expectation.Shape = verdict.Quiet, event.EDR
			expectation.Nearest = &detect.NearMiss{Event: "mail-7", Distance: 2, Changes: []string{
				`TargetFilename would have to end with ".ashx" or ".asmx"`, `Image must not be "C:\Windows\System32\inetsrv\w3wp.exe"`,
			}}
		case verdict.BlindSpot:
			expectation.Want, expectation.Because = verdict.Blind, "nothing writes it down"
		case verdict.NotAsked:
			expectation.Want, expectation.Asked = verdict.Quiet, 0
			expectation.Reason = "the step left no event in product windows, category registry_set; it left file_event (4)"
		case verdict.Skipped:
			expectation.Reason = "no image of nginx"
		case verdict.NoEffect:
			expectation.Want, expectation.Reason = verdict.Quiet, "write page: permission denied"
		case verdict.DetectedLate:
			expectation.Detector, expectation.Reason = "falco.host", "an alert came 45s after the step, which is more than 30s"
			expectation.Outside = sampleOutside()
		case verdict.FalseAlarm:
			expectation.Want, expectation.Because, expectation.Shape = verdict.Quiet, "looks elsewhere "+Hostile, event.EDR
			expectation.Evidence, expectation.Explanation = []event.Event{page}, "mail-7:\n✓ TargetFilename ends with .aspx"
		case verdict.Missed:
			expectation.Explanation = "nearest of 2 events, mail-7:\n✗ all of\n  ✗ TargetFilename ends with .aspx, is " + `C:\x`
			expectation.Mismatches = []detect.Mismatch{{Event: page, Changes: []string{`TargetFilename would have to end with ".aspx"`}}}
		case verdict.Errored:
			expectation.Reason = "the sensor lost 1 of 2 observations"
		}
		judged = append(judged, expectation)
	}
	return judged
}

func sampleOutside() []result.OutsideAlert {
	return []result.OutsideAlert{{
		Rule: "Page Written " + Hostile, ID: "falco-1", Severity: "Notice", Number: 3, Arrived: Started.Add(50 * time.Second), AfterSeconds: 45, Late: true,
		By: []outside.Evidence{outside.Container, outside.Process}, Joined: "joined by container, process",
	}}
}

// sampleDetectors has one that did not answer for a while, and an alert that fits two steps.
func sampleDetectors() []result.OutsideDetector {
	return []result.OutsideDetector{{
		Name: "falco.host", Format: "falco", WithinSeconds: 30, WaitSeconds: 60, Probe: "Ringer Probe", Alerts: 4, Again: 1, Ignored: 2, Unreadable: 1, Problem: "it is not JSON",
		Outages: []outside.Outage{{From: Started, Until: Started.Add(time.Second), Reason: "the file was not there"}},
		Unjoined: []result.OutsideAlert{{
			Rule: "Page Written " + Hostile, ID: "falco-2", Number: 1, Arrived: Started, By: []outside.Evidence{outside.Process},
			Joined: "it matches backdoor and again equally (process)", Fits: []string{"backdoor", "again"},
		}},
		MoreUnjoined: 1,
	}}
}

func sampleScenario() result.Scenario {
	near := &detect.NearMiss{Event: "mail-1", Distance: 1, Changes: []string{`Image would have to end with "\w3wp.exe"`}}
	return result.Scenario{
		Name: "mail-backdoor", Title: "Backdoor in the mail server", File: "mail.hcl", Attack: "18.1", Seconds: 1.25,
		Actors: []result.Actor{{Name: "emissary_panda", Group: "G0027", Title: "Threat Group-3390"}},
		Assets: []result.Asset{{
			Name: "mail", Kind: "exchange", Platform: effect.Windows, Hostname: "MAIL01", OpenSeconds: 0.4,
			IsolationChecks: []runner.IsolationCheck{
				{Attempt: "reach the gateway", Refused: true, Response: "no route"},
				{Attempt: "mount a file system", Refused: true, Response: "operation not permitted"},
			},
			Leftover: []string{`C:\left.txt`},
		}},
		Baselines: []result.Step{{
			ID: "office_day", Behaviour: "office_day", Asset: "mail", At: "before", Proven: true, Proofs: []effect.Proof{},
			Events: map[string]int{"translated": 3}, NotAsked: 9, Expectations: []result.Expectation{
				{Detector: "sigma", Rule: "1", Title: "One", Want: verdict.Quiet, Shape: event.Native, Verdict: verdict.Silent, Asked: 3, Nearest: near, File: "mail.hcl", Line: 9},
			},
		}},
		Steps: []result.Step{
			{
				ID: "backdoor", Behaviour: "owa_web_shell_drop", Technique: "T1505.003", Actor: "emissary_panda", Asset: "mail", At: "45d",
				Seconds: 0.05, Proven: true, Proofs: []effect.Proof{{Check: "page is there", Before: "no such file"}},
				Seen: 3, Events: map[string]int{"translated": 1}, Expectations: sampleExpectations(),
				UnexpectedAlerts: []detect.Alert{{Detector: "sigma", Rule: UnexpectedRule, Title: "Unexpected " + Hostile, Level: "medium", Shape: event.Native, Events: []string{"mail-7"}}},
			},
			{ID: "quiet_step", Behaviour: "run_key_set", Technique: "T1562.002", Actor: "emissary_panda", Asset: "mail", At: "1046d", Proven: true, Proofs: []effect.Proof{{Check: "key is there", Before: "no key"}}, Events: map[string]int{}, Expectations: []result.Expectation{}},
			{ID: "broken_step", Behaviour: "run_key_set", Technique: "T1547.001", Actor: "emissary_panda", Asset: "mail", At: "1047d", Proofs: []effect.Proof{}, Events: map[string]int{}, Expectations: []result.Expectation{}, Error: "the asset broke"},
		},
		Outside: sampleDetectors(),
		Gaps: []result.Gap{
			{ID: "scan", Title: "Scans the network", Technique: "T1046", Because: "no behaviour stands for T1046 (Network Service Discovery)", File: "mail.hcl", Line: 60},
			{ID: "other_key", Title: "Sets another key " + Hostile, Technique: "T1547.001", Because: "its commands are the shell's to read " + Hostile, File: "mail.hcl", Line: 65},
			{ID: "untold", Title: "untold", Because: "the source names no technique for it", File: "mail.hcl", Line: 70},
		},
	}
}

// sampleRecord is what the runner recorded of the scenario.
func sampleRecord() *runner.RunRecord {
	const day = 24 * time.Hour
	at := func(line int) hcl.Range {
		return hcl.Range{Filename: "mail.hcl", Start: hcl.Pos{Line: line, Column: 1}}
	}
	step := func(id, technique string, offset time.Duration, line int) plan.Step {
		return plan.Step{
			ID: id, Asset: "mail", At: offset, Technique: technique, Range: at(line),
			Behaviour: behaviour.Behaviour{About: behaviour.About{Name: id, Summary: "leave an inert page", Source: "Cybereason, DeadRinger, 2021"}},
		}
	}
	root := effect.Root + "/c/Windows/System32/"
	return &runner.RunRecord{
		Run: RunID, Lab: "docker", Start: Started,
		Plan: &plan.Plan{
			Name: "mail-backdoor", Title: "Backdoor in the mail server", File: "mail.hcl", Attack: "18.1", References: []string{"Cybereason, DeadRinger, 2021"},
			Assets:    []plan.Asset{{Name: "mail", Place: asset.Host{Kind: asset.Kind{Name: "exchange", Platform: effect.Windows}, Hostname: "MAIL01"}}},
			Baselines: []plan.Baseline{{ID: "office_day", Asset: "mail", Range: at(8)}},
			Steps:     []plan.Step{step("backdoor", "T1505.003", 45*day, 14), step("quiet_step", "T1562.002", 1046*day, 40), step("broken_step", "T1547.001", 1047*day, 50)},
		},
		Assets:    []runner.AssetRecord{{Name: "mail"}},
		Baselines: []runner.StepRecord{{ID: "office_day", Asset: "mail"}},
		Steps: []runner.StepRecord{
			{ID: "backdoor", Asset: "mail", Events: []event.Event{pageEvent()}, Outcome: runner.Outcome{Took: 50 * time.Millisecond, Observations: []event.Observation{
				{Seq: 1, Kind: event.Exec, Step: "backdoor", Process: 3, PID: 103, Path: root + "inetsrv/w3wp.exe", Argv: []string{"w3wp.exe", "-ap", `"Pool"`}, Env: map[string]string{event.EnvUser: `IIS APPPOOL\Pool`, event.EnvResident: "1"}},
				{Seq: 2, Kind: event.Exec, Step: "backdoor", Process: 4, Parent: 3, PID: 104, Path: root + "cmd.exe", Argv: []string{"cmd.exe", "/c", "echo " + Hostile}},
				{Seq: 3, Kind: event.Create, Step: "backdoor", Process: 4, Parent: 3, PID: 104, Path: effect.Root + "/c/inetpub/x.aspx"},
				{Seq: 4, Kind: event.Exit, Step: "backdoor", Process: 4, Parent: 3, PID: 104, Code: 1},
			}}},
			{ID: "quiet_step", Asset: "mail", Outcome: runner.Outcome{Took: 2 * time.Second}},
			{ID: "broken_step", Asset: "mail"},
		},
	}
}
