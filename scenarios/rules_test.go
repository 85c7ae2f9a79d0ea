package scenarios_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/attack"
	"github.com/ringer-lab/ringer/emulation/behaviour"
	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/sigma"
	"github.com/ringer-lab/ringer/emulation/sigma/logevent"
	"github.com/ringer-lab/ringer/lab/labtest"
	"github.com/ringer-lab/ringer/scenarios"
)

func TestOwnRulesAnswerEveryBehaviour(t *testing.T) {
	t.Parallel()
	for _, b := range scenarios.Library().Behaviours() {
		if !b.Reported() {
			continue // what is re-enacted has the rules it was recorded for
		}
		t.Run(b.Name, func(t *testing.T) {
			t.Parallel()
			answer, ok := answers[b.Name]
			if !ok {
				t.Skip("no rule is written for it yet: it is a blind spot, and listed as one")
			}
			events := happen(t, b.Assets[0], func(on asset.Host) effect.StepPlan { return labtest.Planned(t, b, on, nil) })
			fired, engine := firing(t, events)
			for _, name := range answer.fires {
				name = string(b.Platform) + "_" + name
				assert.Contains(t, fired, name, engine.Explain(idOf(t, name), events, event.Native))
			}
			for _, name := range answer.near {
				assert.NotContains(t, fired, string(b.Platform)+"_"+name)
			}
		})
	}
}

// Silence on an ordinary day shows something only where the day has what comes
// near the rule, in an event that the rule reads.
func TestOwnRulesAreSilentOnWhatComesNearest(t *testing.T) {
	t.Parallel()
	for _, rule := range speaking(t) {
		name := nameOf(rule.ID)
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			near, ok := ordinary[name]
			require.True(t, ok, "a rule needs what comes nearest to it on an ordinary day")
			events := happen(t, near.kind, func(on asset.Host) effect.StepPlan { return labtest.PlannedDay(t, dayOf(t, near.kind), on) })
			assert.True(t, slices.ContainsFunc(events, func(e event.Event) bool { return reads(rule, e) && holds(e, near.holding) }),
				"the day of %s has %q", near.kind, near.holding)
			fired, _ := firing(t, events)
			assert.NotContains(t, fired, name)
		})
	}
}

func TestOwnRulesAreSilentOnOrdinaryDays(t *testing.T) {
	t.Parallel()
	for _, kind := range scenarios.Library().Kinds() {
		if kind.Is(asset.ImageKind) {
			continue // what its own daemon does on an ordinary day is its own
		}
		t.Run(kind.Name, func(t *testing.T) {
			t.Parallel()
			events := happen(t, kind.Name, func(on asset.Host) effect.StepPlan { return labtest.PlannedDay(t, dayOf(t, kind.Name), on) })
			fired, _ := firing(t, events)
			assert.NotEmpty(t, events)
			assert.Empty(t, fired)
		})
	}
}

func TestOwnRulesSeeWhatIsDoneByHand(t *testing.T) {
	t.Parallel()
	for _, act := range byHand {
		t.Run(act.rule, func(t *testing.T) {
			t.Parallel()
			events := happen(t, act.kind, func(asset.Host) effect.StepPlan { return effect.StepPlan{Processes: []effect.Process{act.do}} })
			fired, engine := firing(t, events)
			assert.Contains(t, fired, act.rule, engine.Explain(idOf(t, act.rule), events, event.Native))
		})
	}
}

// The rules that tell one argument's value from another's.
func TestOwnRulesTellArgumentsApart(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, behaviour, kind string
		given                 map[string]any
		silent                string
	}{
		{"a role's group does not govern", "domain_account_create", "domain_controller", map[string]any{"group": "Billing Operators"}, "windows_privileged_group_member"},
		{"a task of one's own is no system's", "scheduled_task_create", "domain_controller", map[string]any{"account": "own"}, "windows_task_created_for_system"},
		{"a page among compiled templates looks like one", "web_page_drop", "web", map[string]any{"folder": "template_cache"}, "linux_page_by_web_worker"},
		{"a folder without a dot hides nothing", "cdr_archive_split", "billing", map[string]any{"folder": "plain"}, "linux_packing_in_hidden_folder"},
		{"what is typed in the shell at hand makes no process", "shell_history_clear", "billing", map[string]any{"builtin": true}, "linux_history_off_in_own_shell"},
		{"a crontab is not an entry of the host", "cron_entry_install", "billing", map[string]any{"way": "crontab"}, "linux_cron_entry_by_hand"},
		{"the log daemon stopped leaves auditing on", "log_service_stop", "billing", map[string]any{"service": "rsyslog"}, "linux_auditing_switched_off"},
		{"two questions are no row", "network_discovery", "workstation", map[string]any{"asks": []string{"addresses", "shares"}}, "windows_network_questions_in_a_row"},
		{"a loop of pings is given no range", "remote_system_scan", "workstation", map[string]any{"ways": []string{"ping"}}, "windows_address_range_as_argument"},
		{"a finder is no dsquery without a limit", "directory_export", "domain_controller", map[string]any{"tools": []string{"finder"}}, "windows_directory_read_without_limit"},
		{"7-Zip is no RAR", "archive_tool_variants", "exchange", map[string]any{"tool": "7zip"}, "windows_rar_by_another_name"},
		{"the cmdlet is seen by others", "archive_library_powershell", "workstation", map[string]any{"ways": []string{"cmdlet"}}, "windows_script_packs_by_class"},
		{"all drives at once are what a logon script drops", "share_disconnect", "domain_controller", map[string]any{"what": "all"}, "windows_share_dropped_by_hand"},
		{"network and mail open no desktop", "valid_account_logon", "domain_controller", map[string]any{"ways": []string{"share", "mail"}}, "windows_service_account_at_desktop"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			b, ok := scenarios.Library().Behaviour(tt.behaviour)
			require.True(t, ok)
			fired, _ := firing(t, happen(t, tt.kind, func(on asset.Host) effect.StepPlan { return labtest.Planned(t, b, on, tt.given) }))
			assert.NotContains(t, fired, tt.silent)
		})
	}
}

func TestOwnRulesAreWhole(t *testing.T) {
	t.Parallel()
	ids := map[string]string{}
	for _, rule := range ownRules(t) {
		_, err := uuid.Parse(rule.ID)
		require.NoError(t, err, rule.File)
		assert.Empty(t, ids[rule.ID], "%s has an id of its own", rule.File)
		ids[rule.ID] = rule.File
		assert.Equal(t, "ringer", rule.Author, rule.File)
		assert.NotEmpty(t, rule.Description, rule.File)
		assert.NotEmpty(t, rule.Date, rule.File)
		assert.NotEmpty(t, rule.Level, rule.File)
		assert.NotEmpty(t, rule.FalsePositives, rule.File)
		techniques := 0
		for _, tag := range rule.Tags {
			if id, ok := attack.TagTechnique(tag); ok {
				assert.True(t, attack.Current.Has(id), "%s: %s is a technique", rule.File, tag)
				techniques++
			}
		}
		assert.Equal(t, rule.Tags, attack.Current.Tags(rule.Tags), "%s speaks ATT&CK %s", rule.File, attack.Current)
		assert.NotZero(t, techniques, rule.File)
	}
}

// dayOf is the ordinary day of a kind of asset.
func dayOf(t *testing.T, kind string) behaviour.Baseline {
	t.Helper()
	for _, baseline := range scenarios.Library().Baselines() {
		if slices.Contains(baseline.Assets, kind) {
			return baseline
		}
	}
	require.Fail(t, "no ordinary day on "+kind)
	return behaviour.Baseline{}
}

func reads(rule *sigma.Rule, e event.Event) bool {
	return slices.ContainsFunc(e.Sources, func(s event.LogSource) bool { return rule.LogSource.Contains(logevent.LogSource(s)) })
}

func holds(e event.Event, text string) bool {
	for _, value := range e.Shaped(event.Native) {
		if strings.Contains(fmt.Sprint(value), text) {
			return true
		}
	}
	return false
}
