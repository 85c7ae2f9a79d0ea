package sarif

import (
	"encoding/json"
	"fmt"
	"io"
	"time"

	"github.com/ringer-lab/ringer/emulation/report/evidence"
)

// informationURI is where a reader learns what ringer is.
const informationURI = "https://github.com/ringer-lab/ringer"

// Write writes the findings of a run as one SARIF document. It fails if w does.
func Write(w io.Writer, of evidence.Run) error {
	rules := newRules(of)
	invoked, results, left := invocationOf(of), []finding{}, 0
	for _, f := range of.Findings() {
		switch {
		case f.File == "":
			invoked.Notifications = append(invoked.Notifications, notification{level(f), message{text(f, "")}})
		case len(results) == maxResults:
			left++
		default:
			results = append(results, findingOf(of, f, rules.index(f)))
		}
	}
	for _, gap := range of.Gaps() {
		if len(results) == maxResults {
			left++
			continue
		}
		results = append(results, gapOf(of, gap, rules.gap()))
	}
	out := document{Schema: schema, Version: version, Runs: []run{{
		Tool: tool{driver{Name: "ringer", Version: of.Result.Version, InformationURI: informationURI, Rules: rules.all}},
		// What stands before the last slash is the category: runs of the same kind
		// replace each other.
		AutomationDetails: automationDetails{ID: "ringer/" + of.Result.ID},
		Invocations:       []invocation{invoked},
		ColumnKind:        "utf16CodeUnits",
		Results:           results,
		Properties:        properties(of, left),
	}}}
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(out); err != nil {
		return fmt.Errorf("write SARIF: %w", err)
	}
	return nil
}

// invocationOf says whether the run came to its end: a run whose expectations were
// not met has, one that was interrupted has not.
func invocationOf(of evidence.Run) invocation {
	out := invocation{ExecutionSuccessful: len(of.Result.Interrupted) == 0}
	if started := of.Result.Started; !started.IsZero() {
		out.StartTimeUTC = started.UTC().Format(time.RFC3339)
		out.EndTimeUTC = started.Add(time.Duration(of.Result.Seconds * float64(time.Second))).UTC().Format(time.RFC3339)
	}
	return out
}

func properties(of evidence.Run, left int) map[string]any {
	said := map[string]any{"lab": of.Result.Lab, "replayed": of.Replayed, "worst": of.Result.Summary.Worst.String(), "attack": of.Attack()}
	if left > 0 {
		said["resultsLeftOut"] = left
	}
	return said
}
