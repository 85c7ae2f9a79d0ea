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

// JudgeableEvents returns the events of a step that a verdict may rest on: those that
// are not declared, or all if the whole step is declared, which its verdicts then
// say.
func JudgeableEvents(record runner.StepRecord) []event.Event {
	if record.Outcome.Declared {
		return record.Events
	}
	events, _ := event.WithoutDeclared(record.Events)
	return events
}

// findDetector returns the detector of that name; nil if there is none.
func (j Judges) findDetector(name string) detect.Detector {
	for _, detector := range j.Detectors {
		if detector.Name() == name {
			return detector
		}
	}
	return nil
}

// countAsked returns how many of the step's events the expectation's rule was asked
// of.
func (s stepJudge) countAsked(want plan.Expectation) int {
	detector := s.findDetector(want.Detector)
	if detector == nil {
		return 0
	}
	return detector.Asked(want.Rule, s.judgeable, want.Shape)
}

// notAskedReason says why a rule was asked of none of the step's events.
func (s stepJudge) notAskedReason(want plan.Expectation) string {
	read := "that the rule reads"
	if len(want.Sources) > 0 {
		read = "in " + plan.FormatSources(want.Sources)
	}
	stated := 0
	if detector := s.findDetector(want.Detector); detector != nil {
		stated = detector.Asked(want.Rule, s.record.Events, want.Shape)
	}
	switch {
	case len(s.record.Events) == 0:
		return "the step left no event"
	case stated > 0:
		return fmt.Sprintf("the step left %d events %s, but all of them are declared, and no verdict may rest on those", stated, read)
	case len(s.judgeable) == 0:
		return fmt.Sprintf("the step left no event %s, and all its other events are declared", read)
	}
	return fmt.Sprintf("the step left no event %s; it left %s", read, countBySource(s.judgeable))
}

// sourcesNamed is the largest number of log sources that a reason names.
const sourcesNamed = 5

// countBySource returns the numbers of events by log source, the largest first, such
// as "process_creation (3), file_event (2)".
func countBySource(events []event.Event) string {
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
	var parts []string
	for _, name := range names[:min(len(names), sourcesNamed)] {
		parts = append(parts, fmt.Sprintf("%s (%d)", name, counts[name]))
	}
	if more := len(names) - sourcesNamed; more > 0 {
		parts = append(parts, fmt.Sprintf("and %d more", more))
	}
	return strings.Join(parts, ", ")
}

// nearestMiss returns how near a silent rule came to an alert; nil if the detector
// cannot say.
func (s stepJudge) nearestMiss(want plan.Expectation) *detect.NearMiss {
	near, ok := s.findDetector(want.Detector).Nearest(want.Rule, s.judgeable, want.Shape)
	if !ok {
		return nil
	}
	return &near
}
