package exercise

import (
	"cmp"
	"slices"
	"time"
)

// Debrief is what an exercise showed, step by step. It has the truth: trainees see it
// after the end.
type Debrief struct {
	Steps []DebriefStep `json:"steps"`
	// Accusations are the false ones of all teams, in order.
	Accusations []Accusation `json:"accusations"`
	// OnlyHunted are the steps that no rule alerted on and a team found.
	OnlyHunted []string `json:"only_hunted"`
}

// DebriefStep is one step with what became of it.
type DebriefStep struct {
	TrueStep
	// Objectives are the names of those that ask for it.
	Objectives []string `json:"objectives,omitempty"`
	// Found has, for each team that found it, when that was first.
	Found []FoundBy `json:"found"`
}

// FoundBy is the first finding of a team that shows a step.
type FoundBy struct {
	Team  string `json:"team"`
	Name  string `json:"name"`
	Entry int64  `json:"entry"`
	// At and Virtual are when it was handed in, Events those of the finding.
	At      time.Time `json:"at"`
	Virtual time.Time `json:"virtual"`
	Events  []string  `json:"events"`
	// AfterSeconds is the virtual time from the step's first event, 0 or more.
	AfterSeconds float64 `json:"after_seconds"`
	// Actor is whom the finding names, RightActor whether it was.
	Actor      string `json:"actor,omitempty"`
	RightActor bool   `json:"right_actor"`
}

// Accusation is a false accusation.
type Accusation struct {
	Team    string    `json:"team"`
	Name    string    `json:"name"`
	Entry   int64     `json:"entry"`
	At      time.Time `json:"at"`
	Virtual time.Time `json:"virtual"`
	Finding Finding   `json:"finding"`
	Points  int       `json:"points"`
}

// Debrief returns what the exercise showed so far.
func (s *State) Debrief() Debrief {
	s.mu.RLock()
	defer s.mu.RUnlock()
	out := Debrief{Steps: []DebriefStep{}, Accusations: []Accusation{}, OnlyHunted: []string{}}
	found := map[string][]FoundBy{}
	for _, t := range s.teamsInOrder() {
		c := scorer{state: s, team: t, through: s.applied}
		for _, e := range t.entries {
			if e.Kind == HandedIn && (s.endedAt == 0 || e.Number < s.endedAt) {
				c.debrief(e, found, &out)
			}
		}
	}
	slices.SortFunc(out.Accusations, func(a, b Accusation) int { return cmp.Compare(a.Entry, b.Entry) })
	for _, step := range s.truth.Steps() {
		by := found[step.ID]
		slices.SortFunc(by, func(a, b FoundBy) int { return cmp.Compare(a.Entry, b.Entry) })
		if by == nil {
			by = []FoundBy{}
		}
		if !step.Alerted && len(by) > 0 {
			out.OnlyHunted = append(out.OnlyHunted, step.ID)
		}
		out.Steps = append(out.Steps, DebriefStep{TrueStep: step, Objectives: s.definition.asking(step), Found: by})
	}
	return out
}

// debrief enters a finding where it belongs.
func (c *scorer) debrief(e Entry, found map[string][]FoundBy, out *Debrief) {
	join := c.join(distinct(e.Finding.Events))
	switch {
	case join.known == 0:
		return
	case join.ordinary:
		out.Accusations = append(out.Accusations, Accusation{
			Team: c.team.id, Name: c.team.name, Entry: e.Number, At: e.At, Virtual: e.Virtual, Finding: *e.Finding, Points: c.state.definition.Wrong,
		})
		return
	}
	step, _ := c.state.truth.Step(join.step)
	by := FoundBy{
		Team: c.team.id, Name: c.team.name, Entry: e.Number, At: e.At, Virtual: e.Virtual, Events: e.Finding.Events,
		AfterSeconds: max(0, e.Virtual.Sub(step.From).Seconds()), Actor: e.Finding.Actor, RightActor: c.isActor(step.Actor, e.Finding.Actor),
	}
	i := slices.IndexFunc(found[step.ID], func(f FoundBy) bool { return f.Team == c.team.id })
	switch {
	case i < 0:
		found[step.ID] = append(found[step.ID], by)
	case by.RightActor && !found[step.ID][i].RightActor:
		found[step.ID][i].Actor, found[step.ID][i].RightActor = by.Actor, true
	}
}

// asking are the names of the objectives that a step is an answer to.
func (d *Definition) asking(step TrueStep) []string {
	var out []string
	for _, o := range d.Objectives {
		if slices.Contains(o.Find.Steps, step.ID) || slices.Contains(o.Find.Detect, step.ID) || slices.Contains(o.Find.See, step.ID) ||
			o.Find.Actor != "" && o.Find.Actor == step.Actor {
			out = append(out, o.Name)
		}
	}
	return out
}
