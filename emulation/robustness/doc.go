// Package robustness owns the answer to which evasions a rule survives: each scenario
// is performed as reported and once more under each mutation of package evasion, and
// each rule that fires on the reported variant is judged on the others. It knows
// plans, mutations and judged scenarios; it performs nothing and knows no lab and no
// terminal. Start at [Variants] and [Measure].
package robustness
