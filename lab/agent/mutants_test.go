//go:build linux

package agent

import (
	"context"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/lab/sensor"
	"github.com/ringer-lab/ringer/lab/standin"
)

// kindsWithoutCanary are the kinds that the canary cannot perform, with the reason.
var kindsWithoutCanary = map[event.Kind]string{
	event.Line: "a real service adds it to its log, and not every asset has one: the runner expects a line of each request",
}

// A kind of observation is added together with what shows that it is seen.
func TestTheCanaryPerformsEveryKindThereIs(t *testing.T) {
	t.Parallel()
	performed := map[event.Kind]bool{}
	for _, trace := range expectedCanaryTraces(standin.CanaryTree("/asset")) {
		kind, _, _ := strings.Cut(trace, " ")
		performed[event.Kind(kind)] = true
	}
	for _, kind := range event.Kinds() {
		reason, named := kindsWithoutCanary[kind]
		assert.NotEqual(t, performed[kind], named, "%s is performed, or it is said why not", kind)
		assert.Equal(t, named, reason != "", kind)
		delete(performed, kind)
	}
	assert.Empty(t, performed)
}

// losing leaves out observations of the sensor before anyone numbers them.
func losing(lost func(event.Observation) bool) func(*agent) {
	return func(a *agent) {
		watch := a.traceTree
		a.traceTree = func(ctx context.Context, c sensor.Command, sink func(event.Observation)) (sensor.Result, error) {
			return watch(ctx, c, func(o event.Observation) {
				if !lost(o) {
					sink(o)
				}
			})
		}
	}
}

// The mutants of the agent's own side: each takes something away, and the agent
// that is in order is the first.
func TestAMutantOfTheSensorOrStandInIsFoundByTheCanary(t *testing.T) {
	t.Parallel()
	canary := func(t *testing.T, alter ...func(*agent)) bool {
		t.Helper()
		r := serve(t, alter...)
		r.provision()
		_, done := r.perform(drop("/var/www/page.php"))
		again := drop("/var/www/other.php")
		_, next := r.perform(again)
		assert.Equal(t, done.Canary, next.Canary, "it is as with the step before")
		return done.Canary
	}
	require.True(t, canary(t), "unaltered")
	for _, kind := range event.Kinds() {
		if kindsWithoutCanary[kind] != "" {
			continue
		}
		t.Run("no "+string(kind), func(t *testing.T) {
			t.Parallel()
			assert.False(t, canary(t, losing(func(o event.Observation) bool { return o.Kind == kind })))
		})
	}
	t.Run("every twentieth", func(t *testing.T) {
		t.Parallel()
		count := 0
		assert.False(t, canary(t, losing(func(event.Observation) bool { count++; return count%20 == 0 })))
	})
	t.Run("a stand-in that does nothing", func(t *testing.T) {
		t.Parallel()
		assert.False(t, canary(t, func(a *agent) {
			a.program = func(artifact.Resource) []byte { return []byte("#!/bin/true\n") }
		}))
	})
}

// One canary stands between two steps; where it was not seen, it is tried again.
func TestTheCanaryAfterAStepIsTheOneBeforeTheNext(t *testing.T) {
	t.Parallel()
	performed := 0
	asleep := false
	r := serve(t, losing(func(o event.Observation) bool {
		if o.Kind == event.Exec && strings.HasSuffix(o.Path, "/.canary/root"+canaryImage) {
			performed++
		}
		return asleep && o.Kind == event.Create
	}))
	r.provision()
	for i, test := range []struct {
		asleep, canary bool
		performed      int
	}{
		{false, true, 2}, {false, true, 3}, {true, false, 4}, {false, true, 6}, {false, true, 7},
	} {
		asleep = test.asleep
		_, done := r.perform(drop("/var/www/page.php"))
		assert.Equal(t, test.canary, done.Canary, "step %d", i)
		assert.Equal(t, test.performed, performed, "step %d", i)
	}
}
