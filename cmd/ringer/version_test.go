package main

import (
	"runtime/debug"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestTheVersionIsTheLinkersOrThatOfTheBuild(t *testing.T) {
	checkout := []debug.BuildSetting{{Key: "vcs.revision", Value: "0123456789abcdef0123"}, {Key: "vcs.modified", Value: "true"}}
	for _, test := range []struct {
		name, version, commit string
		info                  debug.BuildInfo
		wantVersion           string
		wantCommit            string
		wantModified          bool
	}{
		{"set by the linker", "v1.2.3", "abc1234", debug.BuildInfo{Main: debug.Module{Version: "(devel)"}, Settings: checkout}, "v1.2.3", "abc1234", true},
		{"of an installed module", "", "", debug.BuildInfo{Main: debug.Module{Version: "v1.2.3"}}, "v1.2.3", "unknown", false},
		{"of a checkout", "", "", debug.BuildInfo{Main: debug.Module{Version: "v1.2.4-0.20261129-0123456789ab+dirty"}, Settings: checkout}, "v1.2.4-0.20261129-0123456789ab+dirty", "0123456789ab", true},
		{"of a folder without a repository", "", "", debug.BuildInfo{Main: debug.Module{Version: "(devel)"}}, "dev", "unknown", false},
		{"of nothing at all", "", "", debug.BuildInfo{}, "dev", "unknown", false},
	} {
		version, commit = test.version, test.commit
		got := build(&test.info)
		assert.Equal(t, test.wantVersion, got.Version, test.name)
		assert.Equal(t, test.wantCommit, got.Commit, test.name)
		assert.Equal(t, test.wantModified, got.Modified, test.name)
	}
	version, commit = "", ""
}
