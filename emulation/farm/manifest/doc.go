// Package manifest writes what has a cluster start the workers of a farm: a Kubernetes
// Job and a Nomad batch job. It starts nothing, and neither was run where ringer is
// made: package typestest holds them to the Go types of both. Start at [Kubernetes] and
// [Nomad].
package manifest
