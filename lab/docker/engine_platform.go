package docker

import (
	"fmt"

	"github.com/moby/moby/client"

	"github.com/ringer-lab/ringer/lab/inside"
)

// otherEngine is what to do about an engine that checkPlatform refuses.
const otherEngine = "set DOCKER_HOST to an engine that runs Linux containers on " + inside.SensorArchitecture

// checkPlatform returns why an engine cannot run assets, which are Linux containers
// that the sensor traces: it runs containers of another system, as Docker on Windows
// may, or on a processor that the sensor does not know.
func checkPlatform(server client.ServerVersionResult) error {
	switch {
	case server.Os != "linux":
		return fmt.Errorf("the engine runs %s containers, but assets are Linux containers", server.Os)
	case server.Arch != inside.SensorArchitecture:
		return fmt.Errorf("the engine runs on %s, but the sensor can trace system calls on %s only", server.Arch, inside.SensorArchitecture)
	}
	return nil
}
