package scenarios_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/behaviour"
	"github.com/ringer-lab/ringer/emulation/detect"
	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/sigma"
	"github.com/ringer-lab/ringer/emulation/sigma/sigmahqtest"
	"github.com/ringer-lab/ringer/emulation/verdict"
	"github.com/ringer-lab/ringer/lab/labtest"
	"github.com/ringer-lab/ringer/scenarios"
)

// recording is the kind of asset that stands for the hosts of recordings, not
// for one of the carrier's.
const recording = "audited_host"

// A false alarm is told of the activity that causes it, with its level: README.md
// lists all of them, and ordinary_days.hcl expects each.
func TestSigmaHQFalseAlarmsAreListed(t *testing.T) {
	t.Parallel()
	rules, _ := sigma.LoadPaths(filepath.Join(sigmahqtest.Folder(t), "rules"))
	engine, _ := detect.NewSigma(rules)
	expected := map[string]map[string]bool{}
	for _, p := range read(t, engine, "sigmahq") {
		kinds := map[string]string{}
		for _, host := range p.Assets {
			kinds[host.Name] = host.Place.Kind.Name
		}
		for _, baseline := range p.Baselines {
			if p.Name != "sigmahq-ordinary-days" {
				continue
			}
			fires := map[string]bool{}
			for _, want := range baseline.Expect {
				if want.Want == verdict.Fires {
					fires[want.Rule] = true
				}
			}
			expected[kinds[baseline.Asset]] = fires
		}
	}
	var rows []string
	for _, kind := range scenarios.Library().Kinds() {
		if kind.Name == recording || kind.Is(asset.ImageKind) {
			continue
		}
		found := map[string]bool{}
		for _, activity := range dayOf(t, kind.Name).Activities[kind.Name] {
			for _, alert := range alarms(t, engine, kind.Name, activity) {
				found[alert.Rule] = true
				rows = append(rows, fmt.Sprintf("| `%s` | `%s` | `%s` | %s |", kind.Name, activity.Name, alert.Rule[:8], alert.Level))
			}
		}
		assert.Equal(t, found, expected[kind.Name], "ordinary_days.hcl expects the false alarms on %s", kind.Name)
	}
	assert.Equal(t, rows, listedAlarms(t), "README.md lists the false alarms")
}

// alarms are the alerts on one activity, one for each rule, sorted by rule.
func alarms(t *testing.T, engine *detect.Sigma, kind string, activity behaviour.Activity) []detect.Alert {
	t.Helper()
	alerts, err := engine.Detect(t.Context(), happen(t, kind, func(on asset.Host) effect.StepPlan { return labtest.PlannedDay(t, activity, on) }), event.Native)
	require.NoError(t, err)
	slices.SortFunc(alerts, func(a, b detect.Alert) int { return strings.Compare(a.Rule, b.Rule) })
	return slices.CompactFunc(alerts, func(a, b detect.Alert) bool { return a.Rule == b.Rule })
}

var alarmRow = regexp.MustCompile("(?m)^\\| `\\w+` \\| `\\w+` \\| `[0-9a-f]{8}` \\| \\w+ \\|$")

func listedAlarms(t *testing.T) []string {
	t.Helper()
	text, err := os.ReadFile("README.md")
	require.NoError(t, err)
	return alarmRow.FindAllString(string(text), -1)
}
