package scenarios_test

import (
	"path"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/detect"
	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/runner"
	"github.com/ringer-lab/ringer/emulation/sigma"
	"github.com/ringer-lab/ringer/emulation/telemetry"
	"github.com/ringer-lab/ringer/lab/fake"
	"github.com/ringer-lab/ringer/scenarios"
)

// happen performs a plan in memory on a fresh asset and gives what the logs show.
func happen(t *testing.T, kind string, of func(asset.Host) effect.StepPlan) []event.Event {
	t.Helper()
	found, ok := scenarios.Library().Kind(kind)
	require.True(t, ok, kind)
	place := asset.Host{Kind: found, Hostname: found.Hostname}
	stage, err := runner.Verified(fake.Lab{Now: func() time.Time { return day }}).Open(t.Context(), runner.Asset{Name: "host", Place: place})
	require.NoError(t, err)
	outcome, err := stage.Perform(t.Context(), "step", of(place))
	require.NoError(t, err)
	require.NoError(t, outcome.CheckComplete())
	require.Empty(t, outcome.StandInErrors)
	events := telemetry.New("host", place).Translate(outcome.Observations, day)
	require.NoError(t, telemetry.NewCompletenessCheck("host", place).Verify(outcome.Observations, events))
	return events
}

// firing names the rules that fire, by their files.
func firing(t *testing.T, events []event.Event) ([]string, *detect.Sigma) {
	t.Helper()
	engine, problems := detect.NewSigma(ownRules(t))
	require.Empty(t, problems)
	alerts, err := engine.Detect(t.Context(), events, event.Native)
	require.NoError(t, err)
	var fired []string
	for _, alert := range alerts {
		fired = append(fired, nameOf(alert.Rule))
	}
	slices.Sort(fired)
	return slices.Compact(fired), engine
}

func ownRules(t *testing.T) []*sigma.Rule {
	t.Helper()
	rules, problems := sigma.LoadFS(scenarios.FS, "rules")
	require.Empty(t, problems)
	return rules
}

// speaking are those of our own rules that give alerts. A rule which only counts
// for a correlation gives none.
func speaking(t *testing.T) []*sigma.Rule {
	t.Helper()
	rules := ownRules(t)
	var counted []string
	for _, rule := range rules {
		counted = append(counted, rule.RelatedRules()...)
	}
	return slices.DeleteFunc(rules, func(r *sigma.Rule) bool {
		return slices.Contains(counted, r.ID) || r.Name != "" && slices.Contains(counted, r.Name)
	})
}

// fileNames are the rules' files by id, without suffix.
var fileNames = sync.OnceValue(func() map[string]string {
	rules, _ := sigma.LoadFS(scenarios.FS, "rules")
	names := map[string]string{}
	for _, rule := range rules {
		names[rule.ID] = strings.TrimSuffix(path.Base(rule.File), ".yml")
	}
	return names
})

func nameOf(id string) string { return fileNames()[id] }

func idOf(t *testing.T, name string) string {
	t.Helper()
	for id, fileName := range fileNames() {
		if fileName == name {
			return id
		}
	}
	require.Fail(t, "no rule file "+name+".yml")
	return ""
}
