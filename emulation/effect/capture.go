package effect

import "github.com/ringer-lab/ringer/emulation/artifact"

// Captures reports whether the sensor is to report the content of the file at a real
// path, besides that it was written: it is telemetry in some log source's words.
func (t Tree) Captures(real string) bool {
	path, ok := t.PlatformPath(real)
	if !ok {
		return false
	}
	if t.Platform == Windows {
		return artifact.WindowsTelemetry(path)
	}
	return artifact.LinuxTelemetry(path)
}
