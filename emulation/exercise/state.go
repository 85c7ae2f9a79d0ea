package exercise

import (
	"cmp"
	"slices"
	"sync"
	"time"
)

// State is what the entries of an exercise come to. It takes them in any order and each
// as often as it comes: what counts is their numbers. Two states that were given the same
// entries, with the same truth, say the same. It may be used from many goroutines.
type State struct {
	definition Definition
	truth      *Truth

	mu      sync.RWMutex
	applied int64           // the number up to which all entries were applied
	waiting map[int64]Entry // those that came before one with a lower number
	clock   Clock
	teams   map[string]*team
	order   []string // ids of teams as they were made
	notes   []Entry
	tokens  map[string]Entry // the last entry of each token, by hash
	rules   map[string]ruleJudged
	bought  map[string]profileJudged
	endedAt int64     // the number of the entry that ended it
	began   time.Time // on the wall; zero before the start
	ended   time.Time // on the wall; zero before the end
}

type ruleJudged struct {
	RuleVerdict
	number int64
}

type profileJudged struct {
	ProfileVerdict
	number int64
}

// team is what the entries say of one team.
type team struct {
	id, name string
	made     int64
	members  []Person
	entries  []Entry // those that count or are shown: findings, hints, rules, purchases
	saved    []Entry

	scoring sync.Mutex // held for what follows
	scored  TeamState
	of      scoredOf
}

// scoredOf is what a score was computed of: while it is the same, so is the score.
type scoredOf struct {
	known                                    bool
	members, entries, saved, verdicts, truth int
	ended                                    int64
}

// Person is a member of a team.
type Person struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// NewState returns the state of an exercise of which no entry is known.
func NewState(definition Definition, truth *Truth) *State {
	return &State{
		definition: definition, truth: truth, waiting: map[int64]Entry{}, clock: NewClock(definition.Pace),
		teams: map[string]*team{}, tokens: map[string]Entry{}, rules: map[string]ruleJudged{}, bought: map[string]profileJudged{},
	}
}

// Fold returns the state that entries come to.
func Fold(definition Definition, truth *Truth, entries []Entry) *State {
	s := NewState(definition, truth)
	for _, e := range entries {
		s.Apply(e)
	}
	return s
}

// Apply takes an entry that is in the log.
func (s *State) Apply(e Entry) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if e.Number <= s.applied {
		return
	}
	s.waiting[e.Number] = e
	for {
		next, ok := s.waiting[s.applied+1]
		if !ok {
			return
		}
		delete(s.waiting, next.Number)
		s.applied = next.Number
		s.apply(next)
	}
}

func (s *State) apply(e Entry) {
	s.clock = s.clock.Apply(e)
	switch e.Kind {
	case Team:
		if s.teams[e.Team] == nil {
			s.teams[e.Team] = &team{id: e.Team, name: e.Name, made: e.Number}
			s.order = append(s.order, e.Team)
		}
	case Member:
		if t := s.teams[e.Team]; t != nil {
			t.members = append(t.members, Person{ID: e.Member, Name: e.Name})
		}
	case HandedIn, TookHint, RuleIn, Bought:
		if t := s.teams[e.Team]; t != nil {
			t.entries = append(t.entries, e)
		}
	case Saved:
		if t := s.teams[e.Team]; t != nil {
			t.saved = append(t.saved, e)
		}
	case JudgedRule:
		if _, there := s.rules[e.RuleVerdict.Digest]; !there {
			s.rules[e.RuleVerdict.Digest] = ruleJudged{*e.RuleVerdict, e.Number}
		}
	case JudgedProfile:
		if _, there := s.bought[e.ProfileVerdict.Digest]; !there {
			s.bought[e.ProfileVerdict.Digest] = profileJudged{*e.ProfileVerdict, e.Number}
		}
	case Note:
		s.notes = append(s.notes, e)
	case Token, Redeemed, Revoked:
		s.tokens[e.Token.Hash] = e
		if e.Kind == Redeemed && e.Token.From != "" {
			s.tokens[e.Token.From] = e
		}
	case End:
		if s.endedAt == 0 {
			s.endedAt, s.ended = e.Number, e.At
		}
	case Start:
		if s.began.IsZero() {
			s.began = e.At
		}
	}
}

// Definition returns the exercise.
func (s *State) Definition() Definition { return s.definition }

// Applied returns the number up to which all entries are known.
func (s *State) Applied() int64 {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.applied
}

// Clock returns the clock as the entries left it.
func (s *State) Clock() Clock {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.clock
}

// Span returns the wall times at which the exercise began and ended, each zero if it has
// not.
func (s *State) Span() (began, ended time.Time) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.began, s.ended
}

// Actors returns the actors of the scenario. Trainees must not see which of them there
// are, unless the page offers others beside them.
func (s *State) Actors() []TrueActor { return s.truth.Actors() }

// Notes returns what the instructor told all, in order.
func (s *State) Notes() []Entry {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return slices.Clone(s.notes)
}

// TokenEntry returns the last entry about a token or session, by its hash: whether it
// was made, used or revoked is its kind.
func (s *State) TokenEntry(hash string) (Entry, bool) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	e, ok := s.tokens[hash]
	return e, ok
}

// TimeOver reports whether the exercise has taken its minutes at a wall time, or has
// ended.
func (s *State) TimeOver(now time.Time) bool {
	c := s.Clock()
	return c.Ended || s.definition.Minutes > 0 && c.Ran(now) >= time.Duration(s.definition.Minutes)*time.Minute
}

// teamsInOrder returns the teams as they were made.
func (s *State) teamsInOrder() []*team {
	out := make([]*team, 0, len(s.order))
	for _, id := range s.order {
		out = append(out, s.teams[id])
	}
	slices.SortStableFunc(out, func(a, b *team) int { return cmp.Compare(a.made, b.made) })
	return out
}
