package effect

// Platform is the shape of an asset's file system and telemetry.
type Platform string

// The platforms an asset can have.
const (
	Windows Platform = "windows"
	Linux   Platform = "linux"
)
