package report

import (
	"strings"

	"github.com/ringer-lab/ringer/emulation/result"
)

// writeOutside writes what came of outside detectors, by scenario.
func (s Style) writeOutside(out *strings.Builder, run result.Run) {
	title := s.bold("OUTSIDE DETECTORS") + "\n\n"
	for _, scenario := range run.Scenarios {
		for _, detector := range scenario.Outside {
			said, _ := detector.Sentences()
			out.WriteString(title + s.wrap(scenario.Name+"  "+strings.Join(said, ". ")+".", 2))
			title = ""
		}
	}
	if title == "" {
		out.WriteString("\n")
	}
}
