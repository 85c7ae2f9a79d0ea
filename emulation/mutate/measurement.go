package mutate

import (
	"time"

	"github.com/ringer-lab/ringer/emulation/sigma"
)

// Format is the version of the document.
const Format = "ringer.mutate/1"

// Measurement is what was found.
type Measurement struct {
	Format  string    `json:"format"`
	ID      string    `json:"id"`
	Version string    `json:"version"`
	Lab     string    `json:"lab"`
	Started time.Time `json:"started"`
	// Seconds is the wall time of it all, JudgingSeconds that of judging mutants.
	Seconds        float64 `json:"seconds"`
	JudgingSeconds float64 `json:"judging_seconds"`
	Scenarios      int     `json:"scenarios"`
	Summary        Summary `json:"summary"`
	// Rules are those that something is expected of, the worst first.
	Rules []Rule `json:"rules"`
	// Unexpected are the rules that no expectation names and that no expected
	// correlation rests on.
	Unexpected []Name `json:"unexpected"`
}

// Summary counts over the rules that are scored.
type Summary struct {
	// Rules counts those scored, Unscored those that something is expected of and
	// that are not.
	Rules    int `json:"rules"`
	Unscored int `json:"unscored"`
	Score
}

// Score counts mutants.
type Score struct {
	Killed     int `json:"killed"`
	Survived   int `json:"survived"`
	Equivalent int `json:"equivalent"`
	// Score is killed / (killed + survived); nil where there is neither.
	Score *float64 `json:"score"`
}

// Mutants counts all of them.
func (s Score) Mutants() int { return s.Killed + s.Survived + s.Equivalent }

// Name is a rule and where it stands.
type Name struct {
	Rule  string `json:"rule"` // its id
	Title string `json:"title"`
	File  string `json:"file"`
	Line  int    `json:"line"`
}

// Rule is what became of the mutants of one.
type Rule struct {
	Name
	Score
	// Unscored says why the rule has no counts.
	Unscored string `json:"unscored,omitempty"`
	// Survivors changed no verdict; Equivalents cannot.
	Survivors   []Mutant `json:"survivors,omitempty"`
	Equivalents []Mutant `json:"equivalents,omitempty"`
}

// Mutant is one alteration, at a line of the rule's file.
type Mutant struct {
	Operator sigma.Operator `json:"operator"`
	Line     int            `json:"line"`
	// Was is the part as the rule has it; Now what stands in its place, empty if
	// it is gone.
	Was string `json:"was"`
	Now string `json:"now,omitempty"`
	// Because says why an equivalent mutant changes nothing.
	Because string `json:"because,omitempty"`
}

// sum counts over the scored rules.
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
