package rulestate

import "time"

// Format is the name of the document's schema, which is in package report.
const Format = "ringer.rules/1"

// Document is what recorded runs show of rules.
type Document struct {
	Format string `json:"format"`
	// ID is the recorded run's, Version the ringer's that judged it again.
	ID      string    `json:"id"`
	Version string    `json:"version"`
	Lab     string    `json:"lab"`
	Started time.Time `json:"started"`
	// Summary counts all rules that were looked at, Rules are those that were asked for,
	// those first that want attention.
	Summary Summary `json:"summary"`
	Rules   []Rule  `json:"rules"`
}

// Summary counts rules by state.
type Summary struct {
	Rules       int `json:"rules"`
	Noisy       int `json:"noisy"`
	Untested    int `json:"untested"`
	Unreachable int `json:"unreachable"`
	Proven      int `json:"proven"`
	// NotAsked counts the untested ones that were not asked of anything.
	NotAsked int `json:"not_asked"`
}

// Summarise counts rules by state.
func Summarise(rules []Rule) Summary {
	sum := Summary{Rules: len(rules)}
	for _, rule := range rules {
		switch rule.State {
		case Noisy:
			sum.Noisy++
		case Untested:
			sum.Untested++
			if rule.Asked == 0 {
				sum.NotAsked++
			}
		case Unreachable:
			sum.Unreachable++
		case Proven:
			sum.Proven++
		}
	}
	return sum
}
