// Package exerciseserver serves the pages of a training exercise: those of trainees who
// hunt, and those of the instructor. It owns routes, roles, pages and their words. It
// may not know where an exercise's events come from, how answers are scored, or how
// the log is kept: package exercise answers for that, and package hunt for searching.
// Who somebody is lies in package access, what stands before every page in transport.
// Start at [Server] and at the table of routes in routes.go.
package exerciseserver
