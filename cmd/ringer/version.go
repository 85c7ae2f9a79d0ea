package main

import (
	"cmp"
	"runtime"
	"runtime/debug"

	"github.com/ringer-lab/ringer/cmd/ringer/internal/cli"
)

// Set by the linker, or empty.
var version, commit string

// shortCommit is how much of a commit's id is told.
const shortCommit = 12

// build is the version of the binary: what the linker set and, for the rest, what the go
// command knew of the module and its checkout.
func build(info *debug.BuildInfo) cli.Build {
	of := cli.Build{
		Version: cmp.Or(version, info.Main.Version), Commit: commit,
		Go: runtime.Version(), Platform: runtime.GOOS + "/" + runtime.GOARCH,
	}
	for _, setting := range info.Settings {
		switch setting.Key {
		case "vcs.revision":
			of.Commit = cmp.Or(of.Commit, setting.Value[:min(shortCommit, len(setting.Value))])
		case "vcs.modified":
			of.Modified = setting.Value == "true"
		}
	}
	of.Commit = cmp.Or(of.Commit, "unknown")
	if of.Version == "" || of.Version == "(devel)" { // the go command knew of no version
		of.Version = "dev"
	}
	return of
}
