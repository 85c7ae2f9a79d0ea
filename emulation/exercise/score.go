package exercise

import (
	"slices"
)

// scoreNow is what all entries of a team are worth. It is kept until something changes:
// what it returns must not be changed.
func (s *State) scoreNow(t *team) TeamState {
	t.scoring.Lock()
	defer t.scoring.Unlock()
	of := scoredOf{true, len(t.members), len(t.entries), len(t.saved), len(s.rules) + len(s.bought), s.truth.Version(), s.endedAt}
	if t.of != of {
		t.scored, t.of = s.score(t, s.applied), of
	}
	return t.scored
}

// score is what the entries of a team up to a number are worth. It depends on them, the
// definition, the truth and the verdicts alone.
func (s *State) score(t *team, through int64) TeamState {
	c := scorer{state: s, team: t, through: through, objectives: map[string]*ObjectiveState{}}
	for _, o := range s.definition.Objectives {
		c.objectives[o.Name] = &ObjectiveState{Objective: o.Name, Of: o.Points, Left: o.Tries}
	}
	c.out = TeamState{ID: t.id, Name: t.name, Members: slices.Clone(t.members), Lines: []Line{}, Objectives: []ObjectiveState{}}
	for _, e := range t.entries {
		if e.Number <= through {
			c.out.HandedIn = append(c.out.HandedIn, e)
			c.entry(e)
		}
	}
	for _, e := range t.saved {
		if e.Number <= through {
			c.out.Saved = append(c.out.Saved, e)
		}
	}
	c.sum()
	return c.out
}

// scorer makes the lines of one team.
type scorer struct {
	state      *State
	team       *team
	through    int64
	out        TeamState
	objectives map[string]*ObjectiveState
	alarmed    map[string]bool // digests of rules whose alarms were charged
}

func (c *scorer) entry(e Entry) {
	if c.state.endedAt != 0 && e.Number > c.state.endedAt {
		c.add(e, Line{Kind: LineNothing, What: whatOf(e), Why: whyLate})
		return
	}
	switch e.Kind {
	case HandedIn:
		c.finding(e)
	case TookHint:
		c.hint(e)
	case RuleIn:
		c.rule(e)
	case Bought:
		c.purchases(e)
	}
}

func (c *scorer) add(e Entry, line Line) {
	line.Entry, line.At, line.Virtual, line.Member = e.Number, e.At, e.Virtual, e.Member
	c.out.Lines = append(c.out.Lines, line)
}

// answer adds the line of an answer to an objective, if the team still has a try.
func (c *scorer) answer(e Entry, o Objective, line Line) {
	state := c.objectives[o.Name]
	line.Objective = o.Name
	if state.Left == 0 {
		line.Points, line.Why = 0, whyNoTry(o.Tries)
		c.add(e, line)
		return
	}
	state.Tries++
	state.Left--
	if line.Points > state.Points || state.Entry == 0 {
		state.Points, state.Entry = line.Points, e.Number
	}
	c.add(e, line)
}

// charge adds a line that costs, whatever else the team does.
func (c *scorer) charge(e Entry, objective string, line Line) {
	line.Objective, line.Counts = objective, true
	if state := c.objectives[objective]; state != nil {
		state.Charged += line.Points
	}
	c.add(e, line)
}

func (c *scorer) hint(e Entry) {
	o, ok := c.state.definition.Objective(e.Objective)
	hint, has := o.Hint(e.Hint)
	if !ok || !has {
		return
	}
	state := c.objectives[o.Name]
	if slices.ContainsFunc(state.Hints, func(h Hint) bool { return h.Name == hint.Name }) {
		return // it is charged once
	}
	state.Hints = append(state.Hints, hint)
	c.charge(e, o.Name, Line{Kind: LineHint, Points: -hint.Cost, What: whatOf(e), Why: whyHint(o, hint)})
}

// sum marks the answers that count, and adds up.
func (c *scorer) sum() {
	attribution := map[string]bool{}
	for _, o := range c.state.definition.Objectives {
		attribution[o.Name] = o.Find.Actor != ""
		c.out.Objectives = append(c.out.Objectives, *c.objectives[o.Name])
	}
	for i := range c.out.Lines {
		line := &c.out.Lines[i]
		state := c.objectives[line.Objective]
		if state != nil && !line.Counts && line.Kind.answers() {
			line.Counts = line.Entry == state.Entry
			if !line.Counts && line.Points > 0 {
				line.Why += whyBetter(state.Entry)
			}
		}
		switch {
		case !line.Counts:
		case attribution[line.Objective]:
			c.out.Attribution += line.Points
		default:
			c.out.Points += line.Points
		}
	}
}

// answers reports whether lines of the kind are answers to an objective, of which the
// best counts.
func (k LineKind) answers() bool {
	return k == LineFound || k == LineAttributed || k == LineRule || k == LineTelemetry
}
