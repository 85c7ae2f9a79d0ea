package sigma

import (
	"math/rand"
	"sync"
	"testing"

	"github.com/ringer-lab/ringer/emulation/sigma/logevent"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestSetIsSharedByGoroutines(t *testing.T) {
	t.Parallel()
	rules, problems := Parse("rules.yml", []byte(`
title: shell of an office
logsource: {category: process_creation, product: windows}
detection: {s: {ParentImage|endswith: '\EXCEL.EXE', Image|endswith: '\cmd.exe'}, condition: s}
---
title: browsers
logsource: {product: windows}
detection: {s: {CommandLine|re: 'renderer-client-id=[0-9]+'}, condition: s}
`))
	require.Empty(t, problems)
	set, _ := Compile(rules)
	m := maker{rand.New(rand.NewSource(7))}
	var events []*logevent.Event
	for i := range 60 {
		ev := m.windows(windowsHabits[i%len(windowsHabits)])
		if i%3 == 0 { // several programs are built at once
			ev.LogSources = nil
		}
		events = append(events, ev)
	}
	want := make([][]string, len(events))
	o := newOracle(rules)
	for i, ev := range events {
		want[i] = titles(o.match(set.Rules(), ev))
	}
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for i, ev := range events {
				assert.Equal(t, want[i], titles(set.Match(ev, nil)))
			}
		})
	}
	wg.Wait()
}
