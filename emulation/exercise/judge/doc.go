// Package judge owns how what teams build in an exercise is judged: a Sigma rule over
// the variants of the steps and over ordinary days, and bought telemetry over the rules
// that a scenario expects to fire. It answers the interfaces that package exercise
// declares, with the engine and with package compare, and knows nothing of teams and
// scores. Start at [NewRules] and [Profiles].
package judge
