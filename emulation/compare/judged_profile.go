package compare

import "github.com/ringer-lab/ringer/emulation/profile"

// judgedProfile is one profile with the run's records as its carrier has them.
type judgedProfile struct {
	profile.Profile
	copies []profile.Delivery
	// live is what its rules detect as records arrive; onHost and forwarded are what
	// they detect in what is left after the last step.
	live, onHost, forwarded detections
	// lostAlerts counts the alerts that each fault costs.
	lostAlerts []int
}
