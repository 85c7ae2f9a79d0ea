package compare

import (
	"github.com/ringer-lab/ringer/emulation/detect"
	"github.com/ringer-lab/ringer/emulation/plan"
)

// Comparer judges recorded runs again under other conditions.
type Comparer struct {
	Detectors []detect.Detector
	// Conditions are what the run is judged under besides the full telemetry.
	Conditions plan.Conditions
}
