package reader_test

import (
	"testing"

	"github.com/ringer-lab/ringer/emulation/sigma"
	"github.com/ringer-lab/ringer/emulation/sigma/logevent/reader"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/sigma/logevent"
)

// Collectors write one and the same Windows event in many ways; rules find it in
// each of them.
func TestShapesOfAWindowsEvent(t *testing.T) {
	t.Parallel()
	rules, problems := sigma.Parse("", []byte(`title: whoami
logsource:
    product: windows
    category: process_creation
detection:
    sel:
        Image|endswith: '\whoami.exe'
        CommandLine|contains: ' /all'
    condition: sel
`))
	require.Zero(t, sigma.Errors(problems), problems)
	set, _ := sigma.Compile(rules)
	for _, c := range []struct {
		name, record string
		fires        bool
	}{
		{"XML in JSON", `{"Event": {"System": {"EventID": 1, "Channel": "Microsoft-Windows-Sysmon/Operational"},
			"EventData": {"Image": "C:\\whoami.exe", "CommandLine": "whoami /all"}}}`, true},
		{"data with names", `{"Event": {"System": {"EventID": {"#text": "1", "@Qualifiers": ""}, "Channel": "Microsoft-Windows-Sysmon/Operational"},
			"EventData": {"Data": [{"@Name": "Image", "#text": "C:\\whoami.exe"}, {"@Name": "CommandLine", "#text": "whoami /all"}]}}}`, true},
		{"Security's names", `{"Event": {"System": {"EventID": 4688, "Channel": "Security"},
			"EventData": {"NewProcessName": "C:\\whoami.exe", "CommandLine": "whoami /all"}}}`, true},
		{"flat", `{"EventID": 1, "Channel": "Microsoft-Windows-Sysmon/Operational", "Image": "C:\\whoami.exe", "CommandLine": "whoami /all"}`, true},
		{"flat, Security's names", `{"EventID": "4688", "Channel": "Security", "NewProcessName": "C:\\whoami.exe", "CommandLine": "whoami /all"}`, true},
		{"flat, data apart", `{"EventID": 1, "Channel": "Microsoft-Windows-Sysmon/Operational",
			"EventData": {"Image": "C:\\whoami.exe", "CommandLine": "whoami /all"}}`, true},
		{"flat, another event", `{"EventID": 3, "Channel": "Microsoft-Windows-Sysmon/Operational", "Image": "C:\\whoami.exe", "CommandLine": "whoami /all"}`, false},
		{"Winlogbeat", `{"winlog": {"channel": "Microsoft-Windows-Sysmon/Operational", "event_id": "1",
			"event_data": {"Image": "C:\\whoami.exe", "CommandLine": "whoami /all"}}}`, true},
		{"Winlogbeat, dotted", `{"winlog.channel": "Security", "winlog.event_id": 4688,
			"winlog.event_data.NewProcessName": "C:\\whoami.exe", "winlog.event_data.CommandLine": "whoami /all"}`, true},
		{"Winlogbeat, another event", `{"winlog": {"channel": "Security", "event_id": 4689,
			"event_data": {"Image": "C:\\whoami.exe", "CommandLine": "whoami /all"}}}`, false},
		{"a search engine's hit", `{"_index": "logs", "_source": {"winlog": {"channel": "Microsoft-Windows-Sysmon/Operational", "event_id": 1,
			"event_data": {"Image": "C:\\whoami.exe", "CommandLine": "whoami /all"}}}}`, true},
		{"Chainsaw", `{"group": "Sigma", "document": {"kind": "evtx", "data": {"Event": {"System": {"EventID": 1, "Channel": "Microsoft-Windows-Sysmon/Operational"},
			"EventData": {"Image": "C:\\whoami.exe", "CommandLine": "whoami /all"}}}}}`, true},
		{"EvtxECmd", `{"Channel": "Microsoft-Windows-Sysmon/Operational", "EventId": 1, "Provider": "Microsoft-Windows-Sysmon",
			"Payload": "{\"EventData\":{\"Data\":[{\"@Name\":\"Image\",\"#text\":\"C:\\\\whoami.exe\"},{\"@Name\":\"CommandLine\",\"#text\":\"whoami /all\"}]}}"}`, true},
		{"EvtxECmd, its data no JSON", `{"Channel": "Microsoft-Windows-Sysmon/Operational", "EventId": 1, "Payload": "{"}`, false},
		{"nothing around nothing", `{"document": 5, "Payload": {}, "EventId": 1, "Channel": "x"}`, false},
		{"Winlogbeat without a channel", `{"winlog": {"event_data": {"Image": "C:\\whoami.exe", "CommandLine": "whoami /all"}}}`, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			events, skipped := reader.All([]byte(c.record))
			require.Empty(t, skipped)
			require.Len(t, events, 1)
			assert.Equal(t, c.fires, len(set.Match(events[0], nil)) == 1, "%v", events[0])
		})
	}
}

// ECS's names stay beside those that rules use, and the time is the shipper's.
func TestWinlogbeatKeepsItsFields(t *testing.T) {
	t.Parallel()
	events, skipped := reader.All([]byte(`{"@timestamp": "2024-05-01T10:00:00.5Z", "host": {"name": "MAIL01"},
		"winlog": {"channel": "System", "event_id": 7045, "provider_name": "Service Control Manager", "event_data": {"Service Name": "x"}}}`))
	require.Empty(t, skipped)
	ev := events[0]
	assert.Equal(t, []logevent.LogSource{{Product: "windows", Service: "system"}}, ev.LogSources)
	assert.Equal(t, "x", ev.Fields["ServiceName"])
	assert.Equal(t, "Service Control Manager", ev.Fields["Provider_Name"])
	assert.Equal(t, map[string]any{"name": "MAIL01"}, ev.Fields["host"])
	assert.Equal(t, "2024-05-01T10:00:00.5Z", ev.Time.Format("2006-01-02T15:04:05.999Z07:00"))
}

func TestSysmonForLinuxIsLinux(t *testing.T) {
	t.Parallel()
	events, skipped := reader.All([]byte(`{"Event": {"System": {"EventID": 1, "Channel": "Linux-Sysmon/Operational"}, "EventData": {"Image": "/bin/sh"}}}`))
	require.Empty(t, skipped)
	assert.Equal(t, []logevent.LogSource{{Category: "process_creation", Product: "linux", Service: "sysmon"}}, events[0].LogSources)
}
