package cli

import (
	"bytes"
	"fmt"
	"io"
	"strings"

	"github.com/hashicorp/hcl/v2"

	"github.com/ringer-lab/ringer/emulation/diagnostic"
	"github.com/ringer-lab/ringer/emulation/display"
	"github.com/ringer-lab/ringer/emulation/result"
	"github.com/ringer-lab/ringer/emulation/scenario"
)

const (
	// mostDiagnostics is how many diagnostics are written.
	mostDiagnostics = 100
	// mostOfFiles is after how many bytes of files no other is: a file is gone through
	// from its beginning for each.
	mostOfFiles = 3 << 20
	// mostOfOne is how many bytes of text one diagnostic may have with its lines and the
	// values of its variables; a longer one is written without.
	mostOfOne = 16 << 10
)

// writeDiagnostics writes problems with their source snippets, for a person.
func (c *command) writeDiagnostics(w io.Writer, width int, files map[string]*hcl.File, problems hcl.Diagnostics) {
	shown := map[string]*hcl.File{}
	for name, file := range files {
		copied := *file
		copied.Bytes = display.Source(file.Bytes)
		shown[display.Line(name)] = &copied
	}
	var text bytes.Buffer
	out := hcl.NewDiagnosticTextWriter(&text, shown, uint(max(c.columns(width), 40)-2), c.color(width))
	read := 0
	for i, problem := range problems {
		if i == mostDiagnostics || read > mostOfFiles {
			fmt.Fprintf(&text, "… and %d more.\n\n", len(problems)-i)
			break
		}
		said, before := cleanDiagnostic(problem), text.Len()
		_ = out.WriteDiagnostic(said) // a buffer takes all
		if text.Len()-before > mostOfOne {
			text.Truncate(before)
			_ = out.WriteDiagnostic(withoutSource(said))
		}
		if said.Subject != nil && shown[said.Subject.Filename] != nil {
			read += len(shown[said.Subject.Filename].Bytes)
		}
	}
	_, _ = io.WriteString(w, display.Own(text.String())) // a terminal that is gone needs nothing
	c.annotateDiagnostics(problems)
}

// cleanDiagnostic returns a diagnostic with nothing in its texts that would command a
// terminal.
func cleanDiagnostic(problem *hcl.Diagnostic) *hcl.Diagnostic {
	clean := *problem
	clean.Summary, clean.Detail = display.Clean(problem.Summary), display.Clean(problem.Detail)
	for _, at := range []**hcl.Range{&clean.Subject, &clean.Context} {
		if *at != nil {
			place := **at
			place.Filename = display.Line(place.Filename)
			*at = &place
		}
	}
	return &clean
}

// withoutSource returns a diagnostic that names its place in its text.
func withoutSource(problem *hcl.Diagnostic) *hcl.Diagnostic {
	short := &hcl.Diagnostic{Severity: problem.Severity, Summary: problem.Summary, Detail: problem.Detail}
	if problem.Subject != nil {
		short.Detail = fmt.Sprintf("At %s: %s", diagnostic.FileLine(*problem.Subject), short.Detail)
	}
	return short
}

// validation is what `validate --json` prints.
type validation struct {
	Valid       bool                 `json:"valid"`
	Errors      int                  `json:"errors"`
	Warnings    int                  `json:"warnings"`
	Diagnostics []reportedDiagnostic `json:"diagnostics"`
	// Gaps are what the scenarios name and do not perform.
	Gaps []result.Gap `json:"gaps,omitempty"`
}

// mostSnippet is the most bytes of a line that are shown.
const mostSnippet = 1000

type reportedDiagnostic struct {
	Severity string       `json:"severity"`
	Summary  string       `json:"summary"`
	Detail   string       `json:"detail"`
	Range    *sourceRange `json:"range,omitempty"`
	Snippet  string       `json:"snippet,omitempty"`
}

type sourceRange struct {
	File  string         `json:"file"`
	Start sourcePosition `json:"start"`
	End   sourcePosition `json:"end"`
}

type sourcePosition struct {
	Line   int `json:"line"`
	Column int `json:"column"`
	Byte   int `json:"byte"`
}

func validationOf(set *scenario.Set, problems hcl.Diagnostics) validation {
	out := validation{Valid: !problems.HasErrors(), Diagnostics: []reportedDiagnostic{}}
	for _, scenario := range set.Scenarios {
		for _, gap := range scenario.Gaps {
			out.Gaps = append(out.Gaps, resultOf(gap))
		}
	}
	for _, problem := range problems {
		d := reportedDiagnostic{Severity: "error", Summary: problem.Summary, Detail: problem.Detail}
		if problem.Severity == hcl.DiagWarning {
			d.Severity = "warning"
			out.Warnings++
		} else {
			out.Errors++
		}
		if at := problem.Subject; at != nil {
			d.Range = &sourceRange{File: at.Filename, Start: positionOf(at.Start), End: positionOf(at.End)}
			if file := set.Files[at.Filename]; file != nil && at.CanSliceBytes(file.Bytes) {
				line := lineOf(file.Bytes, at.Start.Byte)
				d.Snippet = strings.ToValidUTF8(string(line[:min(len(line), mostSnippet)]), "")
			}
		}
		out.Diagnostics = append(out.Diagnostics, d)
	}
	return out
}

func positionOf(p hcl.Pos) sourcePosition {
	return sourcePosition{Line: p.Line, Column: p.Column, Byte: p.Byte}
}

// lineOf returns the line that has the byte at that offset.
func lineOf(text []byte, at int) []byte {
	start, end := at, at
	for start > 0 && text[start-1] != '\n' {
		start--
	}
	for end < len(text) && text[end] != '\n' {
		end++
	}
	return text[start:end]
}

// resultOf is a gap as documents have it.
func resultOf(gap scenario.Gap) result.Gap {
	return result.Gap{
		ID: gap.Name.Text, Title: gap.Title, Technique: gap.Technique, Because: gap.Because, File: gap.Range.Filename, Line: gap.Range.Start.Line,
	}
}
