package telemetry_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/detect"
	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/sigma"
	"github.com/ringer-lab/ringer/emulation/sigma/sigmahqtest"
	"github.com/ringer-lab/ringer/lab/labtest"
	"github.com/ringer-lab/ringer/scenarios"
)

// reported is an entry of behaviours.json.
type reported struct {
	ID       string
	Platform string `json:"persona"`
	Asset    string
	Events   []struct {
		Logsource event.LogSource
		Fields    map[string]any
		Shape     event.Shape
	}
	Fires    []string
	NearMiss []struct{ ID, Why string } `json:"near_miss"`
}

func reportedLinux(t *testing.T) []reported {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(sigmahqtest.Reported(t), "behaviours.json"))
	require.NoError(t, err)
	var all []reported
	read := json.NewDecoder(bytes.NewReader(text))
	read.UseNumber()
	require.NoError(t, read.Decode(&all))
	all = slices.DeleteFunc(all, func(r reported) bool {
		_, ours := scenarios.Library().Behaviour(r.ID)
		return r.Platform != string(effect.Linux) || !ours
	})
	require.NotEmpty(t, all)
	return all
}

// sigmaHQ are SigmaHQ's rules of some folders; it skips the test where they are not at
// hand.
func sigmaHQ(t *testing.T, folders ...string) *detect.Sigma {
	t.Helper()
	root := sigmahqtest.Folder(t)
	for i, folder := range folders {
		folders[i] = filepath.Join(root, folder)
	}
	rules, _ := sigma.LoadPaths(folders...)
	engine, _ := detect.NewSigma(rules)
	return engine
}

// otherwise are near misses that fire here, each with its reason.
var otherwise = map[string]string{
	"timestamp_borrow c0d3734d-330f-4a03-aae2-65dacc6a8222": "the web host audits every start by www-data, so the rule fires on the start of touch",
}

func TestSigmaHQAnswersLinuxBehavioursAsReported(t *testing.T) {
	t.Parallel()
	engine := sigmaHQ(t, "rules/linux", "rules/web", "rules/application", "rules/category", "rules-threat-hunting/linux")
	for _, r := range reportedLinux(t) {
		t.Run(r.ID, func(t *testing.T) {
			t.Parallel()
			events := linuxEvents(t, r)
			fired := firing(t, engine, events)
			for _, id := range r.Fires {
				if assert.Contains(t, ruleIDs(engine), id, "a rule of the set") {
					assert.Contains(t, fired, id, engine.Explain(id, events, event.Native).Text)
				}
			}
			for _, near := range r.NearMiss {
				if _, known := engine.FullRule(near.ID); known && otherwise[r.ID+" "+near.ID] == "" {
					assert.NotContains(t, fired, near.ID, near.Why)
				}
			}
		})
	}
}

// hosts are the fields that are a matter of the host: numbers of processes and
// accounts, addresses, homes. A rename's new name is the fourth path of the call.
var hosts = []string{"pid", "EventID", "c-ip", "CurrentDirectory", "auid", "tty", "ouid", "mode", "item"}

// differs are events that an emulation words otherwise, each with its reason.
var differs = []struct{ behaviour, holding, why string }{
	{"cdr_archive_split", "-C", "packs the records where mediation puts them, so that the step stands alone"},
	{"cdr_archive_split", "gzip", "one packer a step: the argument packer chooses gzip"},
	{"cdr_archive_split", "b.zip", "one packer a step: the argument packer chooses zip"},
	{"cdr_stage_hidden_folder", "CommandLine:cp /srv", "copies keep their times in all three folders"},
	{"cdr_sweep_newer", "cp -t /var/tmp/.font-unix /srv", "a day has four records"},
	{"host_log_clear", "shred", "a billing host has no web server: the mail log is shredded"},
	{"local_account_add", "\"Mediation sync\"", "Sysmon for Linux joins arguments with blanks and quotes none"},
	{"timestamp_borrow", "locale_th.php", "the account page unless told that a page was dropped before, so that the step stands alone"},
}

// An emulation leaves what was reported: each event there has its like here,
// but for what is a matter of the host.
func TestLinuxBehavioursLeaveWhatWasReported(t *testing.T) {
	t.Parallel()
	for _, r := range reportedLinux(t) {
		t.Run(r.ID, func(t *testing.T) {
			t.Parallel()
			events := linuxEvents(t, r)
			for _, want := range r.Events {
				fields := want.Fields
				for _, name := range hosts {
					delete(fields, name)
				}
				if slices.ContainsFunc(differs, func(d struct{ behaviour, holding, why string }) bool {
					return d.behaviour == r.ID && strings.Contains(fmt.Sprint(fields), d.holding)
				}) {
					continue
				}
				assert.True(t, slices.ContainsFunc(events, func(e event.Event) bool {
					return slices.ContainsFunc(e.Sources, func(s event.LogSource) bool {
						return covers(s.Category, want.Logsource.Category) && covers(s.Product, want.Logsource.Product) && covers(s.Service, want.Logsource.Service)
					}) && has(e.Shaped(want.Shape), fields)
				}), "%v %v", want.Logsource, fields)
			}
		})
	}
}

func covers(have, want string) bool { return want == "" || have == want }

func has(fields, want map[string]any) bool {
	for name, value := range want {
		if fmt.Sprint(fields[name]) != fmt.Sprint(value) {
			return false
		}
	}
	return true
}

// linuxEvents performs a behaviour with its defaults in memory.
func linuxEvents(t *testing.T, r reported) []event.Event {
	t.Helper()
	b, ok := scenarios.Library().Behaviour(r.ID)
	require.True(t, ok)
	return happen(t, r.Asset, labtest.Planned(t, b, placeOf(t, r.Asset), nil))
}

func firing(t *testing.T, engine *detect.Sigma, events []event.Event) []string {
	t.Helper()
	alerts, err := engine.Detect(t.Context(), events, event.Native)
	require.NoError(t, err)
	var fired []string
	for _, alert := range alerts {
		fired = append(fired, alert.Rule)
	}
	slices.Sort(fired)
	return slices.Compact(fired)
}

func ruleIDs(engine *detect.Sigma) []string {
	var all []string
	for _, rule := range engine.Rules() {
		all = append(all, rule.ID)
	}
	return all
}
