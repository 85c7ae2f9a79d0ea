package html

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/plan"
	"github.com/ringer-lab/ringer/emulation/report"
	"github.com/ringer-lab/ringer/emulation/report/evidence"
	"github.com/ringer-lab/ringer/emulation/result"
	"github.com/ringer-lab/ringer/emulation/verdict"
)

// step is one step or baseline of the page.
type step struct {
	ID, Name, Behaviour      string
	Technique, TechniqueName string
	Actor, Asset, Day, Time  string
	Worst                    mark
	Counts                   string
	Open                     bool // it has something that is not as expected
	Summary, Source          string
	Effect                   mark
	Proofs                   []check
	Refused                  []string
	Skipped, Error           string
	// Operated is what was done about it besides performing it once; Notes are people's.
	Operated                 string
	Notes                    []note
	Expectations             []expectation
	Unexpected               []alert
	Processes                []process
	ProcessCount, EventCount int
	Provenance               string
	FieldsCut                bool
}

// note is what a person noted of a step: who saw it, how and when, what, and when that was
// noted.
type note struct{ Who, Text, Noted string }

// expectation is one, judged.
type expectation struct {
	Mark                      mark
	Rule, Title, Level, Shape string
	Want, At                  string
	Why                       []string
	Fired                     []eventLink
	Nearest                   *nearest
	Explanation               string
}

// nearest is the event on which a silent or missed rule came closest to firing.
type nearest struct {
	Event       eventLink
	Changes     []string
	Correlation string
}

// eventLink leads to an event, if it is on the page.
type eventLink struct{ Name, Link string }

// alert is one that no expectation names.
type alert struct {
	Rule, Title, Level string
	Fired              []eventLink
}

func stepOf(of evidence.Run, s evidence.Scenario, from evidence.Step, id string, budget *fieldBudget) step {
	judged := from.Judged
	technique := of.TechniqueOf(judged)
	out := step{
		ID: id, Name: judged.ID, Behaviour: judged.Behaviour, Technique: technique.ID, TechniqueName: technique.Name,
		Actor: judged.Actor, Asset: judged.Asset, Day: "before", Summary: upperFirst(from.Summary), Source: from.Source,
		Refused: judged.StandInErrors, Skipped: judged.Skipped, Error: judged.Error,
		EventCount: len(from.Events), Provenance: provenanceOf(judged.Events),
	}
	if !from.Baseline {
		out.Day = plan.FormatOffset(from.Offset)
	}
	if !from.At.IsZero() {
		out.Time = from.At.UTC().Format("2 January 2006, 15:04")
	}
	out.Effect, out.Operated = effectOf(judged), upperFirst(report.Operated(judged))
	for _, n := range judged.Notes {
		out.Notes = append(out.Notes, note{report.Observer(n), n.Text, n.Time.UTC().Format("2 January 2006, 15:04:05")})
	}
	for _, proof := range judged.Proofs {
		c := check{proof.Check, "it did not hold before: " + proof.Before, mark{"good", "✓", "holds"}}
		switch {
		case proof.After != "":
			c.Response, c.Mark = proof.After, mark{"bad", "✗", "does not hold"}
		case proof.Before == "":
			c.Response, c.Mark = "it held before the step, so it shows nothing", mark{"bad", "✗", "not the step's"}
		}
		out.Proofs = append(out.Proofs, c)
	}
	links := linksOf(id, from)
	for i := range judged.Expectations {
		out.Expectations = append(out.Expectations, expectationOf(of, &judged.Expectations[i], links))
	}
	for _, a := range from.Alerts {
		if a.Expectation == nil {
			out.Unexpected = append(out.Unexpected, alert{of.ShortID(a.Rule), a.Title, a.Level, links.all(a.Events)})
		}
	}
	out.Worst, out.Counts, out.Open = summaryOf(judged)
	tree := treeOf(from, links, budget)
	out.Processes, out.ProcessCount, out.FieldsCut = tree.roots, tree.count, tree.cut
	return out
}

func effectOf(judged result.Step) mark {
	switch {
	case judged.Skipped != "":
		return mark{"warn", "–", "not performed"}
	case judged.Error != "":
		return mark{"bad", "!", "broke"}
	case judged.Proven:
		return mark{"good", "✓", "proven"}
	}
	return mark{"bad", "✗", "not proven"}
}

// summaryOf says in a few words what became of a step's expectations.
func summaryOf(judged result.Step) (worst mark, counts string, open bool) {
	byVerdict := map[verdict.Verdict]int{}
	greatest := verdict.Pending
	for _, e := range judged.Expectations {
		byVerdict[e.Verdict]++
		greatest = max(greatest, e.Verdict)
		open = open || !e.Verdict.Met()
	}
	var parts []string
	for _, v := range verdict.All() {
		if n := byVerdict[v]; n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, evidence.VerdictName(v)))
		}
	}
	if n := len(judged.UnexpectedAlerts); n > 0 {
		parts = append(parts, fmt.Sprintf("%d unexpected", n))
	}
	became, _ := judged.WithoutExpectations()
	switch {
	case became != verdict.Pending:
		return verdictMark(became), "", true
	case len(judged.Expectations) == 0:
		return mark{"quiet", "·", "nothing expected"}, strings.Join(parts, ", "), false
	}
	// Of a step that is as expected its detection is what one wants to see.
	if !open && byVerdict[verdict.Detected] > 0 {
		greatest = verdict.Detected
	}
	return verdictMark(greatest), strings.Join(parts, ", "), open
}

func expectationOf(of evidence.Run, e *result.Expectation, links eventLinks) expectation {
	at := of.Location(evidence.Finding{File: e.File, Line: e.Line})
	out := expectation{
		Mark: verdictMark(e.Verdict), Rule: of.ShortID(e.Rule), Title: e.Title, Level: of.Rules[e.Rule].Level, Want: string(e.Want),
		At: fmt.Sprintf("%s:%d", at.Path, at.Line), Fired: links.all(e.Evidence), Explanation: strings.TrimRight(e.Explanation, "\n"),
	}
	if e.Shape == event.EDR {
		out.Shape = "edr"
	}
	if e.Because != "" && e.Because != "ordinary activity" {
		out.Why = append(out.Why, "because "+e.Because)
	}
	if e.Reason != "" {
		out.Why = append(out.Why, e.Reason)
	}
	if len(e.Stated) > 0 {
		out.Why = append(out.Why, "rests on stated fields: "+strings.Join(e.Stated, ", "))
	}
	switch {
	case e.Nearest != nil:
		out.Nearest = &nearest{links.one(e.Nearest.Event), e.Nearest.Changes, e.Nearest.Correlation}
	case len(e.Mismatches) > 0:
		out.Nearest = &nearest{Event: links.one(e.Mismatches[0].Event.ID), Changes: e.Mismatches[0].Changes}
	}
	return out
}

// provenanceOf says how many events came to be known in which way.
func provenanceOf(counts map[string]int) string {
	var parts []string
	for _, name := range slices.Sorted(maps.Keys(counts)) {
		parts = append(parts, fmt.Sprintf("%d %s", counts[name], name))
	}
	return strings.Join(parts, ", ")
}

// eventLinks lead to the events of a step.
type eventLinks struct {
	step string
	on   map[string]bool
}

func linksOf(step string, from evidence.Step) eventLinks {
	links := eventLinks{step, map[string]bool{}}
	if len(from.Processes) > 0 {
		for _, e := range from.Events {
			links.on[e.ID] = true
		}
	}
	return links
}

func (l eventLinks) one(id string) eventLink {
	if !l.on[id] {
		return eventLink{Name: id}
	}
	return eventLink{id, l.anchor(id)}
}

func (l eventLinks) all(events []event.Event) []eventLink {
	var links []eventLink
	for _, e := range events {
		links = append(links, l.one(e.ID))
	}
	return links
}

// anchor is the id of an event's element: events of two scenarios may have the same
// id, and a step is of one.
func (l eventLinks) anchor(id string) string { return l.step + "-" + id }
