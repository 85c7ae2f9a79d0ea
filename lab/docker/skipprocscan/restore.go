package skipprocscan

import "os"

// procFolder is the variable by which gopsutil, which testcontainers asks, finds the
// processes.
const procFolder = "HOST_PROC"

var (
	previous, wasPresent = os.LookupEnv(procFolder)
	setErr               = os.Setenv(procFolder, "/nonexistent")
)

// Restore puts the environment back as it was, for programs that are started
// later. The error is that of setting an environment variable.
func Restore() error {
	if setErr != nil || !wasPresent {
		return os.Unsetenv(procFolder)
	}
	return os.Setenv(procFolder, previous)
}
