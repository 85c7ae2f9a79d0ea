package exercise

import (
	"math"
	"slices"
	"strings"

	"github.com/ringer-lab/ringer/emulation/attack"
)

// finding scores a finding by what its events come from, never by its words alone.
func (c *scorer) finding(e Entry) {
	events := distinct(e.Finding.Events)
	join := c.join(events)
	switch {
	case join.known == 0:
		c.add(e, Line{Kind: LineNothing, What: whatOf(e), Why: whyUnknownEvents})
		return
	case join.ordinary:
		c.charge(e, "", Line{Kind: LineAccused, Points: c.state.definition.Wrong, What: whatOf(e), Why: whyAccused(join, c.state.definition.Wrong)})
		return
	}
	step, _ := c.state.truth.Step(join.step)
	asked := false
	for _, o := range c.state.definition.Objectives {
		if slices.Contains(o.Find.Steps, step.ID) {
			asked = true
			points, why := worthOf(o, step, c.state.truth.techniques(step), *e.Finding, join.events)
			c.answer(e, o, Line{Kind: LineFound, Points: points, What: whatOf(e), Why: why, Step: step.ID})
		}
	}
	asked = c.attribution(e, step) || asked
	if !asked {
		c.add(e, Line{Kind: LineUnasked, What: whatOf(e), Why: whyUnasked, Step: step.ID})
	}
}

// joined is what the events of a finding come from.
type joined struct {
	// step is the one that most of the events come from; ordinary is true if more come
	// from ordinary days than from any one step.
	step     string
	ordinary bool
	// events counts those of the step, days those of ordinary days, known all that exist.
	events, days, known int
}

// join finds the step that most events come from; of steps with as many events, the one
// that was performed first.
func (c *scorer) join(events []string) joined {
	var out joined
	counts := map[string]int{}
	for _, id := range events {
		step, known := c.state.truth.eventOrigin(id)
		switch {
		case !known:
			continue
		case step == "":
			out.days++
		default:
			counts[step]++
		}
		out.known++
	}
	out.step, out.events = c.state.truth.leading(counts)
	out.ordinary = out.days > out.events
	return out
}

// attribution scores the actor that a finding names, and reports whether an objective
// asks for one. The objective that is of the step's actor is answered; if there is none,
// a wrong name is charged to the objective of the actor that was named.
func (c *scorer) attribution(e Entry, step TrueStep) (asked bool) {
	if e.Finding.Actor == "" {
		return false
	}
	right := c.isActor(step.Actor, e.Finding.Actor)
	for _, o := range c.state.definition.Objectives {
		if o.Find.Actor != step.Actor || o.Find.Actor == "" {
			continue
		}
		if right {
			c.answer(e, o, Line{Kind: LineAttributed, Points: o.Points, What: whatOf(e), Why: whyAttributed(o.Points), Step: step.ID})
		} else {
			c.wrongActor(e, o, step)
		}
		return true
	}
	for _, o := range c.state.definition.Objectives {
		if o.Find.Actor != "" && !right && c.isActor(o.Find.Actor, e.Finding.Actor) {
			c.wrongActor(e, o, step)
			return true
		}
	}
	return false
}

func (c *scorer) wrongActor(e Entry, o Objective, step TrueStep) {
	c.objectives[o.Name].Tries++
	c.objectives[o.Name].Left = max(0, c.objectives[o.Name].Left-1)
	c.charge(e, o.Name, Line{Kind: LineAttributed, Points: o.Wrong, What: whatOf(e), Why: whyWrongActor(o.Wrong), Step: step.ID})
}

// isActor reports whether somebody is named by that word: the name of the scenario, the
// group's or its id.
func (c *scorer) isActor(name, word string) bool {
	if name == "" {
		return false
	}
	if sameWord(name, word) {
		return true
	}
	for _, actor := range c.state.truth.Actors() {
		if actor.Name == name {
			return sameWord(actor.Title, word) || actor.Group != "" && sameWord(actor.Group, word)
		}
	}
	return false
}

// worthOf is what a finding that shows the step, whose technique has those ids, is worth
// for an objective, and the formula.
func worthOf(o Objective, step TrueStep, techniques []string, f Finding, events int) (points int, why string) {
	parts := []part{
		{wordTechnique, o.Partial.Technique, techniqueFits(techniques, f.Technique)},
		{wordHost, o.Partial.Host, yes(sameWord(f.Host, step.Host) || sameWord(f.Host, step.Asset))},
		{wordTime, o.Partial.Time, yes(!f.Time.IsZero() && !f.Time.Before(step.From.Add(-o.Within)) && !f.Time.After(step.To.Add(o.Within)))},
		{evidenceWord(min(events, o.needed(step)), o.needed(step)), o.Partial.Evidence, float64(min(events, o.needed(step))) / float64(o.needed(step))},
	}
	return formula(o.Points, parts)
}

// needed is how many events of the step a whole answer names: not more than it has.
func (o Objective) needed(step TrueStep) int { return max(1, min(o.Evidence, len(step.Events))) }

// part is one part of an answer: which share of the points it is worth, and how much of
// it is right, from 0 to 1.
type part struct {
	name  string
	share float64
	right float64
}

// formula adds up the parts of an answer; halves are rounded up.
func formula(points int, parts []part) (int, string) {
	sum := 0.0
	for _, p := range parts {
		sum += p.share * p.right
	}
	// Shares such as 0.1 are not exact: what is nearer to a half than a millionth is one.
	worth := int(math.Floor(float64(points)*sum + 0.5 + 1e-6))
	return worth, whyParts(points, parts, worth)
}

// techniqueFits is 1 if a finding names the step's technique by one of its ids, a half if
// it names the technique that this is a sub-technique of or another one of its
// sub-techniques, and else 0.
func techniqueFits(ids []string, given string) float64 {
	given = strings.ToUpper(strings.TrimSpace(given))
	if given == "" {
		return 0
	}
	near := 0.0
	for _, own := range ids {
		if own == given {
			return 1
		}
		if attack.Parent(own) == attack.Parent(given) {
			near = 0.5
		}
	}
	return near
}

func yes(right bool) float64 {
	if right {
		return 1
	}
	return 0
}

func sameWord(a, b string) bool {
	return strings.EqualFold(strings.TrimSpace(a), strings.TrimSpace(b)) && strings.TrimSpace(a) != ""
}

func distinct(all []string) []string {
	seen, out := map[string]bool{}, []string{}
	for _, s := range all {
		if !seen[s] {
			seen[s] = true
			out = append(out, s)
		}
	}
	return out
}
