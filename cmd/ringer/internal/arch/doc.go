// Package arch owns the layout of the project: its tests hold which package may
// know which, what only the edges may use, and that every package says what it
// owns. Its code finds knots of files, for `make knots`, and tells what go test
// left out, for `make test`. It knows the layout and nothing of what the packages do.
// Start at the tests, at [Knots] and at [ReportTests].
package arch
