// Package result owns what a run came to: it joins plans, recorded runs and
// alerts into a verdict for each expectation. It is the one document that all
// views are made of, and that `--json` prints. It knows no lab, no rule
// language and no terminal. Start at [Judges.Conclude].
package result
