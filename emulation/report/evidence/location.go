package evidence

import (
	"path"
	"strings"
	"unicode/utf16"
)

// Region is a place on one line of a file. Lines and columns count from 1, columns
// in UTF-16 code units; End is the column after the last one.
type Region struct {
	Line, Start, End int
	// Text is what is there; empty if the file's content is not known.
	Text string
}

// Location is a place in a file.
type Location struct {
	// Path is the file's in the user's repository, with slashes. Of a file that is
	// not there it is the name that it was read by, without what leads out of a
	// folder.
	Path string
	// InRepository tells whether the file is in the user's repository.
	InRepository bool
	Region
}

// RuleLocation is where a rule decides when it alerts; ok is false if its file is not
// known.
func (r Run) RuleLocation(id string) (at Location, ok bool) {
	rule, known := r.Rules[id]
	if !known || rule.Condition.Line == 0 {
		return Location{}, false
	}
	return r.locate(rule.File, rule.Condition), true
}

// Location is the place of a finding in its scenario's file.
func (r Run) Location(of Finding) Location {
	region := regionOf(r.lines[of.File], of.Line)
	if region.Line == 0 {
		region = Region{Line: max(1, of.Line), Start: 1, End: 2}
	}
	return r.locate(of.File, region)
}

func (r Run) locate(file string, at Region) Location {
	if r.inRepository != nil {
		if path, ok := r.inRepository(file); ok {
			return Location{path, true, at}
		}
	}
	name := path.Clean("/" + strings.ReplaceAll(file, `\`, "/"))
	return Location{strings.TrimPrefix(name, "/"), false, at}
}

// regionOf is what a line has between its blanks; zero if there is no such line, or
// nothing on it.
func regionOf(lines []string, number int) Region {
	if number < 1 || number > len(lines) {
		return Region{}
	}
	line := strings.TrimRight(lines[number-1], " \t\r")
	text := strings.TrimLeft(line, " \t")
	if text == "" {
		return Region{}
	}
	start := 1 + columns(line[:len(line)-len(text)])
	return Region{Line: number, Start: start, End: start + columns(text), Text: text}
}

func columns(text string) int { return len(utf16.Encode([]rune(text))) }
