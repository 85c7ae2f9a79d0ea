package result

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/ringer-lab/ringer/emulation/detect"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/plan"
	"github.com/ringer-lab/ringer/emulation/runner"
)

// readable are the events of a step that a verdict may rest on: all where the
// whole step is a statement, which its verdicts say; otherwise those that are
// not.
func readable(record runner.Record) []event.Event {
	if record.Outcome.Declared {
		return record.Events
	}
	events, _ := event.Undeclared(record.Events)
	return events
}

// detector finds the one that an expectation names; nil if there is none.
func (j Judges) detector(name string) detect.Detector {
	for _, detector := range j.Detectors {
		if detector.Name() == name {
			return detector
		}
	}
	return nil
}

// asked counts the step's events that an expectation's rule was asked of.
func (c court) asked(want plan.Expectation) int {
	detector := c.detector(want.Detector)
	if detector == nil {
		return 0
	}
	return detector.Asked(want.Rule, c.readable, want.Shape)
}

// unasked says why a rule was asked of no event of the step.
func (c court) unasked(want plan.Expectation) string {
	read := "that the rule reads"
	if len(want.Sources) > 0 {
		read = "in " + plan.SourcesText(want.Sources)
	}
	stated := 0
	if detector := c.detector(want.Detector); detector != nil {
		stated = detector.Asked(want.Rule, c.record.Events, want.Shape)
	}
	switch {
	case len(c.record.Events) == 0:
		return "the step left no event"
	case stated > 0:
		return fmt.Sprintf("the step left %d events %s, but declared ones only, on which no verdict rests", stated, read)
	case len(c.readable) == 0:
		return fmt.Sprintf("the step left no event %s, and of others declared ones only", read)
	}
	return fmt.Sprintf("the step left no event %s; it left %s", read, leftIn(c.readable))
}

// sourcesNamed is how many log sources a reason names.
const sourcesNamed = 5

// leftIn counts events by log source, the most first, such as
// "process_creation (3), file_event (2)".
func leftIn(events []event.Event) string {
	counts := map[string]int{}
	for _, e := range events {
		var source event.LogSource
		if len(e.Sources) > 0 {
			source = e.Sources[0]
		}
		counts[cmp.Or(source.Category, source.Service, source.Product, "no log source")]++
	}
	names := slices.SortedFunc(maps.Keys(counts), func(a, b string) int {
		return cmp.Or(cmp.Compare(counts[b], counts[a]), cmp.Compare(a, b))
	})
	var said []string
	for _, name := range names[:min(len(names), sourcesNamed)] {
		said = append(said, fmt.Sprintf("%s (%d)", name, counts[name]))
	}
	if more := len(names) - sourcesNamed; more > 0 {
		said = append(said, fmt.Sprintf("and %d more", more))
	}
	return strings.Join(said, ", ")
}

// nearest says how near a silent rule came; nil where the detector cannot say.
func (c court) nearest(want plan.Expectation) *detect.Near {
	near, ok := c.detector(want.Detector).Nearest(want.Rule, c.readable, want.Shape)
	if !ok {
		return nil
	}
	return &near
}
