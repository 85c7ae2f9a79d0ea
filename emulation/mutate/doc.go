// Package mutate owns the answer to which part of a rule nothing tests: what was
// performed is judged again under every mutant of every rule that something is
// expected of, and a mutant that changes no verdict has survived. It knows
// performances, detectors, rules and verdicts; it performs nothing and knows no
// lab and no terminal. Start at Tester.
package mutate
