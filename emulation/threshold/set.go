package threshold

import (
	"slices"

	"github.com/ringer-lab/ringer/emulation/verdict"
)

// Set are the bounds of one gate. What is nil or empty bounds nothing.
type Set struct {
	// MaxMissed is how many expectations may be missed.
	MaxMissed *int
	// MaxFalseAlarms is how many alarms there may be by level: an entry counts the alarms of
	// its level and of those above it that have no entry, see [LevelFor].
	MaxFalseAlarms map[string]int
	// MinCoverage is the least share, by [Techniques] and [Rules].
	MinCoverage map[string]float64
	// MinMutationScore is the least share of rule mutants that a verdict kills.
	MinMutationScore *float64
	// MaxExpiredGaps is how many known gaps may be past their day.
	MaxExpiredGaps *int
	// MaxFlakes is how many expectations may have different verdicts in several performances.
	MaxFlakes *int
	// FailOn are the verdicts that must not be; none leaves it at those that a run fails on.
	FailOn []verdict.Verdict
	// Baseline is the path of an earlier run, since which nothing may have got worse.
	Baseline string
}

// IsZero reports whether nothing is bounded.
func (s Set) IsZero() bool {
	return s.MaxMissed == nil && s.MaxFalseAlarms == nil && s.MinCoverage == nil && s.MinMutationScore == nil && s.MaxExpiredGaps == nil &&
		s.MaxFlakes == nil && s.FailOn == nil && s.Baseline == ""
}

// Governs reports whether the set says itself how much of a verdict that a run fails on
// otherwise may be.
func (s Set) Governs(v verdict.Verdict) bool {
	switch v {
	case verdict.Missed:
		return s.MaxMissed != nil || s.Baseline != "" || s.FailOn != nil
	case verdict.FalseAlarm:
		return s.MaxFalseAlarms != nil || s.Baseline != "" || s.FailOn != nil
	case verdict.NoEffect, verdict.DetectedLate:
		return s.Baseline != "" || s.FailOn != nil
	case verdict.Pending, verdict.Silent, verdict.Detected, verdict.BlindSpot, verdict.NotAsked, verdict.Skipped, verdict.Errored:
	}
	return false
}

// What coverage is a share of.
const (
	// Techniques are those of the steps that were performed.
	Techniques = "techniques"
	// Rules are those that the user gave, or else all that were loaded.
	Rules = "rules"
)

// Shares are what coverage can be a share of.
func Shares() []string { return []string{Techniques, Rules} }

// Levels are those of Sigma, from the lowest.
func Levels() []string { return []string{"informational", "low", "medium", "high", "critical"} }

// LevelFor is the level among the bounds that counts an alarm of a level: the highest that
// is not above it. A rule that has no level counts as one of the lowest bound; ok is false
// for a level below all bounds.
func LevelFor(bounds map[string]int, level string) (found string, ok bool) {
	levels := Levels()
	at := slices.Index(levels, level)
	for i, name := range levels {
		if _, bounded := bounds[name]; bounded && (i <= at || at < 0 && !ok) {
			found, ok = name, true
		}
	}
	return found, ok
}
