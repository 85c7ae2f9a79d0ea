package sigma

import (
	"testing"
	"time"

	"github.com/ringer-lab/ringer/emulation/sigma/logevent"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// nearRules are a rule about single events, and correlations that rest on it.
const nearRules = `
title: Page by a worker
name: page
logsource: {product: windows, category: file_event}
detection:
    page:
        TargetFilename|endswith: ['.aspx', '.ashx']
    worker:
        Image|endswith: '\w3wp.exe'
    filter:
        TargetFilename|contains: '\Temp\'
    condition: page and worker and not filter
---
title: Shell
name: shell
logsource: {product: windows, category: process_creation}
detection:
    shell:
        Image|endswith: '\cmd.exe'
        User: SYSTEM
    condition: shell
---
title: Two pages
name: two
correlation:
    type: event_count
    rules: [page]
    timespan: 1h
    condition: {gte: 2}
---
title: Page, then shell
name: both
correlation:
    type: temporal_ordered
    rules: [page, shell]
    timespan: 1h
    generate: true
---
title: Not evaluated
name: broken
correlation:
    type: event_count
    rules: [nowhere]
    timespan: 1h
    condition: {gte: 2}
`

func fileEvent(path, image string) *logevent.Event {
	return &logevent.Event{
		LogSources: []logevent.LogSource{{Product: "windows", Category: "file_event", Service: "sysmon"}},
		Fields:     map[string]any{"TargetFilename": path, "Image": image}, Time: time.Unix(0, 0),
	}
}

func processEvent(image, user string) *logevent.Event {
	return &logevent.Event{
		LogSources: []logevent.LogSource{{Product: "windows", Category: "process_creation"}},
		Fields:     map[string]any{"Image": image, "User": user}, Time: time.Unix(1, 0),
	}
}

func TestNearestSaysHowFewPredicatesWereWrong(t *testing.T) {
	t.Parallel()
	rules, problems := Parse("near.yml", []byte(nearRules))
	require.Zero(t, Errors(problems), "%v", problems)
	set, _ := Compile(rules)
	const w3wp = `C:\inetsrv\w3wp.exe`
	page, text := fileEvent(`C:\x.aspx`, w3wp), fileEvent(`C:\x.txt`, "vim")
	const extension, worker = `TargetFilename must end with ".aspx" or ".ashx"`, `Image must end with "\w3wp.exe"`
	for _, test := range []struct {
		name, rule string
		events     []*logevent.Event
		at         int
		changes    []string
	}{
		{"one predicate away", "page", []*logevent.Event{text, fileEvent(`C:\x.aspx`, "vim")}, 1, []string{worker}},
		{"of equals the first", "page", []*logevent.Event{fileEvent(`C:\y.txt`, w3wp), fileEvent(`C:\x.aspx`, "vim")}, 0, []string{extension}},
		{"two away", "page", []*logevent.Event{text}, 0, []string{extension, worker}},
		{"away by what is filtered", "page", []*logevent.Event{fileEvent(`C:\Temp\x.aspx`, w3wp)}, 0, []string{`TargetFilename must not contain "\Temp\"`}},
		{"events of other log sources do not come near", "page", []*logevent.Event{processEvent(w3wp, "x"), text}, 1, []string{extension, worker}},
		{"asked of nothing", "page", []*logevent.Event{processEvent(w3wp, "x")}, -1, nil},
		{"no events", "page", nil, -1, nil},
		{"of a rule that is not evaluated", "broken", []*logevent.Event{text}, -1, nil},
		{"a count wants one more match", "two", []*logevent.Event{page, text, fileEvent(`C:\x.aspx`, "vim")}, 2, []string{worker}},
		{"a count whose events all match", "two", []*logevent.Event{page}, 0, []string{"the matching events must satisfy event_count >= 2 within 1h"}},
		{"an order wants the rule that nothing matches", "both", []*logevent.Event{page, fileEvent(`C:\x.aspx`, "vim"), processEvent("sh", "x")}, 2, []string{`Image must end with "\cmd.exe"`, `User must be "SYSTEM"`}},
		{"an order whose rules all match", "both", []*logevent.Event{processEvent(`C:\cmd.exe`, "SYSTEM"), page}, 0, []string{"the matching events must satisfy temporal_ordered >= 2 within 1h"}},
		{"a correlation asked of nothing", "two", []*logevent.Event{processEvent("x", "x")}, -1, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			rule, ok := set.Rule(test.rule)
			require.True(t, ok)
			near, ok := set.NearMiss(rule, test.events)
			require.Equal(t, test.at >= 0, ok)
			if ok {
				assert.Equal(t, test.at, near.Event)
				assert.Equal(t, test.changes, near.Changes)
				assert.Equal(t, rule.Kind == Correlation, near.Correlation != "")
			}
		})
	}
}

func TestACorrelationIsAskedOfWhatItsRulesAreAskedOf(t *testing.T) {
	t.Parallel()
	rules, _ := Parse("near.yml", []byte(nearRules))
	set, _ := Compile(rules)
	page, shell := fileEvent(`C:\x.aspx`, "vim"), processEvent("x", "x")
	for name, want := range map[string][2]bool{
		"page": {true, false}, "shell": {false, true}, "two": {true, false}, "both": {true, true}, "broken": {false, false},
	} {
		rule, ok := set.Rule(name)
		require.True(t, ok)
		asks := set.LogSourceMatcher(rule)
		assert.Equal(t, want, [2]bool{asks(page), asks(shell)}, name)
	}
}

// The lean count of what stands in the way is zero just where the rule fits.
func TestNothingIsMissingWhereARuleFits(t *testing.T) {
	t.Parallel()
	for _, c := range readCases(t, ownCases) {
		if c.Error || c.Events != nil {
			continue
		}
		rules, _ := Parse("case.yml", []byte(c.Rule))
		set, _ := Compile(rules)
		ev := &logevent.Event{Fields: c.Event}
		for _, p := range set.detections {
			assert.Equal(t, p.expr().holds(ev), p.expr().mismatches(ev, true) == 0, c.Name)
			assert.Equal(t, p.expr().holds(ev), p.expr().mismatches(ev, false) > 0, c.Name)
			assert.Equal(t, p.expr().holds(ev), len(p.expr().changes(ev)) == 0, c.Name)
		}
	}
}
