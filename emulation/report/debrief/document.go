package debrief

import (
	"time"

	"github.com/ringer-lab/ringer/emulation/exercise"
)

// Format is the name of the document's schema, which is [Schema].
const Format = "ringer.exercise/1"

// Document is all that an exercise came to.
type Document struct {
	Format   string   `json:"format"`
	Version  string   `json:"version"` // ringer's
	Exercise Exercise `json:"exercise"`
	// Through is the number of the last entry of the log that it is made of.
	Through    int64                `json:"through"`
	Objectives []Objective          `json:"objectives"`
	Actors     []exercise.TrueActor `json:"actors"`
	// Board has the teams, the first one first.
	Board []exercise.Row `json:"board"`
	// Teams are in the order of the board.
	Teams []Team `json:"teams"`
	// Steps are in the order in which they were performed.
	Steps       []exercise.DebriefStep `json:"steps"`
	Accusations []exercise.Accusation  `json:"false_accusations"`
	// OnlyHunted are the steps that no rule alerted on and a team found.
	OnlyHunted []string `json:"only_hunted"`
}

// Exercise is what was asked of everybody.
type Exercise struct {
	Name     string        `json:"name"`
	Title    string        `json:"title"`
	Scenario string        `json:"scenario"`
	Mode     exercise.Mode `json:"mode"`
	Pace     float64       `json:"pace"`
	Minutes  int           `json:"minutes"`
	Wrong    int           `json:"wrong"`
	// Began and Ended are wall times; zero if it has not.
	Began time.Time `json:"began,omitzero"`
	Ended time.Time `json:"ended,omitzero"`
}

// Objective is what was asked, and what it was worth.
type Objective struct {
	Name     string          `json:"name"`
	Title    string          `json:"title"`
	Question string          `json:"question,omitempty"`
	Points   int             `json:"points"`
	Find     exercise.Target `json:"find"`
	Partial  exercise.Shares `json:"partial"`
	Evidence int             `json:"evidence"`
	Tries    int             `json:"tries"`
	Wrong    int             `json:"wrong"`
	Hints    []exercise.Hint `json:"hints,omitempty"`
}

// Team is what one team did, and how its score came about.
type Team struct {
	ID          string                    `json:"id"`
	Name        string                    `json:"name"`
	Members     []exercise.Person         `json:"members"`
	Points      int                       `json:"points"`
	Attribution int                       `json:"attribution"`
	Objectives  []exercise.ObjectiveState `json:"objectives"`
	Lines       []Line                    `json:"lines"`
	Findings    []Finding                 `json:"findings"`
	Rules       []Rule                    `json:"rules,omitempty"`
	Purchases   []string                  `json:"purchases,omitempty"`
	Spent       int                       `json:"spent,omitempty"`
}

// Line is one line of a score, with the step that it is about.
type Line struct {
	exercise.Line
	Step string `json:"step,omitempty"`
}

// Finding is what a team handed in, and the step that it shows; none if it shows none.
type Finding struct {
	Entry   int64     `json:"entry"`
	At      time.Time `json:"at"`
	Virtual time.Time `json:"virtual"`
	Member  string    `json:"member"`
	exercise.Finding
	Step string `json:"step,omitempty"`
}

// Rule is the text of a rule that a team handed in.
type Rule struct {
	Entry  int64     `json:"entry"`
	At     time.Time `json:"at"`
	Member string    `json:"member"`
	Text   string    `json:"text"`
}

// Of returns what an exercise came to so far.
func Of(state *exercise.State, version string) Document {
	d, board := state.Debrief(), state.Board()
	definition := state.Definition()
	out := Document{
		Format: Format, Version: version, Through: board.Through, Objectives: []Objective{}, Actors: state.Actors(), Board: board.Rows, Teams: []Team{},
		Steps: d.Steps, Accusations: d.Accusations, OnlyHunted: d.OnlyHunted,
		Exercise: Exercise{
			Name: definition.Name, Title: definition.Title, Scenario: definition.Scenario, Mode: definition.Mode, Pace: definition.Pace,
			Minutes: definition.Minutes, Wrong: definition.Wrong,
		},
	}
	if out.Actors == nil {
		out.Actors = []exercise.TrueActor{}
	}
	out.Exercise.Began, out.Exercise.Ended = state.Span()
	for _, o := range definition.Objectives {
		out.Objectives = append(out.Objectives, Objective{o.Name, o.Title, o.Question, o.Points, o.Find, o.Partial, o.Evidence, o.Tries, o.Wrong, o.Hints})
	}
	for _, row := range board.Rows {
		if team, ok := state.Team(row.Team); ok {
			out.Teams = append(out.Teams, teamOf(team))
		}
	}
	return out
}

func teamOf(state exercise.TeamState) Team {
	out := Team{
		ID: state.ID, Name: state.Name, Members: state.Members, Points: state.Points, Attribution: state.Attribution, Objectives: state.Objectives,
		Lines: []Line{}, Findings: []Finding{}, Purchases: state.Purchases, Spent: state.Spent,
	}
	if out.Members == nil {
		out.Members = []exercise.Person{}
	}
	names := map[string]string{}
	for _, person := range state.Members {
		names[person.ID] = person.Name
	}
	shows := map[int64]string{}
	for _, line := range state.Lines {
		line.Member = names[line.Member]
		out.Lines = append(out.Lines, Line{line, line.Step})
		if line.Step != "" {
			shows[line.Entry] = line.Step
		}
	}
	for _, e := range state.HandedIn {
		switch e.Kind {
		case exercise.HandedIn:
			out.Findings = append(out.Findings, Finding{e.Number, e.At, e.Virtual, names[e.Member], *e.Finding, shows[e.Number]})
		case exercise.RuleIn:
			out.Rules = append(out.Rules, Rule{e.Number, e.At, names[e.Member], e.Rule.Text})
		}
	}
	return out
}
