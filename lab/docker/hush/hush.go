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
