// Package spelling finds words that may be misspellings of one another, for
// "did you mean". It owns the distance between words and how much of it still
// counts as alike. Start at [Similar].
package spelling
