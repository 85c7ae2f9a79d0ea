// Package evasion owns the ways in which the same thing can be done otherwise:
// a closed list of mutations, each a pure function from the plans of an asset
// to plans that are the same behaviours, with the same effects, proven by the
// same checks. Whether a rule survives them says whether it sees the behaviour or
// only how it was typed. The package knows no lab, no detector and no scenario.
// Start at Mutation.
package evasion
