package report

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"io"
	"strings"
)

// WatchSchema is the JSON Schema (2020-12) of a line of what WatchJSON writes.
//
//go:embed watch_schema.json
var WatchSchema []byte

// WatchChange is one change that saving a file made, or one problem of it.
type WatchChange struct {
	File   string `json:"file"`
	Change string `json:"change"`
	Rule   string `json:"rule,omitempty"` // its id
	Title  string `json:"title,omitempty"`
	At     string `json:"at,omitempty"` // scenario/step
	// Before and After are a rule's states or an expectation's verdicts; empty if there is
	// none.
	Before string `json:"before,omitempty"`
	After  string `json:"after,omitempty"`
	Reason string `json:"reason,omitempty"`
}

// The changes that are not those of package rulestate.
const (
	WatchProblem   = "problem"
	WatchState     = "state"
	WatchVerdict   = "verdict"
	WatchUnchanged = "unchanged"
)

// WatchJSON writes a line for each change. It fails if w does.
func WatchJSON(w io.Writer, changes []WatchChange) error {
	out := json.NewEncoder(w)
	out.SetEscapeHTML(false)
	for _, change := range changes {
		if err := out.Encode(change); err != nil {
			return err
		}
	}
	return nil
}

// Watch writes for a person what saving a file changed, at a time of day. It fails if w
// does.
func Watch(w io.Writer, at, file string, changes []WatchChange, style Style) error {
	var out strings.Builder
	out.WriteString(style.wrap(style.bold(at+"  "+file), 0))
	for _, change := range changes {
		out.WriteString(style.encoded(style.Beside(fmt.Sprintf("  %-16s  ", strings.ReplaceAll(change.Change, "_", " ")), change.words())))
	}
	_, err := io.WriteString(w, out.String())
	return err
}

// words say what changed, without the kind of change.
func (c WatchChange) words() string {
	arrow := fmt.Sprintf("%s → %s  %s", stateOrNone(c.Before), stateOrNone(c.After), c.Title)
	switch c.Change {
	case WatchProblem, WatchUnchanged:
		return c.Reason
	case WatchState:
		return arrow + ": " + c.Reason
	case WatchVerdict:
		return arrow + " at " + c.At + "\n" + c.Reason
	}
	return c.At + ": " + c.Reason
}

func stateOrNone(words string) string {
	if words == "" {
		return "none"
	}
	return strings.ReplaceAll(words, "_", " ")
}
