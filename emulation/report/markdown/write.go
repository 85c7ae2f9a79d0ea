package markdown

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/ringer-lab/ringer/emulation/report/evidence"
)

const (
	// maxComment is how many characters are written at most: GitHub takes 65,536 of a
	// comment, and whoever posts it may add some.
	maxComment = 60_000
	// maxRows is how many rows a table has at most: a comment is read by people.
	maxRows = 50
	// spareForNote is kept for the names of the sections that are left out.
	spareForNote = 1_000
)

// section is a part of the comment that is there as a whole or not at all.
type section struct{ name, text string }

// Write writes a run as a comment of at most 60,000 characters. Sections that have no
// room are left out as a whole, and named at the end. It fails if w does.
func Write(w io.Writer, of evidence.Run) error {
	var out strings.Builder
	out.WriteString(headline(of))
	var left []string
	used := utf8.RuneCountInString(out.String())
	for _, part := range sections(of) {
		size := utf8.RuneCountInString(part.text) + 1
		if part.text == "" {
			continue
		}
		if used+size > maxComment-spareForNote {
			left = append(left, part.name)
			continue
		}
		used += size
		out.WriteString("\n" + part.text)
	}
	if len(left) > 0 {
		named := left[:min(len(left), 8)]
		note := "Left out, as a comment would be too long: " + strings.Join(named, "; ")
		if more := len(left) - len(named); more > 0 {
			note += fmt.Sprintf("; and %d more", more)
		}
		out.WriteString("\n" + cut(note, spareForNote-100) + ". The HTML report has all of it.\n")
	}
	_, err := io.WriteString(w, out.String())
	return err
}

// sections are the parts of the comment in their order, the most wanted first.
func sections(of evidence.Run) []section {
	all := []section{{"gates", gates(of)}}
	if of.Compared {
		all = append(all, section{"what changed", changes(of)})
	}
	all = append(all, section{"what is not as expected", findings(of)})
	all = append(all, explanations(of)...)
	return append(all,
		section{"unexpected alerts", unexpected(of)}, section{"scenarios", scenarios(of)}, section{"outside detectors", outsideDetectors(of)}, section{"gaps", gaps(of)}, section{"what people noted", notes(of)}, section{"telemetry profiles", profiles(of)},
		section{"techniques", techniques(of)}, section{"isolation", isolation(of)}, section{"about the run", about(of)},
	)
}
