package sigma

import (
	"encoding/json"
	"runtime/debug"
	"slices"
	"testing"
	"time"

	"github.com/ringer-lab/ringer/emulation/sigma/logevent"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestMatchDoesNotAllocate(t *testing.T) {
	if info, ok := debug.ReadBuildInfo(); ok && slices.Contains(info.Settings, debug.BuildSetting{Key: "-race", Value: "true"}) {
		t.Skip("the race detector makes pools forget")
	}
	rules, problems := Parse("rules.yml", []byte(`
title: texts
logsource: {category: process_creation, product: windows}
detection: {s: {Image|endswith: '\cmd.exe', CommandLine|contains|all: [whoami, É]}, f: {User: SYSTEM}, condition: s and not f}
---
title: numbers
logsource: {category: process_creation, product: windows}
detection: {s: {Id|gte: 4, Ratio|lt: 2.5, When|hour: 8, Address|cidr: 10.0.0.0/8, CommandLine|re: 'who(ami|is)$'}, condition: s}
---
title: shapes
logsource: {product: windows}
detection: {k: [whoami], n: {outer.inner|startswith: va, Image|fieldref|neq: Parent, gone: null, User|exists: true}, condition: k and n}
`))
	require.Empty(t, problems)
	set, _ := Compile(rules)
	ev := &logevent.Event{LogSources: []logevent.LogSource{{Category: "process_creation", Product: "windows"}, {Product: "windows", Service: "sysmon"}},
		Fields: map[string]any{"Image": `C:\Windows\cmd.exe`, "Parent": "x", "CommandLine": "echo É & WHOAMI whoami", "User": "corp", "Id": 4.5,
			"Ratio": json.Number("1.50"), "When": time.Date(2024, 5, 1, 8, 0, 0, 0, time.UTC), "Address": []any{"no address", "10.1.2.3", "1.2.3.4.5"},
			"outer": map[string]any{"inner": []any{1.0, "value"}}}}
	out := make([]*Rule, 0, 3)
	assert.Len(t, set.Match(ev, out), 3)
	assert.Zero(t, testing.AllocsPerRun(200, func() { out = set.Match(ev, out[:0]) }))
	ev.LogSources = nil
	assert.Zero(t, testing.AllocsPerRun(200, func() { out = set.Match(ev, out[:0]) }))
}
