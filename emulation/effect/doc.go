// Package effect owns what a step does to an asset, as data: the processes that are
// started ([Process]), the inert acts they perform ([Act]), the checks that prove the
// outcome ([Check]) and the undo that follows from the acts ([Journal]). It runs
// inside the container, linked into agent and stand-ins, so it is standard library
// only, besides package artifact, and knows no scenario, sensor, detector or Docker.
//
// Nothing here reaches a shell: a process is a stand-in that leaves the
// footprint of its image and arguments and performs the acts given to it as
// data; every path is confined to the asset's tree ([Tree]). A Linux asset has its folders
// at their own places in the container ([OwnPlaces]), and programs that are no scripts
// ([ProgramDisk]): lab/OUTSIDE.md says what a sensor outside sees. Start at [StepPlan].
package effect
