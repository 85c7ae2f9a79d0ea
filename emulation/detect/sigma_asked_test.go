package detect_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/detect"
	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/sigma/logevent"
	"github.com/ringer-lab/ringer/emulation/telemetry"
)

const (
	pageRule  = "5f1c3d0e-7f43-4a6f-9a6e-3f1f0f6f2b11"
	twiceRule = "5f1c3d0e-7f43-4a6f-9a6e-3f1f0f6f2b12"
)

// shelled is an event that the rule about pages is not asked of.
func shelled(id string) event.Event {
	return event.Event{ID: id, Sources: []event.LogSource{{Category: "process_creation", Product: "windows"}}, Fields: map[string]any{}}
}

func TestARuleIsAskedOfTheEventsOfItsLogSource(t *testing.T) {
	t.Parallel()
	engine := detector(t, page)
	events := []event.Event{shelled("1"), written("2", `C:\x.txt`, 1), written("3", `C:\x.aspx`, 2)}
	for _, shape := range []event.Shape{event.Native, event.EDR} {
		assert.Equal(t, 2, engine.Asked(pageRule, events, shape))
		assert.Equal(t, 2, engine.Asked(twiceRule, events, shape), "of what the rule it rests on is asked of")
		assert.Zero(t, engine.Asked(pageRule, events[:1], shape))
		assert.Zero(t, engine.Asked("nowhere", events, shape))
	}
}

func TestNearestIsOfTheShapeThatWasAskedFor(t *testing.T) {
	t.Parallel()
	engine := detector(t, page)
	events := []event.Event{shelled("1"), written("2", `C:\x.txt`, 1), written("3", `C:\x.aspx`, 2)}
	near, ok := engine.Nearest(pageRule, events, event.Native)
	require.True(t, ok)
	assert.Equal(t, detect.NearMiss{Event: "3", Distance: 1, Changes: []string{`Image must end with "\w3wp.exe"`}}, near)
	near, ok = engine.Nearest(pageRule, events[:2], event.EDR)
	require.True(t, ok)
	assert.Equal(t, detect.NearMiss{Event: "2", Distance: 1, Changes: []string{`TargetFilename must end with ".aspx"`}}, near, "the acting process is joined")
	near, ok = engine.Nearest(twiceRule, events, event.EDR)
	require.True(t, ok)
	assert.Equal(t, detect.NearMiss{
		Event: "2", Distance: 1, Changes: []string{`TargetFilename must end with ".aspx"`}, Correlation: "event_count >= 2 within 800d",
	}, near, "one more page")
	_, ok = engine.Nearest(pageRule, events[:1], event.Native)
	assert.False(t, ok, "it was asked of none")
}

func TestACatalogKnowsWhatACorrelationReads(t *testing.T) {
	t.Parallel()
	engine := detector(t, page)
	for _, id := range []string{pageRule, twiceRule} {
		found := engine.Named(id)
		require.Len(t, found, 1)
		assert.Equal(t, []event.LogSource{{Category: "file_event", Product: "windows"}}, found[0].Sources)
		assert.False(t, found[0].SuppressedByCorrelation)
	}
}

// What a plan is checked with and what matching goes by must agree.
func TestLogSourcesContainEachOtherAsTheEngineSays(t *testing.T) {
	t.Parallel()
	written := append(telemetry.Channels(effect.Windows), telemetry.Channels(effect.Linux)...)
	read := append([]event.LogSource{{}, {Product: "macos"}, {Category: "process_creation"}, {Product: "windows"}, {Service: "sysmon"}}, written...)
	for _, source := range read {
		for _, other := range written {
			assert.Equal(t, logevent.LogSource(source).Contains(logevent.LogSource(other)), source.Contains(other), "%v of %v", other, source)
		}
	}
}
