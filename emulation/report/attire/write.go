package attire

import (
	"cmp"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/ringer-lab/ringer/emulation/report/evidence"
)

// loopback is the one address that an asset has.
const loopback = "127.0.0.1"

// Write writes what was performed as one log. Times are virtual, as those of the
// events are. It fails if w does.
func Write(w io.Writer, of evidence.Run) error {
	out := executionLog{Version: version, Execution: executionOf(of), Procedures: []procedure{}}
	for _, scenario := range of.Scenarios {
		for _, step := range scenario.Steps {
			if step.Baseline || step.Judged.Skipped != "" || step.Judged.Error != "" {
				continue
			}
			out.Procedures = append(out.Procedures, procedureOf(of, scenario, step, len(out.Procedures)+1))
		}
	}
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(out); err != nil {
		return fmt.Errorf("write ATTiRe: %w", err)
	}
	return nil
}

func executionOf(of evidence.Run) executionData {
	out := executionData{
		Source: "ringer", ID: base64.StdEncoding.EncodeToString([]byte(of.Result.ID)),
		Target:    target{IP: loopback},
		Generated: timeOf(of.Result.Started.Add(time.Duration(of.Result.Seconds * float64(time.Second)))),
	}
	out.Category.Name, out.Category.Abbreviation = "ringer", "RNG"
	var files, hosts, users []string
	for _, scenario := range of.Scenarios {
		files = append(files, scenario.Judged.File)
		for _, asset := range scenario.Judged.Assets {
			hosts = append(hosts, asset.Hostname)
		}
		for _, step := range scenario.Steps {
			for _, process := range step.Processes {
				if !step.Baseline && process.User != "" {
					users = append(users, process.User)
				}
			}
		}
	}
	out.Command = "ringer run " + strings.Join(files, " ")
	out.Target.Host, out.Target.User = joinedOnce(hosts), joinedOnce(users)
	return out
}

// joinedOnce joins words in their order, each once.
func joinedOnce(words []string) string {
	var kept []string
	for _, word := range words {
		if !slices.Contains(kept, word) {
			kept = append(kept, word)
		}
	}
	return strings.Join(kept, ", ")
}

// timeOf writes a time, in UTC.
func timeOf(at time.Time) string { return at.UTC().Format(timeFormat) }

// startOf is when a step began.
func startOf(of evidence.Run, step evidence.Step) time.Time {
	if step.At.IsZero() {
		return of.Result.Started.Add(step.Offset)
	}
	return step.At
}

func hostOf(scenario evidence.Scenario, step evidence.Step) string {
	for _, asset := range scenario.Judged.Assets {
		if asset.Name == step.Judged.Asset {
			return cmp.Or(asset.Hostname, asset.Name)
		}
	}
	return step.Judged.Asset
}
