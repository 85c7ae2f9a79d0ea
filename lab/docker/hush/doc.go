// Package hush keeps testcontainers from looking at every process of the
// machine when the program starts, which it does to name its session
// (internal/core/bootstrap). As the stand-ins are the same program, that is
// half of the time each takes to start, and a process forked in each that the
// sensor sees; and we have no use for the name. The package knows only the
// environment. Start at Over.
//
// It works by being initialised first: of the packages whose imports are ready,
// Go takes them in the order of their paths
// (https://go.dev/ref/spec#Program_initialization), and this one sorts before
// testcontainers and needs only the standard library.
package hush
