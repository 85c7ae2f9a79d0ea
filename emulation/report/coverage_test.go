package report_test

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/attack"
	"github.com/ringer-lab/ringer/emulation/coverage"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/report"
)

// someCoverage has a technique that is seen, one that is not and one that waits.
func someCoverage() coverage.Document {
	return coverage.Document{
		Format: coverage.Format, ID: "01a22681-0000-7000-8000-000000000000", Version: "v1", Lab: "docker", Started: time.Date(2026, 11, 29, 8, 53, 0, 0, time.UTC), Attack: attack.Current,
		Summary: coverage.Summary{Performed: 2, Seen: 1, ByOwn: 1, Waiting: 1},
		Tactics: []coverage.Tactic{
			{ID: "TA0003", Name: "Persistence", Techniques: []string{"T1053.005", "T1078.004", "T1505.003"}, Performed: 2, Seen: 1},
			{ID: "TA0004", Name: "Privilege Escalation", Techniques: []string{"T1053.005"}, Performed: 1},
			{ID: "TA0001", Name: "Initial Access", Techniques: []string{"T1078.004"}},
		},
		Techniques: []coverage.Technique{
			{ID: "T1053.005", Name: "Scheduled Task", Steps: []string{"mail/task"}, Seen: []string{}, Own: []string{}, Others: []string{}, Rules: 4, Needs: []coverage.Need{{Kind: coverage.NeedsRule, Reason: `the nearest on it, "Task", is 1 away: CommandLine must contain "/create"`, Steps: []string{"mail/task"}}}},
			{ID: "T1078.004", Name: "Cloud Accounts", Steps: []string{}, Seen: []string{}, Own: []string{}, Others: []string{}, Rules: 1, Needs: []coverage.Need{{Kind: coverage.NeedsStep, Reason: "1 rule is on it, and no step performs it"}}},
			{ID: "T1505.003", Name: "Web Shell", Steps: []string{"mail/page"}, Seen: []string{"mail/page"}, Own: []string{"a"}, Others: []string{"b", "c"}, Rules: 9, Needs: []coverage.Need{}},
		},
		LogSources: []coverage.LogSource{
			{Source: event.LogSource{Product: "windows", Category: "process_creation", Service: "sysmon"}, Events: 12, Rules: 4, Firing: 1, Hosts: []string{"exchange"}},
			{Source: event.LogSource{Product: "windows", Category: "process_termination"}, Events: 2, Hosts: []string{"exchange"}},
			{Source: event.LogSource{Product: "windows", Service: "system"}, Rules: 2, Hosts: []string{"exchange"}},
			{Source: event.LogSource{Product: "aws", Service: "cloudtrail"}, Rules: 1, Hosts: []string{}},
		},
	}
}

func TestWhatIsSeenComesByTactic(t *testing.T) {
	t.Parallel()
	var out strings.Builder
	require.NoError(t, report.Coverage(&out, someCoverage(), report.Style{Width: 80}))
	golden(t, "coverage_80.golden", out.String())
	for line := range strings.Lines(out.String()) {
		assert.LessOrEqual(t, len([]rune(strings.TrimRight(line, "\n"))), 80)
	}
}

func TestACoverageIsAsItsSchemaSays(t *testing.T) {
	t.Parallel()
	schema := compile(t, report.CoverageSchema)
	var out bytes.Buffer
	require.NoError(t, report.CoverageJSON(&out, someCoverage()))
	document, err := jsonschema.UnmarshalJSON(&out)
	require.NoError(t, err)
	assert.NoError(t, schema.Validate(document))
}
