package scenarios_test

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/detect"
	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/runner"
	"github.com/ringer-lab/ringer/emulation/telemetry"
	"github.com/ringer-lab/ringer/lab/fake"
	"github.com/ringer-lab/ringer/lab/labtest"
	"github.com/ringer-lab/ringer/scenarios"
)

// act is something done on a host on a virtual day.
type act struct {
	day        int
	kind, host string
	plan       func(*testing.T, asset.Host) effect.StepPlan
}

// does uses a behaviour.
func does(name string, given map[string]any) func(*testing.T, asset.Host) effect.StepPlan {
	return func(t *testing.T, on asset.Host) effect.StepPlan {
		t.Helper()
		b, ok := scenarios.Library().Behaviour(name)
		require.True(t, ok, name)
		return labtest.Planned(t, b, on, given)
	}
}

// types has an account start a program from an open prompt.
func types(user, image, line string) func(*testing.T, asset.Host) effect.StepPlan {
	return func(*testing.T, asset.Host) effect.StepPlan {
		prompt := typed(effect.Run{Process: effect.Process{Image: image, Args: []string{line}}})
		prompt.User = user
		return effect.StepPlan{Processes: []effect.Process{prompt}}
	}
}

// over performs acts, each host's on one and the same host, and gives what the
// logs of all show.
func over(t *testing.T, acts []act) []event.Event {
	t.Helper()
	type living struct {
		stage     runner.AssetSession
		place     asset.Host
		translate *telemetry.Translator
		check     *telemetry.CompletenessCheck
	}
	hosts := map[string]living{}
	var events []event.Event
	for _, act := range acts {
		on, there := hosts[act.host]
		if !there {
			kind, ok := scenarios.Library().Kind(act.kind)
			require.True(t, ok, act.kind)
			on.place = asset.Host{Kind: kind, Hostname: act.host}
			var err error
			on.stage, err = runner.Verified(fake.Lab{Now: func() time.Time { return day }}).Open(t.Context(), runner.Asset{Name: act.host, Place: on.place})
			require.NoError(t, err)
			on.translate, on.check = telemetry.New(act.host, on.place), telemetry.NewCompletenessCheck(act.host, on.place)
			hosts[act.host] = on
		}
		outcome, err := on.stage.Perform(t.Context(), "step", act.plan(t, on.place))
		require.NoError(t, err)
		require.NoError(t, outcome.CheckComplete())
		require.Empty(t, outcome.StandInErrors)
		made := on.translate.Translate(outcome.Observations, day.AddDate(0, 0, act.day))
		require.NoError(t, on.check.Verify(outcome.Observations, made))
		events = append(events, made...)
	}
	return events
}

// each has one thing done on several days.
func each(kind, host string, plan func(*testing.T, asset.Host) effect.StepPlan, days ...int) []act {
	var all []act
	for _, day := range days {
		all = append(all, act{day, kind, host, plan})
	}
	return all
}

// daily is every day so many times, from the first on, by a step.
func daily(times, step int) []int {
	days := make([]int, times)
	for i := range days {
		days[i] = i * step
	}
	return days
}

// What tells these apart is time alone, up to years of it.
func TestRulesOverTime(t *testing.T) {
	t.Parallel()
	const rested, week, many, years = "windows_task_rested_before_use", "windows_task_removed_within_a_week",
		"windows_service_account_on_many_hosts", "linux_call_records_packed_for_years"
	const dc, backup = "domain_controller", `CARRIER\svc_backup`
	made, start := does("scheduled_task_create", nil), does("scheduled_task_start", nil)
	gone := does("scheduled_task_remove", map[string]any{"name": "Samsung RunHelp"})
	packs := does("cdr_archive_split", nil)
	asks := types(backup, `C:\Windows\System32\whoami.exe`, "whoami")
	mirrors := types(backup, `C:\Windows\System32\robocopy.exe`, `robocopy C:\Exports \\FILE01\backup /mir`)
	for _, tt := range []struct {
		name  string
		rule  string
		fires int
		acts  []act
	}{
		{"a task made, and started after more than a year", rested, 1,
			[]act{{0, dc, "DC01", made}, {400, dc, "DC01", start}}},
		{"a task in use from the start", rested, 0,
			append([]act{{0, dc, "DC01", made}}, each(dc, "DC01", start, daily(60, 7)...)...)},
		{"a task for each quarter", rested, 0,
			append([]act{{0, dc, "DC01", made}}, each(dc, "DC01", start, 80, 165, 250, 335)...)},
		{"a task older than the rule looks back", rested, 0,
			[]act{{0, dc, "DC01", made}, {1200, dc, "DC01", start}}},
		{"a task of another host", rested, 0,
			[]act{{0, dc, "DC01", made}, {400, dc, "DC02", start}}},
		{"a task gone before the program started", rested, 0,
			[]act{{0, dc, "DC01", made}, {10, dc, "DC01", gone}, {400, dc, "DC01", start}}},

		{"a task gone after three days", week, 1, []act{{0, dc, "DC01", made}, {3, dc, "DC01", gone}}},
		{"a task gone after eight days", week, 0, []act{{0, dc, "DC01", made}, {8, dc, "DC01", gone}}},
		{"a task gone and another made", week, 0,
			[]act{{0, dc, "DC01", made}, {1, dc, "DC01", does("scheduled_task_remove", nil)}}},

		{"an account on three hosts in a month", many, 1,
			[]act{{0, dc, "DC01", asks}, {9, dc, "DC02", asks}, {20, "iis", "WEB02", asks}}},
		{"an account on two hosts, each day", many, 0,
			append(each(dc, "DC01", asks, daily(40, 1)...), each("iis", "WEB02", asks, daily(40, 1)...)...)},
		{"an account on three hosts in a year", many, 0,
			[]act{{0, dc, "DC01", asks}, {90, dc, "DC02", asks}, {180, "iis", "WEB02", asks}}},
		{"a person on three hosts", many, 0, []act{
			{0, dc, "DC01", types(`CARRIER\adm.tan`, `C:\Windows\System32\whoami.exe`, "whoami")},
			{1, dc, "DC02", types(`CARRIER\adm.tan`, `C:\Windows\System32\whoami.exe`, "whoami")},
			{2, "iis", "WEB02", types(`CARRIER\adm.tan`, `C:\Windows\System32\whoami.exe`, "whoami")},
		}},
		{"a backup of three hosts", many, 0,
			[]act{{0, dc, "DC01", mirrors}, {0, dc, "DC02", mirrors}, {0, "iis", "WEB02", mirrors}}},

		{"records fetched once a year", years, 1, each("billing", "BILL01", packs, 0, 365, 730)},
		{"records fetched twice", years, 0, each("billing", "BILL01", packs, 0, 365)},
		{"records fetched three times a day", years, 0, each("billing", "BILL01", packs, 5, 5, 5)},
		{"records fetched from three hosts", years, 0,
			[]act{{0, "billing", "BILL01", packs}, {365, "billing", "BILL02", packs}, {730, "billing", "BILL03", packs}}},
		{"records packed every week, as a backup does", years, 0, each("billing", "BILL01", packs, daily(100, 7)...)},
		{"records fetched every other year", years, 0, each("billing", "BILL01", packs, 0, 730, 1460)},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			engine, problems := detect.NewSigma(ownRules(t))
			require.Empty(t, problems)
			alerts, err := detect.All(t.Context(), []detect.Detector{engine}, over(t, tt.acts), event.Native)
			require.NoError(t, err)
			alerts = slices.DeleteFunc(alerts, func(a detect.Alert) bool { return nameOf(a.Rule) != tt.rule })
			assert.Len(t, alerts, tt.fires)
		})
	}
}
