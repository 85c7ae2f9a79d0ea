package report

import (
	"fmt"
	"strings"

	"github.com/ringer-lab/ringer/emulation/result"
	"github.com/ringer-lab/ringer/emulation/runner"
)

// Operated says what was done about a step besides performing it once; "" is nothing.
func Operated(step result.Step) string {
	var did []string
	if step.Attempts > 1 {
		did = append(did, fmt.Sprintf("performed %d times, taken back before each further time; this is the last", step.Attempts))
	}
	if step.TakenBack != nil {
		did = append(did, "taken back before the next step")
		if len(step.TakenBack.Leftover) > 0 {
			did = append(did, "not restored: "+strings.Join(step.TakenBack.Leftover, ", "))
		}
	}
	return strings.Join(did, "; ")
}

// Observer says who saw what a note is about, with which tool, and when; "" is that none of
// it was said.
func Observer(note runner.Note) string {
	var said []string
	for _, part := range []struct{ before, text string }{{"", note.By}, {"with ", note.With}, {"at ", note.Seen}} {
		if part.text != "" {
			said = append(said, part.before+part.text)
		}
	}
	return strings.Join(said, ", ")
}

// writeNotes lists what people noted, and what was done about steps by hand.
func (s Style) writeNotes(to *strings.Builder, run result.Run) {
	var out strings.Builder
	for _, scenario := range run.Scenarios {
		for _, step := range scenario.Steps {
			at := scenario.Name + "/" + step.ID
			if did := Operated(step); did != "" {
				out.WriteString(s.wrap(at+"  "+did, 2))
			}
			for _, note := range step.Notes {
				line := note.Text
				if who := Observer(note); who != "" {
					line = who + ": " + line
				}
				out.WriteString(s.wrap(at+"  "+line, 2))
			}
		}
	}
	if out.Len() > 0 {
		to.WriteString("NOTED\n\n" + out.String() + "\n")
	}
}
