package report_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/compare"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/report"
	"github.com/ringer-lab/ringer/emulation/result"
)

// comparison has every state, kind of attribution and day there is.
func comparison() compare.Comparison {
	cells := func(states ...compare.State) (all []compare.Cell) {
		for _, state := range states {
			cell := compare.Cell{State: state}
			switch state {
			case compare.Detected:
				cell.Detected, cell.Expected = 10, 12
			case compare.Missed, compare.NotAsked:
				cell.Expected = 12
			case compare.Blind, compare.NothingExpected, compare.Unjudged:
			}
			all = append(all, cell)
		}
		return all
	}
	places := func(host, forwarded compare.State) compare.EvidenceLocations {
		return compare.EvidenceLocations{Host: cells(host)[0], Forwarded: cells(forwarded)[0]}
	}
	return compare.Comparison{
		Format: compare.Format, ID: "3b0a6d5c-2f0e-4a5e-8a53-b5c2e9f0c7f1", Version: "v1", Lab: "docker",
		Started: time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC), Seconds: 6.25, Summary: result.Summarise(sample().Scenarios, nil),
		Scenarios: []compare.Scenario{{
			Name: "overlap", Title: "Three actors on the same hosts",
			Profiles: []compare.Profile{
				{Name: "full", Title: "Everything", Detected: 24, Expected: 24, Silent: 41},
				{Name: "edr", Title: "Sysmon and an EDR with a title that is longer than a line of eighty columns.", Shape: event.EDR, Detected: 22, Expected: 24, FalseAlarms: 1, Silent: 39, NotAsked: 1},
				{Name: "default", Title: "Default auditing", Shape: event.Native, Detected: 1, Expected: 24, Silent: 1, NotAsked: 40},
			},
			Techniques: []compare.Technique{
				{ID: "T1070.002", Name: "Clear Linux or Mac System Logs", Cells: cells(compare.Detected, compare.Detected, compare.Missed)},
				{ID: "T1098.004", Name: "SSH Authorized Keys", Cells: cells(compare.Blind, compare.Blind, compare.NotAsked)},
				{ID: "T1005", Name: "Data from Local System", Cells: cells(compare.NothingExpected, compare.NothingExpected, compare.NothingExpected)},
				{ID: "T1560.001", Name: "Archive via Utility", Cells: cells(compare.Unjudged, compare.Unjudged, compare.Unjudged)},
			},
			Faults: []compare.Fault{
				{Kind: "exclusion", Name: "program_data", Title: "What names ProgramData is kept from the rules", Lost: []int{1, 1, 0}, Total: 1},
				{Kind: "forwarder_off", Name: "collector_move", Title: "Nothing was sent on", Lost: []int{20, 11, 1}, Total: 12},
			},
			Costliest: "collector_move",
			Actors: []compare.Actor{
				{Name: "soft_cell", Began: "0d", Visibility: []compare.Visibility{{FirstSeen: "0d"}, {FirstSeen: "12d", EvidenceLost: "742d"}, {NotAsked: true}}},
				{Name: "naikon", Began: "365d", Visibility: []compare.Visibility{{FirstSeen: "365d"}, {FirstSeen: "365d", EvidenceLost: "1500d"}, {FirstSeen: "1000d", EvidenceLost: "1030d"}}},
			},
			Remaining: []compare.RemainingEvidence{
				{Step: "page", Behaviour: "web_page_drop", ByProfile: []compare.EvidenceLocations{
					places(compare.Detected, compare.Detected), places(compare.NotAsked, compare.Detected), places(compare.Missed, compare.Missed),
				}},
				{Step: "keys", Behaviour: "authorized_keys_append", ByProfile: []compare.EvidenceLocations{
					places(compare.Blind, compare.Blind), places(compare.Blind, compare.Blind), places(compare.NotAsked, compare.NotAsked),
				}},
				{Step: "nothing", Behaviour: "run_key_set", ByProfile: []compare.EvidenceLocations{
					places(compare.NothingExpected, compare.NothingExpected), places(compare.NothingExpected, compare.NothingExpected), places(compare.NothingExpected, compare.NothingExpected),
				}},
			},
			Attributions: []compare.Attribution{
				{Rule: "72ca7c75-0000-0000-0000-000000000000", Title: "A Folder of Naikon's", Actors: []string{"naikon"}, Names: []string{"Naikon"}, Kind: compare.SingleActor},
				{Rule: "11111111-0000-0000-0000-000000000000", Title: "Run Key", Actors: []string{"naikon", "soft_cell"}, Kind: compare.SeveralActors},
				{Rule: "22222222-0000-0000-0000-000000000000", Title: "HAFNIUM Packing", Actors: []string{"soft_cell"}, Names: []string{"HAFNIUM"}, Kind: compare.Misleading},
			},
		}},
	}
}

func TestAComparisonFitsItsTerminal(t *testing.T) {
	t.Parallel()
	for name, style := range map[string]report.Style{
		"compare_80.golden": {Width: 80}, "compare_120_color.golden": {Width: 120, Color: true},
	} {
		var out strings.Builder
		require.NoError(t, report.Compare(&out, comparison(), style))
		golden(t, name, out.String())
		for line := range strings.Lines(out.String()) {
			if !style.Color {
				assert.LessOrEqual(t, utf8.RuneCountInString(strings.TrimRight(line, " \n")), style.Width, line)
			}
		}
	}
}

func TestAComparisonOfManyProfilesStillTellsItsRowsApart(t *testing.T) {
	t.Parallel()
	all := comparison()
	scenario := &all.Scenarios[0]
	scenario.Actors, scenario.Faults, scenario.Remaining = nil, nil, nil
	for range 12 {
		scenario.Profiles = append(scenario.Profiles, scenario.Profiles[2])
		scenario.Techniques[0].Cells = append(scenario.Techniques[0].Cells, scenario.Techniques[0].Cells[2])
	}
	var out strings.Builder
	require.NoError(t, report.Compare(&out, all, report.Style{Width: 40}))
	assert.Contains(t, out.String(), "\n  T1070.002 Clear Lin… ✓ 10/12")
}

func TestAComparisonSaysWhenNoFaultCostsAnything(t *testing.T) {
	t.Parallel()
	all := comparison()
	all.Scenarios[0].Costliest = ""
	var out strings.Builder
	require.NoError(t, report.Compare(&out, all, report.Style{Width: 80}))
	assert.Contains(t, out.String(), "No single fault costs any carrier an alert.")
}

func TestAComparisonSaysThatNothingWasPerformed(t *testing.T) {
	t.Parallel()
	all := comparison()
	scenario := &all.Scenarios[0]
	scenario.Unjudged, scenario.Costliest, scenario.Actors = "nothing was performed", "", scenario.Actors[:1]
	scenario.Actors[0].Unjudged, scenario.Actors[0].Visibility = true, make([]compare.Visibility, 3)
	scenario.Faults = []compare.Fault{{Kind: "exclusion", Name: "program_data", Lost: []int{0, 0, 0}}}
	var out strings.Builder
	require.NoError(t, report.Compare(&out, all, report.Style{Width: 80}))
	assert.Contains(t, out.String(), "overlap  Three actors on the same hosts\n\n  Not judged: nothing was performed\n")
	assert.Contains(t, out.String(), "The cost of these faults is not judged")
	assert.Regexp(t, `exclusion program_data: +- +- +-\n`, out.String())
	assert.Regexp(t, `soft_cell, active from 0d: first seen +- +- +-\n`, out.String())
	assert.NotContains(t, out.String(), "never")
	assert.NotContains(t, out.String(), "None of these mistakes")

	var document strings.Builder
	require.NoError(t, report.CompareJSON(&document, all))
	value, err := jsonschema.UnmarshalJSON(strings.NewReader(document.String()))
	require.NoError(t, err)
	require.NoError(t, compile(t, report.Schema, report.CompareSchema).Validate(value))
}

func TestAComparisonIsAsItsSchemaSaysAndIsReadBack(t *testing.T) {
	t.Parallel()
	schema := compile(t, report.Schema, report.CompareSchema)
	var out strings.Builder
	require.NoError(t, report.CompareJSON(&out, comparison()))
	document, err := jsonschema.UnmarshalJSON(strings.NewReader(out.String()))
	require.NoError(t, err)
	require.NoError(t, schema.Validate(document))
	var back compare.Comparison
	require.NoError(t, json.Unmarshal([]byte(out.String()), &back))
	assert.Equal(t, comparison(), back)

	document.(map[string]any)["format"] = "ringer.run/1"
	assert.Error(t, schema.Validate(document), "another format")
}
