// Package inside owns the built program that runs inside assets (cmd/inside), one
// for each processor that an engine may run on, embedded from the folder built.
// `make build` fills that folder before it builds ringer; it is no part of the
// repository, so that a ringer from a plain `go build` or `go install` has none, and
// can do all but run assets. The package knows no image and no engine. Start at
// [Program].
package inside
