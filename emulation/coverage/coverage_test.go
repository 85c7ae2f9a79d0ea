package coverage_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/coverage"
	"github.com/ringer-lab/ringer/emulation/detect"
	"github.com/ringer-lab/ringer/emulation/plan"
	"github.com/ringer-lab/ringer/emulation/runner"
	"github.com/ringer-lab/ringer/emulation/sigma"
	"github.com/ringer-lab/ringer/emulation/telemetry"
	"github.com/ringer-lab/ringer/lab/fake"
	"github.com/ringer-lab/ringer/scenarios"
)

var day = time.Date(2026, 3, 1, 8, 0, 0, 0, time.UTC)

const rules = `
title: Page Dropped
id: 11111111-1111-4111-8111-111111111111
logsource: {product: windows, category: file_event}
detection:
  page: {TargetFilename|endswith: '.aspx'}
  condition: page
---
title: Page Dropped by a Pool's Worker
id: 22222222-2222-4222-8222-222222222222
logsource: {product: windows, category: file_event}
detection:
  page: {TargetFilename|endswith: '.aspx', CommandLine|contains: 'AppPool'}
  condition: page
---
title: Logon
id: 33333333-3333-4333-8333-333333333333
logsource: {product: windows, service: security}
detection:
  logon: {EventID: 4624}
  condition: logon
`

// inMemory performs in a lab whose events count as observed.
func inMemory() runner.Runner {
	now := func() time.Time { return day }
	return runner.Runner{
		Lab: fake.Lab{Now: now, ClaimObserved: true}, Now: now,
		NewTranslate: func(a plan.Asset) runner.Translate { return telemetry.New(a.Name, a.Place).Translate },
		NewCheck: func(a plan.Asset) runner.TelemetryCheck {
			return telemetry.NewCompletenessCheck(a.Name, a.Place).Verify
		},
	}
}

func of(t *testing.T, name, rules string) coverage.Coverage {
	t.Helper()
	b, ok := scenarios.Library().Behaviour(name)
	require.True(t, ok)
	parsed, problems := sigma.Parse("rules.yml", []byte(rules))
	require.Empty(t, problems)
	engine, problems := detect.NewSigma(parsed)
	require.Empty(t, problems)
	kind, ok := scenarios.Library().Kind(b.Assets[0])
	require.True(t, ok)
	covered, err := coverage.Measure(t.Context(), inMemory(), b, asset.Host{Kind: kind, Hostname: kind.Hostname}, engine)
	require.NoError(t, err)
	return covered
}

func TestRulesAreToldApartByWhatTheyNeed(t *testing.T) {
	t.Parallel()
	covered := of(t, "owa_web_shell_drop", rules)
	assert.Equal(t, coverage.Coverage{
		Reported: []string{"emissary_panda"}, Emulated: true,
		Detected: []string{"11111111-1111-4111-8111-111111111111"}, Joined: []string{"22222222-2222-4222-8222-222222222222"}, Stated: []string{},
		Asked: 2,
	}, covered)
	assert.False(t, covered.Blind())
}

func TestADeclaredRecordCountsForNothing(t *testing.T) {
	t.Parallel()
	covered := of(t, "valid_account_logon", rules)
	assert.True(t, covered.Emulated, "the table of sessions was written")
	assert.True(t, covered.NotAsked())
	assert.False(t, covered.Blind(), "the rule about logons had no logon to look at")
}

func TestARuleThatIsAskedAndSeesNothingIsBlind(t *testing.T) {
	t.Parallel()
	covered := of(t, "ecp_web_shell_drop", `
title: Script Dropped
id: 11111111-1111-4111-8111-111111111111
logsource: {product: windows, category: file_event}
detection:
  page: {TargetFilename|endswith: '.vbs'}
  condition: page
`)
	assert.True(t, covered.Blind())
	assert.False(t, covered.NotAsked())
}
