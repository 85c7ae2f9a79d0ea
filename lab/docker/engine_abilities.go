package docker

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/moby/moby/api/types/system"
	"github.com/moby/moby/client"

	"github.com/ringer-lab/ringer/lab/inside"
)

// What to do about an engine that cannot run assets.
const (
	otherEngine  = "set DOCKER_HOST to an engine that runs Linux containers on " + inside.SensorArchitecture
	dockerEngine = "set DOCKER_HOST to a Docker Engine, which may be one without root"
	enableLimits = "enable the cgroup controllers (cgroup_enable=memory swapaccount=1), or run Docker with them delegated"
	newerEngine  = "install Docker Engine 20.10 or newer"
	otherKernel  = "use a kernel and a Docker Engine with seccomp"
)

// apiError says why the version of Docker's API that was given cannot be used.
type apiError struct{ error }

// checkGivenAPI checks the version of Docker's API that the user has chosen, against the
// newest that the engine has, where it says so. The error is an apiError.
func checkGivenAPI(given, newest string) error {
	var version [2]int
	switch _, err := fmt.Sscanf(given, "%d.%d", &version[0], &version[1]); {
	case err != nil:
		return apiError{fmt.Errorf("version %q of its API, which %s chooses, must be two numbers", given, client.EnvOverrideAPIVersion)}
	case !atLeast(given, oldestAPI):
		return apiError{fmt.Errorf("version %s of its API, which %s chooses, must be %d.%d or newer", given, client.EnvOverrideAPIVersion, oldestAPI[0], oldestAPI[1])}
	case newest != "" && !atLeast(newest, version):
		return apiError{fmt.Errorf("version %s of its API, which %s chooses, must be %s or older", given, client.EnvOverrideAPIVersion, newest)}
	}
	return nil
}

// checkEngineAPI returns why an engine is too old.
func checkEngineAPI(server client.ServerVersionResult) error {
	if !atLeast(server.APIVersion, oldestAPI) {
		return fmt.Errorf("%s with API %s is too old: 20.10 with API %d.%d or newer is required", server.Version, server.APIVersion, oldestAPI[0], oldestAPI[1])
	}
	return nil
}

// podmanReason is why Podman is not used. It answers as Docker does, but takes a seccomp
// profile for the name of a file: https://github.com/containers/podman/issues/27710
const podmanReason = "its Docker API takes ringer's seccomp profile for the name of a file, so that it could not confine an asset"

// checkPlatform returns why an engine cannot run assets, which are Linux containers
// that the sensor traces: it runs containers of another system, as Docker on Windows
// may, or on a processor that the sensor does not know, or it is no Docker.
func checkPlatform(server client.ServerVersionResult) error {
	switch {
	case isPodman(server):
		return errors.New("this is Podman: " + podmanReason)
	case server.Os != "linux":
		return fmt.Errorf("the engine runs %s containers, but assets are Linux containers", server.Os)
	case server.Arch != inside.SensorArchitecture:
		return fmt.Errorf("the engine runs on %s, but the sensor can trace system calls on %s only", server.Arch, inside.SensorArchitecture)
	}
	return nil
}

func isPodman(server client.ServerVersionResult) bool {
	return slices.ContainsFunc(server.Components, func(c system.ComponentVersion) bool { return strings.HasPrefix(c.Name, "Podman") })
}

// platformToDo is what to do where checkPlatform returns an error.
func platformToDo(server client.ServerVersionResult) string {
	if isPodman(server) {
		return dockerEngine
	}
	return otherEngine
}

// checkLimits returns which of an asset's limits the engine could not set.
func checkLimits(info system.Info) error {
	var missing []string
	for _, limit := range []struct {
		name string
		kept bool
	}{
		{"memory", info.MemoryLimit}, {"swap", info.SwapLimit}, {"CPU", info.CPUCfsQuota}, {"processes", info.PidsLimit},
	} {
		if !limit.kept {
			missing = append(missing, limit.name)
		}
	}
	if len(missing) > 0 {
		return fmt.Errorf("the engine cannot limit %s", strings.Join(missing, ", "))
	}
	return nil
}

// checkSeccomp returns why the engine could not hold an asset to its system calls. What
// the engine does by default is of no matter, as each container is given ringer's.
func checkSeccomp(info system.Info) error {
	if !hasSecurityOption(info, "seccomp") {
		return errors.New("the engine cannot filter system calls: it has no seccomp")
	}
	return nil
}

// hasSecurityOption reports whether an engine lists a means by which it confines
// containers. It writes each as name=seccomp,profile=default.
func hasSecurityOption(info system.Info, name string) bool {
	return slices.ContainsFunc(info.SecurityOptions, func(option string) bool {
		first, _, _ := strings.Cut(option, ",")
		return first == "name="+name
	})
}
