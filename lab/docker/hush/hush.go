// Package hush keeps testcontainers from looking at every process of the
// machine when the program starts, which it does to name its session
// (internal/core/bootstrap): half of the time that a stand-in takes to start,
// as the stand-ins are the same program, and a process forked in each that the
// sensor sees. We have no use for that name.
//
// It works by being initialised first: of the packages whose imports are ready,
// Go takes them in the order of their paths
// (https://go.dev/ref/spec#Program_initialization), and this one sorts before
// testcontainers and needs only the standard library.
package hush

import "os"

// The variable by which gopsutil, which testcontainers asks, finds the
// processes.
const procFolder = "HOST_PROC"

var (
	was, wasSet = os.LookupEnv(procFolder)
	setErr      = os.Setenv(procFolder, "/nonexistent")
)

// Over puts the environment back as it was, for programs that are started
// later.
func Over() error {
	if setErr != nil || !wasSet {
		return os.Unsetenv(procFolder)
	}
	return os.Setenv(procFolder, was)
}
