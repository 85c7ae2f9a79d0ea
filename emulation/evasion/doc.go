// Package evasion owns the mutations by which an actor evades a rule that looks at how
// something is typed: a closed list ([All]), each a pure function from the plans of an
// asset to plans of the same behaviours, with the same effects, proven by the same
// checks. Whether a rule survives them says whether it sees the behaviour or only one
// form of it. The package knows no lab, no detector and no scenario. Start at
// [Mutation].
package evasion
