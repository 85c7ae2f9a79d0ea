//go:build linux

package main

// ownFile is the file of this program for those that are to be started of it: the file
// that runs, also where a build has put another in its place.
func ownFile() string { return "/proc/self/exe" }
