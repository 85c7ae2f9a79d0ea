package exercise

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
)

// RuleJudge says what a rule of a team's own detects. It is deterministic, and can be
// asked from many goroutines.
type RuleJudge interface {
	// JudgeRule judges the text of a rule over the hidden variants of the steps and over
	// the ordinary days. A text that is not a rule is not an error, but a verdict with
	// Problems. It fails if the judge cannot be asked, or ctx ends.
	JudgeRule(ctx context.Context, text string) (RuleVerdict, error)
}

// RuleVerdict is what a rule was seen to do.
type RuleVerdict struct {
	// Digest is the [RuleDigest] of its text.
	Digest string `json:"digest"`
	// Problems say why it could not be judged; none if it was.
	Problems []string `json:"problems,omitempty"`
	// Steps have what it detects, in the order of the scenario.
	Steps []StepDetection `json:"steps,omitempty"`
	// Alarms counts its alerts on ordinary days.
	Alarms int `json:"alarms"`
}

// StepDetection says in how many of its variants a step was detected. The step as it
// was performed is one of them.
type StepDetection struct {
	Step     string `json:"step"`
	Variants int    `json:"variants"`
	Detected int    `json:"detected"`
}

// ProfileJudge says what the expected rules detect on bought telemetry. It is
// deterministic, and can be asked from many goroutines.
type ProfileJudge interface {
	// JudgeProfile judges purchases, given by their names. It fails if the judge cannot be
	// asked, or ctx ends.
	JudgeProfile(ctx context.Context, purchases []string) (ProfileVerdict, error)
}

// ProfileVerdict is what bought telemetry shows.
type ProfileVerdict struct {
	// Digest is the [PurchaseDigest] of what was bought.
	Digest string `json:"digest"`
	// Steps have, for each step, the alerts that are expected of it and those that came.
	Steps []StepSight `json:"steps,omitempty"`
}

// StepSight says how many of the alerts expected on a step came.
type StepSight struct {
	Step     string `json:"step"`
	Expected int    `json:"expected"`
	Detected int    `json:"detected"`
}

// RuleDigest names the text of a rule.
func RuleDigest(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

// PurchaseDigest names purchases, in whatever order they are and however often each.
func PurchaseDigest(purchases []string) string {
	sorted := slices.Clone(purchases)
	slices.Sort(sorted)
	return RuleDigest(strings.Join(slices.Compact(sorted), "\n"))
}
