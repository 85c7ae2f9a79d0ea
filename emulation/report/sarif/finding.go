package sarif

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/url"
	"strings"

	"github.com/ringer-lab/ringer/emulation/report/evidence"
	"github.com/ringer-lab/ringer/emulation/verdict"
)

// sourceRoot is the folder that locations are relative to: the repository's.
const sourceRoot = "%SRCROOT%"

// findingOf is one result. Its location is the line of the rule's condition where
// the rule is at fault and its file is in the repository, otherwise the line of
// the scenario: code scanning shows a result of a pull request only where all its
// lines are part of the change.
func findingOf(run evidence.Run, f evidence.Finding, ruleIndex int) finding {
	expected := locationOf(run.Location(f), "what the scenario expects")
	out := finding{
		RuleID: f.Rule, RuleIndex: ruleIndex, Level: level(f), Locations: []location{expected},
		PartialFingerprints: fingerprints(f),
		Properties:          map[string]any{"scenario": f.Scenario, "step": f.Step, "verdict": f.Name()},
	}
	if f.Rule == "" {
		out.RuleID = noRule
	}
	link := ""
	if at, known := run.RuleLocation(f.Rule); known {
		condition := locationOf(at, "the rule's condition")
		related := condition
		link = "[condition](1)"
		if f.RuleAtFault && at.InRepository {
			out.Locations, related, link = []location{condition}, expected, "[expectation](1)"
		}
		related.ID = 1
		out.RelatedLocations = []location{related}
		out.CodeFlows = flowOf(run, f, expected, condition, at.InRepository)
	}
	for i := range out.Locations {
		out.Locations[i].Message = nil
	}
	out.Message = message{text(f, link)}
	return out
}

// level is error for what has a run fail, warning for what could not be judged, and
// note for the alerts that nobody expected.
func level(f evidence.Finding) string {
	switch {
	case f.Unexpected:
		return "note"
	case f.Verdict == verdict.Skipped, f.Verdict == verdict.NotAsked:
		return "warning"
	}
	return "error"
}

// text says what was found, where, and why. Its first sentence stands alone in a
// list of results.
func text(f evidence.Finding, link string) string {
	var out strings.Builder
	fmt.Fprintf(&out, "%s at %s", upperFirst(f.Name()), plain(f.Place()))
	if f.Title != "" {
		fmt.Fprintf(&out, ": %s", plain(f.Title))
	}
	out.WriteString(".")
	sentence := func(said string) {
		if said != "" {
			fmt.Fprintf(&out, " %s.", upperFirst(strings.TrimRight(plain(said), ".")))
		}
	}
	if f.Expectation != nil {
		sentence(strings.TrimSuffix(fmt.Sprintf("expected %s because %s", f.Expectation.Want, f.Expectation.Because), " because "))
	}
	sentence(f.Reason)
	for i, e := range f.Events {
		if i == 3 {
			sentence(fmt.Sprintf("and %d more events", len(f.Events)-i))
			break
		}
		verb := "it fired on"
		if f.Verdict == verdict.Missed {
			verb = "the nearest event is"
		}
		sentence(fmt.Sprintf("%s %s, %s %s", verb, e.ID, evidence.SourceName(e), cut(evidence.Describe(e), 200)))
	}
	if len(f.Changes) > 0 {
		sentence("to fire, " + strings.Join(f.Changes, "; "))
	}
	if link != "" {
		fmt.Fprintf(&out, " See the %s.", link)
	}
	return out.String()
}

func upperFirst(words string) string {
	if words == "" {
		return words
	}
	return strings.ToUpper(words[:1]) + words[1:]
}

// plain writes brackets so that they make no link (SARIF 2.1.0, 3.11.6).
func plain(words string) string { return strings.NewReplacer("[", `\[`, "]", `\]`).Replace(words) }

// fingerprints tell a result apart from others and find it again in later runs:
// lines may move, and a rule's title change. Code scanning reads
// primaryLocationLineHash alone.
func fingerprints(f evidence.Finding) map[string]string {
	parts := []string{f.Scenario, f.Step, f.Rule}
	switch {
	case f.Unexpected:
		parts = append(parts, "unexpected")
	case f.Expectation != nil:
		parts = append(parts, string(f.Expectation.Want), string(f.Expectation.Shape))
	default:
		parts = append(parts, f.Verdict.String())
	}
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	return map[string]string{"primaryLocationLineHash": hex.EncodeToString(sum[:8]) + ":1"}
}

func locationOf(at evidence.Location, what string) location {
	out := location{Message: &message{what}, PhysicalLocation: physicalLocation{
		ArtifactLocation: artifactLocation{URI: (&url.URL{Path: at.Path}).String(), URIBaseID: sourceRoot},
		Region:           region{StartLine: at.Line, StartColumn: at.Start, EndLine: at.Line, EndColumn: at.End},
	}}
	if at.Text != "" {
		out.PhysicalLocation.Region.Snippet = &message{at.Text}
	}
	return out
}
