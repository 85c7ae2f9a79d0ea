// Package robustness owns the answer to what a rule survives: scenarios are
// performed as reported and once more for each mutation of package variant,
// and each rule that fires on the reported way is asked of the others. It knows
// plans, mutations and judged scenarios; it performs nothing and knows no lab
// and no terminal. Start at Ways and Measure.
package robustness
