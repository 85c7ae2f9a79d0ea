package pipeline

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/ringer-lab/ringer/emulation/report"
	"github.com/ringer-lab/ringer/emulation/result"
	"github.com/ringer-lab/ringer/emulation/verdict"
)

// Severity is how a finding is to be taken.
type Severity int

// The severities.
const (
	Warning Severity = iota
	Error
)

// Finding is one thing that a reader of a pipeline must know, with the line to look at.
type Finding struct {
	Severity Severity
	// Check names what found it, such as missed or max_missed; Key tells it from others of
	// the same check, and stays the same from run to run.
	Check, Key string
	// Title is a few words, Message one line.
	Title, Message string
	// File is a path from the root of the repository; empty for none.
	File string
	Line int
}

// Places says where things are.
type Places struct {
	// InRepository gives a file's path from the root of the user's repository, with slashes;
	// ok is false for a file that is not in it. If it is nil no file is.
	InRepository func(file string) (path string, ok bool)
	// Rule gives the file and line of a rule's detection; the file is empty if that is not
	// known. It may be nil.
	Rule func(id string) (file string, line int)
}

// At is a place in the repository; empty if it is outside.
func (p Places) At(file string, line int) (string, int) {
	if p.InRepository == nil || file == "" {
		return "", 0
	}
	path, ok := p.InRepository(file)
	if !ok {
		return "", 0
	}
	return visible(path), max(1, line)
}

// NewFinding is one of a few words and what there is to say, at no place yet.
func NewFinding(fails bool, title, message string) Finding {
	f := Finding{Check: "invalid", Key: title, Title: plain(title), Message: plain(message)}
	if fails {
		f.Severity = Error
	}
	return f
}

// Findings are what fails a run, the gates' first, then what they warn of. A rule whose
// expectations are not met is one finding.
func Findings(run result.Run, where Places) []Finding {
	var errors, warnings []Finding
	for _, g := range run.Gates {
		for _, check := range g.Checks {
			for _, found := range check.Findings {
				errors = append(errors, ofGate(Error, g.Name, check.Bound, found, where))
			}
		}
		for _, found := range g.Warnings {
			warnings = append(warnings, ofGate(Warning, g.Name, "warning", found, where))
		}
	}
	errors = append(errors, notMet(run, where)...)
	errors = append(errors, broken(run)...)
	return append(errors, warnings...)
}

func ofGate(severity Severity, gate, check string, found result.GateFinding, where Places) Finding {
	file, line := where.At(found.File, found.Line)
	return Finding{
		Severity: severity, Check: check, Key: cmp.Or(found.Rule, gate), Title: "gate " + gate + ": " + check, Message: plain(found.Sentence), File: file, Line: line,
	}
}

// notMet are the rules whose expectations are not met and not left to a gate, each once.
func notMet(run result.Run, where Places) []Finding {
	governed := run.Governed()
	type key struct {
		v    verdict.Verdict
		rule string
	}
	first, places := map[key]result.Expectation{}, map[key][]string{}
	var order []key
	for _, scenario := range run.Scenarios {
		for _, step := range slices.Concat(scenario.Baselines, scenario.Steps) {
			for _, e := range step.Expectations {
				k := key{e.Verdict, e.Rule}
				if failing := e.Verdict > verdict.Skipped || e.Verdict == verdict.Pending; !failing || governed[e.Verdict] {
					continue
				}
				if _, known := first[k]; !known {
					first[k], order = e, append(order, k)
				}
				places[k] = append(places[k], scenario.Name+"/"+step.ID)
			}
		}
	}
	var all []Finding
	for _, k := range order {
		e := first[k]
		name := strings.ReplaceAll(k.v.String(), "_", " ")
		message := fmt.Sprintf("%s: %s at %s", name, e.Title, places[k][0])
		if more := len(places[k]) - 1; more > 0 {
			message += fmt.Sprintf(" and %d more", more)
		}
		if why := report.ShortReason(e); why != "" {
			message += ": " + why
		}
		f := Finding{Severity: Error, Check: k.v.String(), Key: e.Rule, Title: e.Title, Message: plain(message)}
		if where.Rule != nil && e.Verdict != verdict.NoEffect && e.Verdict != verdict.Errored {
			f.File, f.Line = where.At(where.Rule(e.Rule))
		}
		if f.File == "" {
			f.File, f.Line = where.At(e.File, e.Line)
		}
		all = append(all, f)
	}
	return all
}

// broken is what broke a run beside expectations: assets, steps that expect nothing, and
// scenarios that were interrupted.
func broken(run result.Run) []Finding {
	var all []Finding
	add := func(place, why string) {
		all = append(all, Finding{Severity: Error, Check: verdict.Errored.String(), Key: place, Title: "the run broke", Message: plain("errored: " + place + ": " + why)})
	}
	for _, scenario := range run.Scenarios {
		for _, asset := range scenario.Assets {
			if asset.Error != "" {
				add(scenario.Name+", asset "+asset.Name, asset.Error)
			}
			if n := len(asset.Leftover); n > 0 {
				add(scenario.Name+", asset "+asset.Name, "undo did not restore "+report.Plural(n, "path"))
			}
		}
		for _, step := range slices.Concat(scenario.Baselines, scenario.Steps) {
			if became, reason := step.WithoutExpectations(); became == verdict.Errored || became == verdict.NoEffect {
				add(scenario.Name+"/"+step.ID, reason)
			}
		}
	}
	for _, name := range run.Interrupted {
		add(name, "interrupted and not judged")
	}
	return all
}

// plain is text on one line without what is not seen.
func plain(text string) string { return strings.Join(strings.Fields(visible(text)), " ") }

// visible is text with a sign in the place of each character that is not seen.
func visible(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsControl(r), unicode.Is(unicode.Cf, r), r == unicode.ReplacementChar:
			return '\ufffd'
		}
		return r
	}, text)
}
