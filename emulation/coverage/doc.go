// Package coverage owns the question which rules would see which behaviour of
// the vocabulary. It performs each with its defaults in a lab that it is given, or
// takes what steps of a run left, and asks a detector. It knows no scenario and no
// terminal. Start at [Measure] and [Judge].
package coverage
