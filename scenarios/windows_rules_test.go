package scenarios_test

import (
	"os"
	"path"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/behaviour"
	"github.com/ringer-lab/ringer/emulation/detect"
	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/persona"
	"github.com/ringer-lab/ringer/emulation/runner"
	"github.com/ringer-lab/ringer/emulation/sigma"
	"github.com/ringer-lab/ringer/lab/fake"
)

// answers are our own rules' to each Windows behaviour, by file name: one that
// sees it in what the log source itself writes, and one that comes near.
var answers = map[string]struct{ fires, near []string }{
	"owa_web_shell_drop":         {[]string{"outlook_front_page_written"}, []string{"site_page_written"}},
	"ecp_web_shell_drop":         {[]string{"outlook_front_page_written"}, []string{"site_page_written"}},
	"static_site_web_shell_drop": {[]string{"site_page_written"}, []string{"outlook_front_page_written"}},
	"web_worker_shell_spawn":     {[]string{"web_worker_starts_shell"}, []string{"site_page_written"}},
	"scheduled_task_create":      {[]string{"task_program_in_data_folder", "task_created_for_system"}, []string{"task_deleted"}},
	"windows_service_create":     {[]string{"service_program_in_data_folder"}, []string{"service_borrows_program_name"}},
	"masqueraded_service_create": {[]string{"service_borrows_program_name", "service_program_in_data_folder", "task_program_in_data_folder"}, []string{"task_created_for_system"}},
	"run_key_set":                {[]string{"run_value_data_folder"}, []string{"run_value_user_profile"}},
	"startup_folder_drop":        {[]string{"startup_folder_by_profile_program"}, []string{"office_add_in_written"}},
	"word_add_in_drop":           {[]string{"office_add_in_written"}, []string{"office_template_written"}},
	"domain_account_create":      {[]string{"privileged_group_member"}, []string{"local_administrators_member"}},
	"archive_rar_split":          {[]string{"archive_with_hidden_names", "archive_in_odd_folder", "recycle_bin_on_command_line"}, []string{"archive_with_7zip_password"}},
	"mailbox_export_request":     {[]string{"mailbox_export_asked"}, []string{"mailbox_export_to_web_folder"}},
	"stage_system_folders":       {[]string{"records_in_system_folder"}, []string{"archive_in_odd_folder"}},
	"stage_recycle_bin":          {[]string{"recycle_bin_on_command_line"}, []string{"archive_in_odd_folder"}},
	"event_log_clear":            {[]string{"security_log_cleared", "log_cleared"}, []string{"log_file_deleted"}},
	"file_timestomp":             {[]string{"served_file_set_back", "script_sets_creation_time"}, []string{"outlook_front_page_written"}},
	"tool_files_delete":          {[]string{"cmdlet_log_deleted", "shell_history_deleted"}, []string{"log_file_deleted"}},
	"iis_logging_disable":        {[]string{"web_requests_unlogged"}, []string{"log_cleared"}},
	"scheduled_task_remove":      {[]string{"task_deleted"}, []string{"task_program_in_data_folder"}},
}

func TestOwnRulesAnswerEveryWindowsBehaviour(t *testing.T) {
	t.Parallel()
	for _, one := range behaviour.All() {
		if one.Persona != effect.Windows {
			continue
		}
		t.Run(one.Name, func(t *testing.T) {
			t.Parallel()
			answer, ok := answers[one.Name]
			require.True(t, ok, "a behaviour needs a rule that sees it and one that comes near")
			planner, err := one.With(nil)
			require.NoError(t, err)
			events := happen(t, one.Assets[0], planner.Plan)
			fired, engine := firing(t, events)
			for _, name := range answer.fires {
				assert.Contains(t, fired, name, engine.Explain(idOf(t, name), events, event.Native))
			}
			for _, name := range answer.near {
				assert.NotContains(t, fired, name)
			}
		})
	}
}

func TestOwnRulesAreSilentOnOfficeDays(t *testing.T) {
	t.Parallel()
	day, ok := behaviour.FindBaseline("office_day")
	require.True(t, ok)
	for _, kind := range day.Assets {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			events := happen(t, kind, day.Plan)
			fired, _ := firing(t, events)
			assert.NotEmpty(t, events)
			assert.Empty(t, fired)
		})
	}
}

// The rules that tell one argument's value from another's.
func TestOwnRulesTellTheirNearMissesApart(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, behaviour, kind string
		given                 map[string]any
		silent                string
	}{
		{"a role's group does not govern", "domain_account_create", "domain_controller", map[string]any{"group": "Billing Operators"}, "privileged_group_member"},
		{"a task of one's own is no system's", "scheduled_task_create", "domain_controller", map[string]any{"account": "own"}, "task_created_for_system"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			one, ok := behaviour.Find(tt.behaviour)
			require.True(t, ok)
			planner, err := one.With(tt.given)
			require.NoError(t, err)
			fired, _ := firing(t, happen(t, tt.kind, planner.Plan))
			assert.NotContains(t, fired, tt.silent)
		})
	}
}

func happen(t *testing.T, kind string, plan func(asset.Place) effect.Plan) []event.Event {
	t.Helper()
	found, ok := asset.Find(kind)
	require.True(t, ok, kind)
	place := asset.Place{Kind: found, Hostname: found.Hostname}
	day := time.Date(2021, 3, 1, 8, 0, 0, 0, time.UTC)
	stage, err := fake.Lab{Now: func() time.Time { return day }}.Open(t.Context(), runner.Asset{Name: "host", Place: place})
	require.NoError(t, err)
	outcome, err := stage.Perform(t.Context(), "step", plan(place))
	require.NoError(t, err)
	require.Empty(t, outcome.Trouble)
	return persona.New("host", place).Translate(outcome.Observations, day)
}

// firing names the rule files that fire, without their prefix.
func firing(t *testing.T, events []event.Event) ([]string, *detect.Sigma) {
	t.Helper()
	rules, problems := sigma.LoadFS(os.DirFS("."), "rules")
	require.Empty(t, problems)
	engine, problems := detect.NewSigma(rules)
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

// fileNames are the rules' files by id, without prefix and suffix.
var fileNames = sync.OnceValue(func() map[string]string {
	rules, _ := sigma.LoadFS(os.DirFS("."), "rules")
	names := map[string]string{}
	for _, rule := range rules {
		name := strings.TrimSuffix(path.Base(rule.File), ".yml")
		names[rule.ID] = strings.TrimPrefix(name, "windows_")
	}
	return names
})

func nameOf(id string) string { return fileNames()[id] }

func idOf(t *testing.T, name string) string {
	t.Helper()
	for id, one := range fileNames() {
		if one == name {
			return id
		}
	}
	require.Fail(t, "no rule file windows_"+name+".yml")
	return ""
}
