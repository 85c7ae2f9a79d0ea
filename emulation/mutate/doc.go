// Package mutate owns the answer to which part of a rule nothing tests: recorded
// runs are judged again under every mutant of every rule that something is
// expected of, and a mutant that changes no verdict has survived. It knows
// recorded runs, detectors, rules and verdicts; it performs nothing and knows no
// lab and no terminal. Start at [Tester].
package mutate
