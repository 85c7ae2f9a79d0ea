package pipeline

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"strings"
)

// issue is a row of GitLab's code quality report, with no more than GitLab reads.
type issue struct {
	Description string   `json:"description"`
	CheckName   string   `json:"check_name"`
	Fingerprint string   `json:"fingerprint"`
	Severity    string   `json:"severity"`
	Location    location `json:"location"`
}

type location struct {
	Path  string `json:"path"`
	Lines struct {
		Begin int `json:"begin"`
	} `json:"lines"`
}

// CodeQuality writes findings as GitLab's code quality report. One that is at no line of the
// repository is put at the first line of the pipeline's own file, as GitLab shows nothing
// without a place. It fails if w does.
func CodeQuality(w io.Writer, findings []Finding) error {
	issues := []issue{}
	for _, f := range findings {
		row := issue{
			Description: f.Message, CheckName: "ringer/" + strings.ReplaceAll(f.Check, " ", "_"),
			Severity: map[Severity]string{Error: "major", Warning: "minor"}[f.Severity], Location: location{Path: f.File},
		}
		row.Location.Lines.Begin = max(1, f.Line)
		if f.File == "" {
			row.Location.Path = ".gitlab-ci.yml"
		}
		// The message is left out: its figures differ from run to run.
		sum := sha256.Sum256([]byte(strings.Join([]string{f.Check, f.Key, row.Location.Path}, "\x00")))
		row.Fingerprint = hex.EncodeToString(sum[:])
		issues = append(issues, row)
	}
	out := json.NewEncoder(w)
	out.SetEscapeHTML(false)
	out.SetIndent("", "  ")
	return out.Encode(issues)
}
