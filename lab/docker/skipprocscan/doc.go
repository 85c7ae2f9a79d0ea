// Package skipprocscan keeps testcontainers from looking at every process of the
// machine when the program starts, which it does to name its session
// (internal/core/bootstrap). Each start of ringer would pay for that, a tenth of
// what it takes, and more where more runs, and we have no use for the name. The
// package knows only the environment. Start at [Restore].
//
// It works by being initialised first: of the packages whose imports are ready,
// Go takes them in the order of their paths
// (https://go.dev/ref/spec#Program_initialization), and this one sorts before
// testcontainers and needs only the standard library.
package skipprocscan
