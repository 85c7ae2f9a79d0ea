package exercise

import (
	"errors"
	"fmt"
	"slices"
)

// The bounds of what a team may hand in over an exercise, so that nobody can fill the
// disk.
const (
	MaxTeams    = 500
	MaxMembers  = 50   // of a team
	MaxHandedIn = 1000 // findings, hints, rules and purchases of a team
	MaxSaved    = 2000 // drafts of a team
)

// ErrEnded says that an exercise has ended.
var ErrEnded = errors.New("the exercise has ended")

// Accept returns an error that says why an entry must not be appended: it is not valid,
// or names a team, a member, an objective, a hint, an event or a purchase that does not
// exist, or is one too many. It wraps [ErrEnded] for what a team hands in after the end.
// An entry that passes may still be the second of its key.
func (s *State) Accept(e Entry) error {
	if err := e.Check(); err != nil {
		return err
	}
	s.mu.RLock()
	defer s.mu.RUnlock()
	switch e.Kind {
	case Team:
		if len(s.teams) >= MaxTeams {
			return fmt.Errorf("there are %d teams already, and no more are allowed", MaxTeams)
		}
		if s.teams[e.Team] != nil {
			return fmt.Errorf("there is a team with the id %q already", e.Team)
		}
	case Member:
		t := s.teams[e.Team]
		if t == nil {
			return fmt.Errorf("there is no team with the id %q", e.Team)
		}
		if len(t.members) >= MaxMembers {
			return fmt.Errorf("the team has %d members already, and no more are allowed", MaxMembers)
		}
	case Saved, HandedIn, TookHint, RuleIn, Bought:
		return s.acceptOfTeam(e)
	}
	return nil
}

func (s *State) acceptOfTeam(e Entry) error {
	t := s.teams[e.Team]
	if t == nil || !slices.ContainsFunc(t.members, func(p Person) bool { return p.ID == e.Member }) {
		return fmt.Errorf("there is no member %q of a team %q", e.Member, e.Team)
	}
	if s.clock.Ended {
		return ErrEnded
	}
	if len(t.entries) >= MaxHandedIn && e.Kind != Saved || len(t.saved) >= MaxSaved && e.Kind == Saved {
		return errors.New("the team has handed in as much as is allowed")
	}
	switch e.Kind {
	case Saved, HandedIn:
		for _, id := range e.Finding.Events {
			if _, known := s.truth.eventOrigin(id); !known {
				return fmt.Errorf("there is no event %q", id)
			}
		}
	case TookHint:
		o, ok := s.definition.Objective(e.Objective)
		if !ok {
			return fmt.Errorf("there is no objective %q", e.Objective)
		}
		if _, ok := o.Hint(e.Hint); !ok {
			return fmt.Errorf("the objective %q has no hint %q", e.Objective, e.Hint)
		}
	case Bought:
		cost, unknown := s.definition.cost(distinct(e.Purchases))
		if unknown != "" {
			return fmt.Errorf("%q is not for sale", unknown)
		}
		if cost > s.definition.Budget {
			return fmt.Errorf("it costs %d, and the budget is %d", cost, s.definition.Budget)
		}
	}
	return nil
}
