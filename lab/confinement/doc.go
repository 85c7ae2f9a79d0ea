// Package confinement owns what every asset's container is bound to: who it runs as,
// how much it may use, and which paths of the kernel it may not see or write to. It
// only states it: package docker asks the engine for exactly this, and the agent
// verifies from inside that it has come. It knows no engine and no system call. Start
// at [User].
package confinement
