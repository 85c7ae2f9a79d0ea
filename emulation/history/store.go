package history

import (
	"context"
	"time"

	"github.com/ringer-lab/ringer/emulation/performance"
	"github.com/ringer-lab/ringer/emulation/verdict"
)

// Store keeps runs. Its methods are safe for concurrent use, and so are two stores of one
// database: they wait for each other.
type Store interface {
	// Put keeps a run, all of it or, if it fails, nothing. It takes the place of a run
	// with the same id; the mutation of that one stays if the new one has none.
	Put(ctx context.Context, run Run) error
	// PutMutation adds the mutants of a run's rules, in the place of those that it has;
	// known is false if the store does not have the run. If it fails nothing was changed.
	PutMutation(ctx context.Context, run string, all []Mutation) (known bool, err error)
	// Runs returns runs, the newest first. It fails if the store cannot be read.
	Runs(ctx context.Context, of Query) ([]Entry, error)
	// Flaky returns the expectations that were judged in different ways in those of the
	// runs that performed and judged the same: with one key and one digest of rules.
	// What was reused is left out, as it is one performance. It fails if the store cannot
	// be read.
	Flaky(ctx context.Context, of Query) ([]Flake, error)
	// RulesNamed returns the rules that have that id or title, or whose id begins so. It
	// fails if the store cannot be read.
	RulesNamed(ctx context.Context, name string) ([]RuleName, error)
	// Rule returns what became of a rule in the newest runs that are about it, as many as
	// that. It fails if the store cannot be read.
	Rule(ctx context.Context, id string, last int) (RuleHistory, error)
	// Durations returns how long scenarios took in a lab, each in the median of its
	// newest performances in whole runs: parts of runs do not count, so that all parts of
	// one run are told the same. It fails if the store cannot be read.
	Durations(ctx context.Context, lab string) (map[string]time.Duration, error)
	// Performances returns the newest performances by a key that are recorded, the newest
	// first. It fails if the store cannot be read.
	Performances(ctx context.Context, key performance.Key) ([]Performance, error)
	// Prune removes runs, and returns how many. It fails if the store cannot be written.
	Prune(ctx context.Context, keep Keeping) (int, error)
	// Close ends it. It fails if the database cannot be closed.
	Close() error
}

// Query selects runs.
type Query struct {
	// Last is how many of the newest.
	Last int
	// Series selects those of one series; empty is all runs.
	Series string
}

// Entry is one run as it is listed.
type Entry struct {
	Head
	Counts
	// Series is that of the run; see [Run.Series].
	Series string `json:"series,omitempty"`
}

// Flake is one expectation whose verdicts differ.
type Flake struct {
	Place
	Expectation
	Title string `json:"title"`
	// Verdicts counts how it was judged.
	Verdicts map[verdict.Verdict]int `json:"verdicts"`
	// Judged counts the verdicts that could be compared: of expectations that were judged
	// at least twice under one key and by the same rules. Differing counts those of them
	// that are not the most frequent one.
	Judged    int `json:"judged"`
	Differing int `json:"differing"`
}

// Place is a step or a baseline of a scenario.
type Place struct {
	Scenario string `json:"scenario"`
	Step     string `json:"step"`
	Baseline bool   `json:"baseline,omitempty"`
}

// RuleName is a rule that a store knows.
type RuleName struct{ ID, Title string }

// RuleHistory is what became of one rule.
type RuleHistory struct {
	RuleName
	// Runs are those that are about it, the oldest first.
	Runs []Entry
	// Places are where it has expectations.
	Places []RulePlace
	// Alarms are the ordinary days on which it alerted.
	Alarms []RuleAlarm
	// Mutation are its mutants in runs that tested it, the oldest first.
	Mutation []RuleMutation
}

// RulePlace is what became of an expectation of a rule.
type RulePlace struct {
	Place
	Expectation
	// Verdicts are by the index of the run in [RuleHistory.Runs].
	Verdicts map[int]verdict.Verdict
	// After are the times to detect that are known.
	After []time.Duration
	// Judged and Differing are as those of [Flake].
	Judged, Differing int
}

// RuleAlarm is an ordinary day on which a rule alerted in some of the runs.
type RuleAlarm struct {
	Place
	Level string
	Runs  int
}

// RuleMutation counts the mutants of a rule in one run.
type RuleMutation struct {
	Run              string
	Started          time.Time
	Killed, Survived int
}

// Performance is one scenario of a recorded run.
type Performance struct {
	Run, Scenario string
	Started       time.Time
	Recording     Recording
	// Reused and Sound are as those of [Scenario].
	Reused string
	Sound  bool
}

// Keeping says which runs a store keeps: those that are among the newest so many, where
// Runs is not 0, and that were not started before Since, where that is given.
type Keeping struct {
	Runs  int
	Since time.Time
}
