// Package arch owns the layout of the project: its tests hold which package may
// know which, what only the edges may use, and that every package says what it
// owns. Its code finds knots of files, for `make knots`. It knows the layout and
// nothing of what the packages do. Start at the tests, and at [Knots].
package arch
