package markdown

import (
	"fmt"
	"strings"

	"github.com/ringer-lab/ringer/emulation/report"
	"github.com/ringer-lab/ringer/emulation/report/evidence"
	"github.com/ringer-lab/ringer/emulation/report/internal/mdtext"
	"github.com/ringer-lab/ringer/emulation/verdict"
)

// scenarios has a row a scenario, with a column for each verdict that occurs.
func scenarios(of evidence.Run) string {
	names, shown := []string{"scenario", "steps"}, []verdict.Verdict{}
	for _, v := range verdict.All() {
		if of.Result.Summary.Verdicts[v.String()] > 0 {
			names, shown = append(names, evidence.VerdictName(v)), append(shown, v)
		}
	}
	var rows [][]string
	for _, scenario := range of.Scenarios {
		counts := map[verdict.Verdict]int{}
		for _, step := range scenario.Steps {
			for _, expectation := range step.Judged.Expectations {
				counts[expectation.Verdict]++
			}
		}
		by := ""
		for _, actor := range scenario.Judged.Actors {
			by += "<br>by " + mdtext.Text(actor.String())
		}
		if run := scenario.Judged.Reused; run != "" {
			by += "<br>performed by run " + mdtext.Code(run)
		}
		for _, asset := range scenario.Judged.Assets {
			if w := asset.Wrapped; w != nil {
				by += "<br>" + mdtext.Code(asset.Name) + " is made of " + mdtext.Code(w.Image) + " and was allowed " + mdtext.Code(strings.Join(w.Allowed, ", "))
			}
		}
		row := []string{mdtext.Code(scenario.Judged.Name) + " " + mdtext.Text(scenario.Judged.Title) + by, fmt.Sprint(len(scenario.Judged.Steps))}
		for _, v := range shown {
			row = append(row, fmt.Sprint(counts[v]))
		}
		rows = append(rows, row)
	}
	for _, name := range of.Result.Interrupted {
		rows = append(rows, append([]string{mdtext.Code(name) + " interrupted and not judged", "–"}, make([]string, len(shown))...))
	}
	return folded(report.Plural(len(rows), "scenario"), table(names, rows))
}

// notes lists what people noted of steps, and what was done about steps by hand.
func notes(of evidence.Run) string {
	var rows [][]string
	for _, scenario := range of.Scenarios {
		for _, step := range scenario.Steps {
			at := mdtext.Code(scenario.Judged.Name + "/" + step.Judged.ID)
			if did := report.Operated(step.Judged); did != "" {
				rows = append(rows, []string{at, "", mdtext.Text(cut(did, mostInCell)), ""})
			}
			for _, note := range step.Judged.Notes {
				rows = append(rows, []string{at, mdtext.Text(cut(report.Observer(note), mostInCell)), mdtext.Text(cut(note.Text, mostInCell)), note.Time.UTC().Format("2006-01-02 15:04:05")})
			}
		}
	}
	if len(rows) == 0 {
		return ""
	}
	return folded("Noted by people", table([]string{"step", "seen by", "what", "noted"}, rows))
}

// gaps lists what the scenarios name and do not perform.
func gaps(of evidence.Run) string {
	var rows [][]string
	for _, gap := range of.Gaps() {
		rows = append(rows, []string{mdtext.Code(gap.Place()), mdtext.Code(gap.Technique), mdtext.Text(cut(gap.Name(), mostInCell)), mdtext.Text(cut(gap.Because, mostInCell))})
	}
	if len(rows) == 0 {
		return ""
	}
	return folded(report.Plural(len(rows), "gap")+": named and not performed", table([]string{"gap", "technique", "", "what is missing"}, rows))
}

// profiles says what each telemetry profile would have seen.
func profiles(of evidence.Run) string {
	var rows [][]string
	for _, scenario := range of.Scenarios {
		if scenario.Telemetry == nil || scenario.Telemetry.Unjudged != "" {
			continue
		}
		for _, profile := range scenario.Telemetry.Profiles {
			rows = append(rows, []string{
				mdtext.Code(scenario.Judged.Name), mdtext.Text(profile.Name), mdtext.Text(cut(profile.Title, mostInCell)),
				fmt.Sprintf("%d of %d", profile.Detected, profile.Expected), fmt.Sprint(profile.FalseAlarms), fmt.Sprint(profile.NotAsked),
			})
		}
	}
	if len(rows) == 0 {
		return ""
	}
	return folded("What each telemetry profile would have seen", table([]string{"scenario", "profile", "", "alerts", "false alarms", "not asked"}, rows))
}

// techniques lists those that were performed and not detected in full, and counts the
// others.
func techniques(of evidence.Run) string {
	counts := map[evidence.TechniqueState]int{}
	var rows [][]string
	for _, technique := range of.Techniques() {
		counts[technique.State]++
		switch technique.State {
		case evidence.TechniqueReported, evidence.TechniqueGap, evidence.TechniqueDetected:
		case evidence.TechniquePartly, evidence.TechniqueMissed, evidence.TechniqueBlind, evidence.TechniqueUnjudged, evidence.TechniqueNotProven:
			rows = append(rows, []string{
				mdtext.Code(technique.ID) + " " + mdtext.Text(technique.Name), string(technique.State),
				fmt.Sprintf("%d of %d", technique.Detected, technique.Expected), mdtext.Text(cut(strings.Join(technique.Steps, ", "), mostInCell)),
			})
		}
	}
	summary := fmt.Sprintf("ATT&amp;CK: %s detected in full, %d not, %d reported of these actors and not performed",
		report.Plural(counts[evidence.TechniqueDetected], "technique"), len(rows), counts[evidence.TechniqueReported])
	if n := counts[evidence.TechniqueGap]; n > 0 {
		summary += fmt.Sprintf(", %d named as gaps", n)
	}
	if len(rows) == 0 {
		return folded(summary, "Every technique that was performed was detected.\n")
	}
	return folded(summary, table([]string{"technique", "state", "alerts", "steps"}, rows))
}

// isolation says of each asset how the attempts to leave it were answered.
func isolation(of evidence.Run) string {
	var rows [][]string
	for _, scenario := range of.Scenarios {
		for _, asset := range scenario.Judged.Assets {
			refused := 0
			for _, check := range asset.IsolationChecks {
				if check.Refused {
					refused++
				}
			}
			checks := "none made"
			if n := len(asset.IsolationChecks); n > 0 {
				checks = fmt.Sprintf("%d of %d attempts refused", refused, n)
			}
			undone := "restored"
			if n := len(asset.Leftover); n > 0 {
				undone = report.Plural(n, "path") + " not restored"
			}
			rows = append(rows, []string{mdtext.Code(scenario.Judged.Name + "/" + asset.Name), mdtext.Text(asset.Kind + " " + asset.Hostname), checks, undone, mdtext.Text(cut(asset.Error, mostInCell))})
		}
	}
	if len(rows) == 0 {
		return ""
	}
	return folded(fmt.Sprintf("Isolation of %s", report.Plural(len(rows), "asset")), table([]string{"asset", "host", "isolation", "undo", "error"}, rows))
}

// about says what the run was.
func about(of evidence.Run) string {
	r := of.Result
	said := fmt.Sprintf("Run %s, ringer %s, %s lab, %s, %.1f s", mdtext.Code(r.ID), mdtext.Text(r.Version), mdtext.Text(r.Lab), report.Plural(r.Rules, "rule"), r.Seconds)
	if of.Replayed {
		said += "; judged again from a recording, the durations are those of the run that was recorded"
	}
	return "<sub>" + said + "</sub>\n"
}
