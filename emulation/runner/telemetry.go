package runner

import (
	"errors"

	"github.com/ringer-lab/ringer/emulation/effect"
)

// checkTelemetry returns an error if the events of a performed step cannot be all
// that it left, in which case silence would show nothing.
func checkTelemetry(check TelemetryCheck, do effect.StepPlan, r StepRecord) error {
	if err := check(r.Outcome.Observations, r.Events); err != nil {
		return err
	}
	if len(r.Events) == 0 && len(r.Outcome.StandInErrors) == 0 && leavesTelemetry(do) {
		return errors.New("the step must leave telemetry by its plan, but no event was recorded")
	}
	return nil
}

// leavesTelemetry reports whether a plan does anything on the asset: starts a program
// that was not running, or has an act by a running program or from another host.
func leavesTelemetry(do effect.StepPlan) bool {
	for _, process := range do.AllProcesses() {
		if !process.Remote && !process.Resident {
			return true
		}
		for _, act := range process.Acts {
			if _, starts := act.(effect.Run); !starts {
				return true
			}
		}
	}
	return false
}
