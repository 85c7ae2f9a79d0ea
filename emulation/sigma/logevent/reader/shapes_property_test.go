package reader_test

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"path"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/sigma"
	"github.com/ringer-lab/ringer/emulation/sigma/logevent"
	"github.com/ringer-lab/ringer/emulation/sigma/logevent/reader"
)

// said is a field as rules compare it.
func said(v any) string {
	if list, ok := v.([]any); ok {
		var parts []string
		for _, inside := range list {
			parts = append(parts, said(inside))
		}
		return "[" + strings.Join(parts, " ") + "]"
	}
	if v == nil {
		return ""
	}
	return fmt.Sprint(v)
}

// read reads what a tool wrote of one event.
func read(t testing.TB, text string) *logevent.Event {
	t.Helper()
	events, skipped := reader.All([]byte(text))
	require.Empty(t, skipped, text)
	require.Len(t, events, 1, text)
	return events[0]
}

// generated makes events of several logs, with and without names, and texts that
// formats have to escape.
func generated() []windowsEvent {
	random := rand.New(rand.NewPCG(1, 2))
	texts := []string{`C:\Windows\System32\cmd.exe`, "", "-", "0x3e7", `"quoted" <a & b>`, "two\nlines", "Zoë 😀", "  blanks ", "a,b;c\td", "{3f}", "%%1936", `\\srv\IPC$`, "4", "=x"}
	logs := []windowsEvent{
		{channel: "Microsoft-Windows-Sysmon/Operational", provider: "Microsoft-Windows-Sysmon", id: 12, names: []string{"RuleName", "EventType", "UtcTime", "ProcessGuid", "ProcessId", "Image", "TargetObject"}},
		{channel: "Linux-Sysmon/Operational", provider: "Linux-Sysmon", id: 1, names: []string{"UtcTime", "ProcessId", "Image", "CommandLine", "User"}},
		{channel: "Security", provider: "Microsoft-Windows-Security-Auditing", id: 4698, names: []string{"SubjectUserSid", "SubjectUserName", "SubjectDomainName", "SubjectLogonId", "TaskName", "TaskContent"}},
		{channel: "System", provider: "Service Control Manager", id: 7045, names: []string{"ServiceName", "ImagePath", "ServiceType", "StartType", "AccountName"}},
		{channel: "Microsoft-Windows-PowerShell/Operational", provider: "Microsoft-Windows-PowerShell", id: 4104, names: []string{"MessageNumber", "MessageTotal", "ScriptBlockText", "ScriptBlockId", "Path"}},
		{channel: "Application", provider: "ESENT", id: 325},
		{channel: "Windows PowerShell", provider: "PowerShell", id: 400},
	}
	var all []windowsEvent
	for n := range 120 {
		e := logs[n%len(logs)]
		e.computer, e.record = "HOST1", n+1
		e.at = time.UnixMilli(1_700_000_000_000 + random.Int64N(1e10)).UTC()
		count := len(e.names)
		if e.names == nil {
			count = 2 + random.IntN(3)
		}
		for range count {
			e.values = append(e.values, texts[random.IntN(len(texts))])
		}
		all = append(all, e)
	}
	return all
}

func TestOneEventIsTheSameInEveryShape(t *testing.T) {
	t.Parallel()
	for name, write := range shapesOfTools {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, e := range generated() {
				if e.provider == "Linux-Sysmon" && slices.Contains(positionalOnly, name) {
					continue // of Windows alone
				}
				text := write(&e)
				got := read(t, text)
				for field, want := range map[string]string{"EventID": fmt.Sprint(e.id), "Channel": e.channel, "Provider_Name": e.provider, "Computer": e.computer} {
					require.Equal(t, want, said(got.Fields[field]), "%s\n%s", field, text)
				}
				want := map[string]string{}
				for i, v := range e.values {
					if e.names != nil {
						want[e.names[i]] = v
					} else {
						want[fmt.Sprintf("param%d", i+1)] = v
					}
				}
				if e.names == nil {
					want["Data"] = "[" + strings.Join(e.values, " ") + "]"
				}
				for field, v := range want {
					require.Equal(t, v, said(got.Fields[field]), "%s\n%s", field, text)
				}
				require.Equal(t, logevent.WindowsLogSources(e.channel, e.id), got.LogSources, text)
				require.True(t, e.at.Equal(got.Time), "%s is read as %s\n%s", e.at, got.Time, text)
			}
		})
	}
}

// recorded are the events of recordings as evtx_dump wrote them, which have their data
// by name.
func recorded(t testing.TB, data fs.FS) []windowsEvent {
	var all []windowsEvent
	require.NoError(t, fs.WalkDir(data, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || path.Ext(name) != ".json" {
			return err
		}
		src, err := fs.ReadFile(data, name)
		require.NoError(t, err)
		in := json.NewDecoder(strings.NewReader(string(src)))
		in.UseNumber()
		for in.More() {
			var line struct {
				Event struct {
					System struct {
						Provider struct {
							Attributes struct{ Name string } `json:"#attributes"`
						}
						EventID           json.Number
						Channel, Computer string
						EventRecordID     int
						TimeCreated       struct {
							Attributes struct{ SystemTime time.Time } `json:"#attributes"`
						}
					}
					EventData map[string]any
				}
			}
			if in.Decode(&line) != nil {
				return nil // a list, or an event in another shape
			}
			system := line.Event.System
			id, err := system.EventID.Int64()
			if err != nil || len(line.Event.EventData) == 0 {
				continue
			}
			e := windowsEvent{channel: system.Channel, provider: system.Provider.Attributes.Name, computer: system.Computer, id: int(id), record: system.EventRecordID,
				at: system.TimeCreated.Attributes.SystemTime.Truncate(time.Millisecond)}
			for _, field := range slices.Sorted(maps.Keys(line.Event.EventData)) {
				if _, nested := line.Event.EventData[field].(map[string]any); nested || field == "#attributes" {
					continue
				}
				e.names, e.values = append(e.names, field), append(e.values, said(line.Event.EventData[field]))
			}
			all = append(all, e)
		}
		return nil
	}))
	return all
}

func TestRecordingsRaiseTheSameAlertsInEveryShape(t *testing.T) {
	t.Parallel()
	folder := os.Getenv("RINGER_SIGMAHQ")
	if folder == "" {
		t.Skip("RINGER_SIGMAHQ does not say where SigmaHQ's rules and recordings are")
	}
	rules, _ := sigma.LoadPaths(path.Join(folder, "rules"), path.Join(folder, "rules-emerging-threats"), path.Join(folder, "rules-threat-hunting"))
	set, _ := sigma.Compile(rules)
	events := recorded(t, os.DirFS(path.Join(folder, "regression_data")))
	require.NotEmpty(t, events)
	alerts := 0
	for i := range events {
		e := &events[i]
		want := titlesOf(set, read(t, shapesOfTools["evtx_dump"](e)))
		alerts += len(want)
		for name, write := range shapesOfTools {
			if slices.Contains(positionalOnly, name) {
				continue // the recordings do not have the order of the values
			}
			assert.Equal(t, want, titlesOf(set, read(t, write(e))), "%s\n%s", name, write(e))
		}
	}
	assert.Greater(t, alerts, 100)
	t.Logf("%d events raise %d alerts in each of %d shapes", len(events), alerts, len(shapesOfTools)-len(positionalOnly))
}

func titlesOf(set *sigma.Set, e *logevent.Event) []string {
	titles := []string{}
	for _, rule := range set.Match(e, nil) {
		titles = append(titles, rule.Title)
	}
	return titles
}
