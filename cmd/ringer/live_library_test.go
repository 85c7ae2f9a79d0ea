package main

import (
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/sigma/sigmahqtest"
	"github.com/ringer-lab/ringer/emulation/verdict"
)

// Fifteen behaviours that ringer does not bring along, of hosts, appliances and services,
// are HCL alone: each is performed, proven, seen by its rule and taken back.
func TestBehavioursInHCLAloneArePerformedProvenSeenAndUndone(t *testing.T) {
	live(t)
	r := ringer(t, "run", "--json", "--no-record", "--rules", "testdata/own/rules", "testdata/own/main.hcl")
	require.Zero(t, r.code, "%s%s", r.stdout.String(), r.stderr.String())
	run := parse(t, r)
	require.Len(t, run.Scenarios, 1)
	assert.Zero(t, run.Summary.Leftovers, "everything is undone")
	for _, asset := range run.Scenarios[0].Assets {
		assert.Empty(t, asset.Leftover, asset.Name)
	}
	require.Len(t, run.Scenarios[0].Steps, 15)
	for _, step := range run.Scenarios[0].Steps {
		assert.True(t, step.Proven, step.ID)
		assert.NotEmpty(t, step.Proofs, step.ID)
		require.Len(t, step.Expectations, 1, step.ID)
		assert.Equal(t, verdict.Detected, step.Expectations[0].Verdict, step.ID)
	}
}

// The same with SigmaHQ's own rules, where they are there: those that read what the
// examples leave.
func TestSigmaHQsRulesSeeBehavioursInHCLAlone(t *testing.T) {
	live(t)
	rules := filepath.Join(sigmahqtest.Folder(t), "rules")
	r := ringer(t, "run", "--json", "--no-record", "--rules", "testdata/own/rules", "--rules", rules, "testdata/own/main.hcl")
	require.Zero(t, r.code, "%s", r.stderr.String())
	seen := map[string][]string{}
	for _, step := range parse(t, r).Scenarios[0].Steps {
		for _, alert := range step.UnexpectedAlerts {
			seen[step.ID] = append(seen[step.ID], alert.Rule)
		}
	}
	for step, rule := range map[string]string{
		"user_timer_install":    "1bac86ba-41aa-4f62-9d6b-405eac99b485", // Systemd Service Creation
		"at_job_enter":          "d2d642d7-b393-43fe-bae4-e81ed5915c4b", // Scheduled Task/Job At
		"wmi_subscription_keep": "0f06a3a5-6a09-413f-8743-e6cf35561297", // WMI Event Subscription
		"debugger_set":          "baca5663-583c-45f9-b5dc-ea96a22ce542", // Sticky Key Like Backdoor Usage - Registry
		"template_replace":      "91174a41-dc8f-401b-be89-7bfc140612a0", // Office Macro File Creation
		"cloud_trail_stop":      "4db60cc0-36fb-42b7-9b58-a5b53019fb74", // AWS CloudTrail Important Change
	} {
		assert.Contains(t, seen[step], rule, step)
	}
}
