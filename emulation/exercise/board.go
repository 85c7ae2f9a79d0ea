package exercise

import (
	"cmp"
	"slices"
	"time"
)

// LineKind is what a line of a score is about.
type LineKind string

// The kinds of lines.
const (
	LineFound      LineKind = "found"            // a finding that shows a step that is asked for
	LineUnasked    LineKind = "unasked"          // a finding that shows a step that nobody asks for
	LineAttributed LineKind = "attributed"       // an actor, right or wrong
	LineAccused    LineKind = "false_accusation" // a finding that shows an ordinary day
	LineNothing    LineKind = "nothing"          // a finding whose events do not exist, or after the end
	LineHint       LineKind = "hint"             // a hint was taken
	LineRule       LineKind = "rule"             // a rule was judged
	LineAlarms     LineKind = "alarms"           // a rule alarms on ordinary days
	LineTelemetry  LineKind = "telemetry"        // bought telemetry was judged
	LineToBeJudged LineKind = "to_be_judged"     // a rule or purchases wait for their verdict
)

// Line is one line of a team's score: what came of one entry for one objective.
type Line struct {
	// Entry is the number of the entry that it is about; Team and Member handed that in.
	Entry   int64     `json:"entry"`
	At      time.Time `json:"at"`
	Virtual time.Time `json:"virtual"`
	Member  string    `json:"member"`
	Kind    LineKind  `json:"kind"`
	// Objective is its name; empty if the line is of none.
	Objective string `json:"objective,omitempty"`
	// Points are what the answer is worth by itself; Counts is false if they are not part
	// of the score, as another answer of the team is worth more, or it was one too many.
	Points int  `json:"points"`
	Counts bool `json:"counts"`
	// What says what was handed in, Why how the points come about: the formula with its
	// numbers. Neither tells what a right answer is.
	What string `json:"what"`
	Why  string `json:"why"`
	// Step is the step that the finding was joined to. It is the truth: a trainee must
	// not see it before the end.
	Step string `json:"-"`
}

// TeamState is all that a team may know of itself.
type TeamState struct {
	ID      string   `json:"id"`
	Name    string   `json:"name"`
	Members []Person `json:"members"`
	// Points are the score without attribution, Attribution that of it.
	Points      int `json:"points"`
	Attribution int `json:"attribution"`
	// Lines are in the order of the entries.
	Lines []Line `json:"lines"`
	// Objectives have what counts of each objective.
	Objectives []ObjectiveState `json:"objectives"`
	// Purchases are what the team has bought, by name; Spent is what that costs.
	Purchases []string `json:"purchases,omitempty"`
	Spent     int      `json:"spent,omitempty"`
	// Saved are drafts, HandedIn all other entries of the team, in order.
	Saved    []Entry `json:"-"`
	HandedIn []Entry `json:"-"`
}

// ObjectiveState is how a team stands at an objective.
type ObjectiveState struct {
	Objective string `json:"objective"`
	// Points are those of the best answer; Of are those of a whole one.
	Points int `json:"points"`
	Of     int `json:"of"`
	// Entry is the number of the answer that counts, 0 if there is none.
	Entry int64 `json:"entry,omitempty"`
	// Tries counts the answers that were taken, Left those that the team still has.
	Tries int `json:"tries"`
	Left  int `json:"left"`
	// Hints are the names of those that were taken, with their texts.
	Hints []Hint `json:"hints,omitempty"`
	// Charged is what hints and wrong answers cost: 0 or less.
	Charged int `json:"charged,omitempty"`
}

// Board is how all teams stand.
type Board struct {
	// Through is the number of the last entry that counts.
	Through int64 `json:"through"`
	Rows    []Row `json:"rows"`
}

// Row is one team on the board.
type Row struct {
	// Rank is 1 for the first; teams that stand alike share it.
	Rank int    `json:"rank"`
	Team string `json:"team"`
	Name string `json:"name"`
	// Points are the score without attribution, Attribution that of it.
	Points      int `json:"points"`
	Attribution int `json:"attribution"`
	// Solved counts the objectives with a whole answer, Begun those with a part.
	Solved int `json:"solved"`
	Begun  int `json:"begun"`
	// FalseAccusations and Hints count what cost points.
	FalseAccusations int `json:"false_accusations"`
	Hints            int `json:"hints"`
	// LastEntry is the number of the last entry by which the score changed, Last its wall
	// time; of two teams with the same score the one that reached it first comes first.
	LastEntry int64     `json:"last_entry,omitempty"`
	Last      time.Time `json:"last,omitzero"`
}

// Board returns how all teams stand.
func (s *State) Board() Board { return s.BoardThrough(0) }

// BoardThrough returns how all teams stood after the entry of that number, as a board
// that is frozen shows it; 0 is the last.
func (s *State) BoardThrough(number int64) Board {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if number <= 0 || number > s.applied {
		number = s.applied
	}
	out := Board{Through: number, Rows: []Row{}}
	for _, t := range s.teamsInOrder() {
		if t.made <= number {
			out.Rows = append(out.Rows, s.row(t, number))
		}
	}
	slices.SortStableFunc(out.Rows, compareRows)
	for i := range out.Rows {
		out.Rows[i].Rank = i + 1
		if i > 0 && out.Rows[i].Points == out.Rows[i-1].Points && out.Rows[i].Attribution == out.Rows[i-1].Attribution && out.Rows[i].LastEntry == out.Rows[i-1].LastEntry {
			out.Rows[i].Rank = out.Rows[i-1].Rank
		}
	}
	return out
}

func compareRows(a, b Row) int {
	return cmp.Or(cmp.Compare(b.Points, a.Points), cmp.Compare(b.Attribution, a.Attribution), cmp.Compare(a.LastEntry, b.LastEntry))
}

func (s *State) row(t *team, through int64) Row {
	state := s.scoreNow(t)
	if through < s.applied {
		state = s.score(t, through)
	}
	out := Row{Team: t.id, Name: t.name, Points: state.Points, Attribution: state.Attribution}
	for _, objective := range state.Objectives {
		switch {
		case objective.Points == objective.Of:
			out.Solved++
		case objective.Points > 0:
			out.Begun++
		}
		out.Hints += len(objective.Hints)
	}
	for _, line := range state.Lines {
		if line.Kind == LineAccused {
			out.FalseAccusations++
		}
		if line.Counts && line.Points != 0 && line.Entry > out.LastEntry {
			out.LastEntry, out.Last = line.Entry, line.At
		}
	}
	return out
}

// Team returns how a team stands, with every line of its score. What it returns is shared:
// it must not be changed.
func (s *State) Team(id string) (TeamState, bool) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	t := s.teams[id]
	if t == nil {
		return TeamState{}, false
	}
	return s.scoreNow(t), true
}

// Teams returns the teams as they were made, without their scores.
func (s *State) Teams() []TeamState {
	s.mu.RLock()
	defer s.mu.RUnlock()
	var out []TeamState
	for _, t := range s.teamsInOrder() {
		out = append(out, TeamState{ID: t.id, Name: t.name, Members: slices.Clone(t.members)})
	}
	return out
}
