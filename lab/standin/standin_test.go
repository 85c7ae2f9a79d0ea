//go:build linux

package standin_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/lab/standin"
)

// inside is an asset as a stand-in finds it; tests take something away.
func inside(t *testing.T) (asset standin.Asset, file string) {
	t.Helper()
	root := t.TempDir()
	return standin.Asset{Root: root, Place: "linux", CheckAgent: func() error { return nil }}, filepath.Join(root, "root/usr/bin/tar")
}

func acts(t *testing.T, all ...effect.Act) *bytes.Reader {
	t.Helper()
	text, err := json.Marshal(effect.Process{Image: "/usr/bin/tar", Acts: all})
	require.NoError(t, err)
	return bytes.NewReader(text)
}

var page = effect.Write{Path: "/tmp/page.txt", Content: []byte(artifact.Marker)}

func TestAStandInPerformsItsActsAndGoesOnPastARefusal(t *testing.T) {
	t.Parallel()
	asset, file := inside(t)
	var said bytes.Buffer
	code := asset.Main([]string{file, "-cf", "$(id)"}, acts(t, effect.Remove{Path: "/nothing"}, page), &said)
	assert.Equal(t, 1, code)
	assert.Equal(t, "delete /nothing: no such file or directory\n", said.String())
	assert.FileExists(t, filepath.Join(asset.Root, "root/tmp/page.txt"))
}

func TestAStandInRefusesOutsideAnAsset(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name string
		take func(a *standin.Asset, args []string) []string
		want string
	}{
		{"no agent's word", func(a *standin.Asset, args []string) []string { a.Place = ""; return args }, "it was not started by the agent"},
		{"another word", func(a *standin.Asset, args []string) []string { a.Place = "macos"; return args }, "it was not started by the agent"},
		{"not executed as a file", func(*standin.Asset, []string) []string { return nil }, "not executed as a program file"},
		{"a file elsewhere", func(*standin.Asset, []string) []string { return []string{"/usr/bin/tar"} }, "is not below"},
		{"a file that climbs out", func(a *standin.Asset, _ []string) []string { return []string{a.Root + "/root/../../tar"} }, "is not below"},
		{"no agent rules here", func(a *standin.Asset, args []string) []string {
			a.CheckAgent = func() error { return errors.New("the first process is init") }
			return args
		}, "the first process is init"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			asset, file := inside(t)
			args := test.take(&asset, []string{file})
			var said bytes.Buffer
			assert.Equal(t, 126, asset.Main(args, acts(t, page), &said))
			assert.Contains(t, said.String(), "a stand-in works only inside an asset")
			assert.Contains(t, said.String(), test.want)
			assert.NoFileExists(t, filepath.Join(asset.Root, "root/tmp/page.txt"))
		})
	}
}

// The true check, on this machine: its first process is no agent of ours.
func TestOnThisMachineAStandInDoesNothing(t *testing.T) {
	t.Setenv(standin.EnvAsset, "linux")
	var said bytes.Buffer
	assert.Equal(t, 126, standin.Main([]string{effect.Root + "/root/usr/bin/tar"}, acts(t, page), &said, nil))
	assert.Contains(t, said.String(), "the first process is")
}

func TestActsThatAreNoneOfTheClosedSetAreNotPerformed(t *testing.T) {
	t.Parallel()
	asset, file := inside(t)
	for _, text := range []string{`{"acts":[{"kind":"shell","with":{"command":"id"}}]}`, `{`, ``} {
		var said bytes.Buffer
		assert.Equal(t, 1, asset.Main([]string{file}, bytes.NewReader([]byte(text)), &said))
		assert.Contains(t, said.String(), "read acts")
	}
}
