package telemetry_test

import (
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
	"github.com/ringer-lab/ringer/emulation/sigma/sigmahqtest"
	"github.com/ringer-lab/ringer/lab/labtest"
	"github.com/ringer-lab/ringer/scenarios"
)

func reportedWindows(t *testing.T) []reported {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(sigmahqtest.Reported(t), "behaviours.json"))
	require.NoError(t, err)
	var all []reported
	require.NoError(t, json.Unmarshal(text, &all))
	all = slices.DeleteFunc(all, func(r reported) bool {
		_, ours := scenarios.Library().Behaviour(r.ID)
		return r.Platform != string(effect.Windows) || !ours
	})
	require.NotEmpty(t, all)
	return all
}

// notSeen are what a container's sensor cannot see, or a default leaves out.
var notSeen = map[string]string{
	"at_job_create f6de6525-4509-495a-8a82-1f8b0ed73a00":     "the record has AccessList in numbers; the rule waits for their text",
	"tool_files_delete 54786ddc-5b8a-11ed-9b6a-0242ac120002": "the packer is deleted only where it was brought along before",
}

func TestSigmaHQAnswersWindowsBehavioursAsReported(t *testing.T) {
	t.Parallel()
	engine := sigmaHQ(t, "rules/windows", "rules-threat-hunting/windows")
	for _, r := range reportedWindows(t) {
		t.Run(r.ID, func(t *testing.T) {
			t.Parallel()
			events := windowsEvents(t, r)
			joined := slices.ContainsFunc(r.Events, func(e struct {
				Logsource event.LogSource
				Fields    map[string]any
				Shape     event.Shape
			}) bool {
				return e.Shape == event.EDR
			})
			shape := map[bool]event.Shape{true: event.EDR, false: event.Native}[joined]
			fired := firingIn(t, engine, events, shape)
			for _, id := range r.Fires {
				if _, known := engine.FullRule(id); known && notSeen[r.ID+" "+id] == "" {
					assert.Contains(t, fired, id, engine.Explain(id, events, shape).Text)
				}
			}
			for _, near := range r.NearMiss {
				assert.NotContains(t, fired, near.ID, near.Why)
			}
		})
	}
}

// windowsEvents performs a behaviour with its defaults in memory. What was
// reported of a web server with IIS is of asset kind web there, of iis here.
func windowsEvents(t *testing.T, r reported) []event.Event {
	t.Helper()
	b, ok := scenarios.Library().Behaviour(r.ID)
	require.True(t, ok)
	kind := r.Asset
	if kind == "web" {
		kind = "iis"
	}
	return happen(t, kind, labtest.Planned(t, b, placeOf(t, kind), nil))
}

func firingIn(t *testing.T, engine *detect.Sigma, events []event.Event, shape event.Shape) []string {
	t.Helper()
	alerts, err := engine.Detect(t.Context(), events, shape)
	require.NoError(t, err)
	var fired []string
	for _, alert := range alerts {
		fired = append(fired, alert.Rule)
	}
	slices.Sort(fired)
	return slices.Compact(fired)
}

// telling are the fields by which an event is known again; the rest is a matter
// of the host (accounts, numbers, times, the name a service shows).
var telling = []string{"Image", "ParentImage", "TargetFilename", "TargetObject", "EventType", "EventID", "Channel", "TaskName", "Configuration", "OriginalFileName", "Description", "Product", "Company"}

// elsewhere are reported events whose like is not here: a part of their text,
// and why.
var elsewhere = map[string]string{
	"file_rename":              "no channel of Windows itself writes it",
	`PerfLogs\nb.exe`:          "the scanner that deletes itself is not brought along",
	"OriginalFileName:Rar.exe": "RAR's console program has its description in that field, as SigmaHQ's 27a72a60 expects",
	"{file_event windows } map[Image:C:\\Windows\\System32\\cmd.exe TargetFilename:C:\\$Recycle.Bin": "a move within a volume renames, which is no file event",
	"OfficeSync":                           "the task removed is the provisioned one",
	`D:\sites`:                             "the second site is an argument",
	"TargetFilename:C:\\PerfLogs\\rar.exe": "the packer is deleted only where it was brought along before",
	`Image:C:\Windows\System32\WindowsPowerShell\v1.0\powershell.exe TargetFilename:C:\Program Files`: "the page whose times are set is a provisioned one",
	"lim.w":            "the desk's user is ops02 here",
	"682003330-1108":   "an account's number is made of its name here",
	"svc-exch":         "the account is spelt with an underscore here",
	"logFile/@enabled": "the site's log is an argument",
}

func TestWindowsBehavioursLeaveWhatWasReported(t *testing.T) {
	t.Parallel()
	for _, r := range reportedWindows(t) {
		t.Run(r.ID, func(t *testing.T) {
			t.Parallel()
			events := windowsEvents(t, r)
			for _, want := range r.Events {
				fields := map[string]any{}
				for _, name := range telling {
					if value, ok := want.Fields[name]; ok {
						fields[name] = value
					}
				}
				if reason := absent(fmt.Sprint(want.Logsource, fields)); reason != "" {
					continue
				}
				if !slices.ContainsFunc(events, func(e event.Event) bool { return alike(e, want.Logsource, fields) }) {
					t.Errorf("nothing like %v %v", want.Logsource, fields)
				}
			}
		})
	}
}

func absent(wanted string) string {
	for part, reason := range elsewhere {
		if strings.Contains(wanted, part) {
			return reason
		}
	}
	return ""
}

func alike(e event.Event, source event.LogSource, fields map[string]any) bool {
	of := slices.ContainsFunc(e.Sources, func(s event.LogSource) bool {
		return covers(s.Category, source.Category) && covers(s.Product, source.Product) && covers(s.Service, source.Service)
	})
	for name, value := range fields {
		of = of && strings.EqualFold(fmt.Sprint(e.Fields[name]), fmt.Sprint(value))
	}
	return of
}
