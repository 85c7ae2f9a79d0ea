package hunt_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/hunt"
	"github.com/ringer-lab/ringer/emulation/hunt/query"
)

var start = time.Date(2027, 1, 8, 9, 0, 0, 0, time.UTC)

// created is a process creation, so many minutes after the start.
func created(minute int, host, image, commandLine string) hunt.Record {
	return hunt.Record{Host: host, Event: event.Event{
		ID: host + "-1", Time: start.Add(time.Duration(minute) * time.Minute),
		Sources: []event.LogSource{{Category: "process_creation", Product: "windows", Service: "sysmon"}},
		Fields:  map[string]any{"EventID": 1, "Image": image, "CommandLine": commandLine},
		Lineage: event.Lineage{Asset: strings.ToLower(host), Step: "secret-step", Process: uint64(minute + 1)},
	}}
}

func threeEvents() *hunt.Store {
	s := hunt.New(hunt.Options{Key: []byte("key")})
	s.Add([]hunt.Record{
		created(0, "OPS02", `C:\Windows\System32\cmd.exe`, `cmd /c whoami`),
		created(1, "DC01", `C:\Windows\System32\schtasks.exe`, `schtasks /create /tn "Adobe Helper"`),
		created(2, "OPS02", `C:\Windows\System32\whoami.exe`, `whoami /all`),
	})
	return s
}

func find(t *testing.T, s *hunt.Store, text string, released int) hunt.Result {
	t.Helper()
	q, problems := query.Parse(text)
	require.Empty(t, problems)
	result, err := s.Search(t.Context(), q, released, hunt.Page{Limit: 10, Facets: []string{"host", "Image"}})
	require.NoError(t, err)
	return result
}

func TestSearchFindsWhatIsReleased(t *testing.T) {
	t.Parallel()
	s := threeEvents()
	for text, want := range map[string]int{
		"": 3, "WHOAMI": 2, "whoami host:ops02 not Image:*cmd.exe": 1, `image:*\SCHTASKS.exe`: 1, "after:2027-01-08T09:01": 2,
		"before:2027-01-08T09:01": 1, "source:process_creation": 3, "source:security": 0, "EventID:1": 3, `"adobe helper"`: 1,
	} {
		assert.Equal(t, want, find(t, s, text, 3).Total, text)
	}
	assert.Equal(t, 1, find(t, s, "whoami", 2).Total)
	assert.Equal(t, 2, s.Released(start.Add(time.Minute)))
	assert.Equal(t, "OPS02", find(t, s, "", 3).Facets[0].Values[0].Value)
}

func TestAnEventIsFoundByItsIDOnceReleased(t *testing.T) {
	t.Parallel()
	s := threeEvents()
	view := find(t, s, "schtasks", 3).Events[0]
	again, ok := s.Event(view.ID, 2)
	require.True(t, ok)
	assert.Equal(t, view, again)
	_, ok = s.Event(view.ID, 1)
	assert.False(t, ok)
	for _, wrong := range []string{"", "x", strings.Repeat("a", 26), view.ID + "a"} {
		_, ok = s.Event(wrong, 3)
		assert.False(t, ok, wrong)
	}
	origin, ok := s.OriginOf(view.ID)
	require.True(t, ok)
	assert.Equal(t, hunt.Origin{Asset: "dc01", Step: "secret-step", Event: "DC01-1"}, origin)
}

func TestARuleIsTried(t *testing.T) {
	t.Parallel()
	const rule = "title: x\nlogsource: {category: process_creation, product: windows}\ndetection:\n  s: {Image|endswith: '\\whoami.exe'}\n  condition: s\n"
	s := threeEvents()
	trial, err := s.TryRule(t.Context(), rule, 3)
	require.NoError(t, err)
	assert.Equal(t, 1, trial.Released.Total)
	trial, err = s.TryRule(t.Context(), rule, 2)
	require.NoError(t, err)
	assert.Zero(t, trial.Released.Total)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err = s.TryRule(ctx, rule, 3)
	assert.ErrorIs(t, err, context.Canceled)
}
