package effect

// Persona is the shape of an asset's file system and telemetry.
type Persona string

// The personas an asset can have.
const (
	Windows Persona = "windows"
	Linux   Persona = "linux"
)
