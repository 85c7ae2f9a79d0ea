// Package arch owns the tests that hold the layout: which package may know
// which, what only the edges may use, and that every package says what it owns.
// It holds no code of its own. Start at the tests.
package arch
