package compare

import "github.com/ringer-lab/ringer/emulation/profile"

// judgedProfile is one profile with its copies of the run's records.
type judgedProfile struct {
	profile.Profile
	copies []profile.Delivery
	// live is what its rules see as things happen; host and store are what they
	// would see of what is left after the last step.
	live, onHost, forwarded detections
	// lostAlerts counts the alerts that each fault costs.
	lostAlerts []int
}
