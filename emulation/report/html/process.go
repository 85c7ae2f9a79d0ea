package html

import (
	"fmt"

	"github.com/ringer-lab/ringer/emulation/report/evidence"
)

// process is one of a step's tree.
type process struct {
	Name, Image, User string
	PID               int
	Resident          bool
	Exit              string // empty for 0 or where it is not known
	// Relevant are the events that a rule fired on or came near to, Other the rest;
	// Fold has those folded, as they are many.
	Relevant, Other []telemetryEvent
	Fold            bool
	Children        []process
}

// telemetryEvent is one event. Fields are there of one that a rule fired on or came
// near to, as long as there is room.
type telemetryEvent struct {
	Anchor, ID, Source, EventID string
	Text, Provenance            string
	Hits, Near                  []string
	// Fields are the log source's own, Joined those of the acting process.
	Fields, Joined []field
}

type field struct {
	Name, Value string
	// Provenance is there where it differs from the event's.
	Provenance string
}

const (
	// mostFields is how many fields the events of a page are shown with: one of many
	// megabytes opens slowly on a telephone.
	mostFields = 20_000
	// foldedFrom is how many events that no rule is about make too long a list.
	foldedFrom = 5
	// mostText bounds a field's value: a script block may have thousands of lines.
	mostText = 1_000
)

// fieldBudget counts the fields that may still be shown.
type fieldBudget struct{ left int }

// processTree is a step's, with how many processes it has, and whether fields of an
// event were left out.
type processTree struct {
	roots []process
	count int
	cut   bool

	links  eventLinks
	hits   map[string][]string
	near   map[string][]string
	budget *fieldBudget
}

func treeOf(from evidence.Step, links eventLinks, budget *fieldBudget) processTree {
	tree := processTree{links: links, hits: map[string][]string{}, near: map[string][]string{}, budget: budget}
	for _, a := range from.Alerts {
		for _, e := range a.Events {
			tree.hits[e.ID] = append(tree.hits[e.ID], a.Title)
		}
	}
	for _, e := range from.Judged.Expectations {
		switch {
		case e.Nearest != nil && e.Nearest.Distance == 1:
			tree.near[e.Nearest.Event] = append(tree.near[e.Nearest.Event], e.Title)
		case len(e.Mismatches) > 0:
			id := e.Mismatches[0].Event.ID
			tree.near[id] = append(tree.near[id], e.Title)
		}
	}
	for _, root := range from.Processes {
		tree.roots = append(tree.roots, tree.add(root))
	}
	return tree
}

func (t *processTree) add(from *evidence.Process) process {
	t.count++
	out := process{Name: from.Name(), Image: from.Image, User: from.User, PID: from.PID, Resident: from.Resident}
	if from.ExitCode != nil && *from.ExitCode != 0 {
		out.Exit = fmt.Sprint(*from.ExitCode)
	}
	for _, e := range from.Events {
		shown := telemetryEvent{
			Anchor: t.links.anchor(e.ID), ID: e.ID, Source: evidence.SourceName(e), EventID: evidence.EventID(e),
			Text: cut(evidence.Describe(e), 240), Provenance: e.Provenance.String(), Hits: t.hits[e.ID], Near: t.near[e.ID],
		}
		if len(shown.Hits)+len(shown.Near) == 0 {
			out.Other = append(out.Other, shown)
			continue
		}
		fields := evidence.Fields(e)
		if t.budget.left < len(fields) {
			t.cut = true
		} else {
			t.budget.left -= len(fields)
			for _, f := range fields {
				row := field{Name: f.Name, Value: cut(f.Value, mostText)}
				if f.Provenance != e.Provenance {
					row.Provenance = f.Provenance.String()
				}
				if f.Joined {
					shown.Joined = append(shown.Joined, row)
					continue
				}
				shown.Fields = append(shown.Fields, row)
			}
		}
		out.Relevant = append(out.Relevant, shown)
	}
	out.Fold = len(out.Other) > foldedFrom
	for _, child := range from.Children {
		out.Children = append(out.Children, t.add(child))
	}
	return out
}
