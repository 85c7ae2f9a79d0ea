package hunt_test

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/detect"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/hunt"
	"github.com/ringer-lab/ringer/emulation/hunt/hunttest"
	"github.com/ringer-lab/ringer/emulation/hunt/query"
	"github.com/ringer-lab/ringer/emulation/hunt/stream"
	"github.com/ringer-lab/ringer/emulation/sigma"
)

// days is some days of a recording that ringer brings along.
var days = sync.OnceValues(func() ([]hunt.Record, error) {
	ordinary, performed, err := hunttest.Records("../../scenarios/recordings/overlap.ringer")
	if err != nil {
		return nil, err
	}
	from := time.Date(2026, 11, 28, 0, 0, 0, 0, time.UTC)
	s := stream.New(stream.Options{From: from, To: from.AddDate(0, 0, 6)})
	s.AddOrdinary(ordinary)
	s.AddPerformed(performed)
	return s.Until(from.AddDate(9, 0, 0), 1<<20), nil
})

func storeOfDays(t *testing.T) (*hunt.Store, []hunt.Record) {
	t.Helper()
	records, err := days()
	require.NoError(t, err)
	s := hunt.New(hunt.Options{Key: []byte("key"), Ordinary: records[:500], Trials: 2})
	for at := 0; at < len(records); at += 1000 {
		s.Add(records[at:min(at+1000, len(records))])
	}
	return s, records
}

const (
	netRule = `
title: Net
name: net
logsource: {category: process_creation, product: windows}
detection:
  sel: {Image|endswith: ['\net.exe', '\net1.exe', '\wevtutil.exe']}
  condition: sel
level: high
`
	correlation = netRule + `---
title: Many
correlation:
  type: event_count
  rules: [net]
  group-by: [Computer]
  timespan: 1d
  condition: {gte: 2}
`
)

// rules are tried as they are; each is another way through the trial.
var rules = map[string]string{
	"one rule": netRule, "a correlation": correlation,
	"two rules":      netRule + "---\ntitle: Other\nlogsource: {product: linux, service: auditd}\ndetection: {a: {type: SYSCALL}, b: {exe|endswith: /cp}, condition: a and b}\n",
	"keywords":       "title: K\nlogsource: {product: windows}\ndetection: {k: ['*schtasks*', 'wevtutil'], condition: k}\n",
	"a filter":       netRule + "---\ntitle: F\nfilter:\n  rules: [net]\n  selection: {User|contains: SYSTEM}\n  condition: not selection\nlogsource: {category: process_creation, product: windows}\n",
	"fields of one":  "title: R\nlogsource: {category: process_creation}\ndetection: {a: {Image|fieldref: ParentImage}, condition: a}\n",
	"no field":       "title: R\nlogsource: {category: registry_set}\ndetection: {a: {Details: null}, b: {TargetObject|exists: true}, condition: a or b}\n",
	"nothing":        "title: R\nlogsource: {category: process_creation}\ndetection: {a: {Image|endswith: '\\ne.exe', CommandLine|contains: user}, condition: a}\n",
	"another source": "title: R\nlogsource: {product: aws}\ndetection: {a: {x: y}, condition: a}\n",
	"not":            "title: R\nlogsource: {category: file_event}\ndetection: {a: {TargetFilename|contains: Windows}, condition: not a}\n",
}

func TestATrialSaysWhatTheEngineSays(t *testing.T) {
	t.Parallel()
	s, records := storeOfDays(t)
	fired := 0
	for name, text := range rules {
		for _, released := range []int{len(records), len(records) / 3, 1, 0} {
			parsed, problems := sigma.Parse("", []byte(text))
			require.Empty(t, problems, name)
			engine, problems := detect.NewSigma(parsed)
			require.Empty(t, problems, name)
			events := make([]event.Event, released)
			for i := range events {
				events[i] = records[i].Event
				events[i].ID = fmt.Sprint(i)
			}
			want, err := engine.Detect(t.Context(), events, event.Native)
			require.NoError(t, err)
			trial, err := s.TryRule(t.Context(), text, released)
			require.NoError(t, err)
			assert.True(t, trial.Usable)
			assert.Equal(t, len(want), trial.Released.Total, "%s of %d", name, released)
			require.Len(t, trial.Released.Alerts, min(len(want), hunt.MaxAlerts))
			for i, alert := range trial.Released.Alerts {
				assert.Equal(t, want[i].Title, alert.Title)
				assert.Len(t, want[i].Events, len(alert.Events)+alert.More)
				newest := alert.Events[len(alert.Events)-1]
				again, ok := s.Event(newest.ID, released)
				assert.True(t, ok, "an alert rests on what is released")
				assert.Equal(t, newest, again)
			}
			asked := 0
			for _, rule := range engine.Evaluated() {
				if rule.Kind == sigma.Detection {
					asked = max(asked, engine.Asked(rule.Ref(), events, event.Native))
				}
			}
			assert.GreaterOrEqual(t, trial.Asked, asked, name)
			if len(want) > 0 {
				fired++
				assert.True(t, trial.Nearest.Met)
			} else if asked > 0 {
				require.NotNil(t, trial.Nearest, name)
				assert.False(t, trial.Nearest.Met)
				assert.NotEmpty(t, trial.Nearest.Changes)
				assert.NotEmpty(t, trial.Nearest.Text)
			} else {
				assert.Nil(t, trial.Nearest)
			}
		}
	}
	assert.Greater(t, fired, 12)
}

func TestTheNearestEventIsTheNearest(t *testing.T) {
	t.Parallel()
	s, records := storeOfDays(t)
	trial, err := s.TryRule(t.Context(), rules["nothing"], len(records))
	require.NoError(t, err)
	require.NotNil(t, trial.Nearest)
	require.Len(t, trial.Nearest.Changes, 1)
	assert.Contains(t, trial.Nearest.Changes[0], `\ne.exe`)
	assert.Contains(t, trial.Nearest.Event.Summary, "user", "one that fits but for its image")
}

func TestAlarmsOnOrdinaryDaysAreApart(t *testing.T) {
	t.Parallel()
	s, records := storeOfDays(t)
	trial, err := s.TryRule(t.Context(), netRule, 0)
	require.NoError(t, err)
	assert.Zero(t, trial.Released.Total)
	require.NotZero(t, trial.Ordinary.Total)
	for _, alert := range trial.Ordinary.Alerts {
		for _, view := range alert.Events {
			assert.Empty(t, view.ID)
		}
	}
	assert.NotEmpty(t, records)
}

func TestATextThatIsNoRuleIsExplained(t *testing.T) {
	t.Parallel()
	s := threeEvents()
	for text, want := range map[string]string{
		"":                                  "expected a Sigma rule",
		"title: x":                          "",
		"a: [":                              "",
		strings.Repeat("x", hunt.MaxRule+1): "at most 65536",
		strings.Repeat(netRule+"---", hunt.MaxRules+1):                                  "at most 20",
		"title: x\nlogsource: {category: a}\ndetection: {s: {a|re: '('}, condition: s}": "",
		"&a [*a, *a]": "",
		"title: x\nlogsource: {category: a}\ndetection:\n  s: {a: b}\n  condition: t": "",
		"\x00\xff\xfe": "",
		strings.Replace(correlation, "condition: {gte", "condioion: {gte", 1):                               "", // what it counts raises no alert of its own
		"title: Many\ncorrelation: {type: event_count, rules: [nobody], timespan: 1m, condition: {gte: 2}}": "",
	} {
		trial, err := s.TryRule(t.Context(), text, 3)
		require.NoError(t, err)
		assert.False(t, trial.Usable, text)
		require.NotEmpty(t, trial.Problems, text)
		assert.Contains(t, trial.Problems[0].Text, want)
		assert.Empty(t, trial.Released.Alerts)
	}
	trial, err := s.TryRule(t.Context(), "title: x\nlogsource: {category: a}\ndetection:\n  s: {a: b}\n  condition: t", 3)
	require.NoError(t, err)
	assert.Equal(t, 5, trial.Problems[0].Line)
}

func TestTrialsWaitForOneAnother(t *testing.T) {
	t.Parallel()
	s := threeEvents()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := s.TryRule(ctx, netRule, 3)
	require.ErrorIs(t, err, context.Canceled)
	_, err = s.Search(ctx, query.Query{}, 3, hunt.Page{})
	assert.ErrorIs(t, err, context.Canceled)
	_, err = s.Timeline(ctx, query.Query{}, 3, 3)
	assert.ErrorIs(t, err, context.Canceled)
}

func FuzzTryRule(f *testing.F) {
	for _, text := range rules {
		f.Add(text)
	}
	f.Add("title: x\nlogsource: {}\ndetection: {s: {Image|re: '(a+)+$'}, condition: 1 of s*}")
	s := threeEvents()
	f.Fuzz(func(t *testing.T, text string) {
		trial, err := s.TryRule(t.Context(), text, 2)
		require.NoError(t, err)
		assert.LessOrEqual(t, len(trial.Released.Alerts), trial.Released.Total)
		assert.True(t, trial.Usable || len(trial.Problems) > 0)
	})
}
