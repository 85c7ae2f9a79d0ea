// Package effect owns what a step does to an asset, as data: processes that
// are started there, the inert acts they perform, the checks that prove the
// outcome and the undo that follows from the acts. It runs inside the
// container, linked into agent and stand-ins, so it is standard library only
// and knows no scenario, sensor, detector or Docker.
//
// Nothing here reaches a shell: a process is a stand-in that leaves the
// footprint of its image and arguments and performs the acts given to it as
// data; every path is confined to the asset's tree. Start at Plan.
package effect
