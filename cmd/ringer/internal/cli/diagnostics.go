package cli

import (
	"bytes"
	"fmt"
	"io"
	"strings"

	"github.com/hashicorp/hcl/v2"
)

// The most diagnostics that are written, and the bytes of files after which no other is:
// a file is gone through from its beginning for each, and its line is written, however
// long that is.
const (
	mostDiagnostics = 100
	mostOfFiles     = 3 << 20
)

// writeDiagnostics writes problems with their source snippets, for a person.
func (c *command) writeDiagnostics(w io.Writer, width int, files map[string]*hcl.File, problems hcl.Diagnostics) {
	var text bytes.Buffer
	out := hcl.NewDiagnosticTextWriter(&text, files, uint(columns(width)-2), c.color(width))
	read := 0
	for i, problem := range problems {
		if i == mostDiagnostics || read > mostOfFiles {
			fmt.Fprintf(&text, "… and %d more.\n\n", len(problems)-i)
			break
		}
		if err := out.WriteDiagnostic(problem); err != nil {
			fmt.Fprintln(&text, problem.Error())
		}
		if problem.Subject != nil && files[problem.Subject.Filename] != nil {
			read += len(files[problem.Subject.Filename].Bytes)
		}
	}
	_, _ = text.WriteTo(w) // a terminal that is gone needs nothing
}

// validation is what `validate --json` prints.
type validation struct {
	Valid       bool                 `json:"valid"`
	Errors      int                  `json:"errors"`
	Warnings    int                  `json:"warnings"`
	Diagnostics []reportedDiagnostic `json:"diagnostics"`
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

func validationOf(files map[string]*hcl.File, problems hcl.Diagnostics) validation {
	out := validation{Valid: !problems.HasErrors(), Diagnostics: []reportedDiagnostic{}}
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
			if file := files[at.Filename]; file != nil && at.CanSliceBytes(file.Bytes) {
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
