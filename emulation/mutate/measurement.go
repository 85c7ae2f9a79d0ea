package mutate

import (
	"time"

	"github.com/ringer-lab/ringer/emulation/sigma"
)

// Format is the name of the document's schema.
const Format = "ringer.mutate/1"

// Measurement is the result of testing rules by their mutants.
type Measurement struct {
	Format  string    `json:"format"`
	ID      string    `json:"id"`
	Version string    `json:"version"`
	Lab     string    `json:"lab"`
	Started time.Time `json:"started"`
	// Seconds is the whole time taken, JudgingSeconds the part that judging mutants
	// took.
	Seconds        float64 `json:"seconds"`
	JudgingSeconds float64 `json:"judging_seconds"`
	Scenarios      int     `json:"scenarios"`
	Summary        Summary `json:"summary"`
	// Rules are the rules that have expectations, the worst first.
	Rules []Rule `json:"rules"`
	// Unexpected are the rules that no expectation names, and that serve no
	// correlation with expectations.
	Unexpected []Name `json:"unexpected"`
}

// Summary counts over all scored rules.
type Summary struct {
	// Rules counts the scored rules, Unscored those that have expectations and no
	// score.
	Rules    int `json:"rules"`
	Unscored int `json:"unscored"`
	Score
}

// Score counts mutants.
type Score struct {
	Killed     int `json:"killed"`
	Survived   int `json:"survived"`
	Equivalent int `json:"equivalent"`
	// Score is killed / (killed + survived); nil if both are 0.
	Score *float64 `json:"score"`
}

// Mutants returns how many mutants there are.
func (s Score) Mutants() int { return s.Killed + s.Survived + s.Equivalent }

// Name identifies a rule and its place.
type Name struct {
	Rule  string `json:"rule"` // its id
	Title string `json:"title"`
	File  string `json:"file"`
	Line  int    `json:"line"`
}

// Rule is the result of one rule's mutants.
type Rule struct {
	Name
	Score
	// Unscored says why the rule has no counts.
	Unscored string `json:"unscored,omitempty"`
	// Survivors are the mutants that changed no verdict, Equivalents those that
	// cannot.
	Survivors   []Mutant `json:"survivors,omitempty"`
	Equivalents []Mutant `json:"equivalents,omitempty"`
}

// Mutant is one change to a rule, at a line of its file.
type Mutant struct {
	Operator sigma.Operator `json:"operator"`
	Line     int            `json:"line"`
	// Was is the part of the rule that was changed, Now what replaced it; empty if it
	// was removed.
	Was string `json:"was"`
	Now string `json:"now,omitempty"`
	// Because says why an equivalent mutant changes nothing.
	Because string `json:"because,omitempty"`
}

// sum returns the counts over the scored rules.
func sum(rules []Rule) Summary {
	var all Summary
	for _, rule := range rules {
		if rule.Unscored != "" {
			all.Unscored++
			continue
		}
		all.Rules++
		all.Killed += rule.Killed
		all.Survived += rule.Survived
		all.Equivalent += rule.Equivalent
	}
	all.Score = all.Score.scored()
	return all
}

func (s Score) scored() Score {
	if tested := s.Killed + s.Survived; tested > 0 {
		score := float64(s.Killed) / float64(tested)
		s.Score = &score
	}
	return s
}
