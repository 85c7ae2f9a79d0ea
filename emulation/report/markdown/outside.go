package markdown

import (
	"strings"

	"github.com/ringer-lab/ringer/emulation/report/evidence"
	"github.com/ringer-lab/ringer/emulation/report/internal/mdtext"
)

// outsideDetectors says what came of each outside detector; empty where none was asked.
func outsideDetectors(of evidence.Run) string {
	var rows [][]string
	for _, scenario := range of.Result.Scenarios {
		for _, detector := range scenario.Outside {
			said, _ := detector.Sentences()
			rows = append(rows, []string{mdtext.Code(scenario.Name), mdtext.Code(detector.Name), mdtext.Text(cut(strings.Join(said, ". "), mostInCell))})
		}
	}
	if len(rows) == 0 {
		return ""
	}
	return folded("outside detectors", table([]string{"scenario", "detector", "what came of it"}, rows))
}
