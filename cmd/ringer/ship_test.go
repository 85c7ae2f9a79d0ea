package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/ship/shiptest"
)

// A command that is killed in the middle, twice, leaves what --resume sends: all events
// arrive, each once, and the counts of the last command are of all of them.
func TestAShipmentThatWasKilledIsSentByAnotherCommand(t *testing.T) {
	t.Parallel()
	receiver, err := shiptest.NewBulk(shiptest.Faults{}, func([]byte) string {
		time.Sleep(time.Millisecond)
		return ""
	})
	require.NoError(t, err)
	defer receiver.Close()
	folder := t.TempDir()
	program := filepath.Join(folder, "ringer")
	own, err := os.Executable()
	require.NoError(t, err)
	require.NoError(t, os.Symlink(own, program))
	require.NoError(t, os.WriteFile(filepath.Join(folder, "own.hcl"), fmt.Appendf(nil, "ship \"slow\" {\n  to = %q\n  format = \"bulk\"\n  batch = 40\n}\n", receiver.URL()), 0o600))
	command := func(args ...string) (*exec.Cmd, *bytes.Buffer) {
		var out bytes.Buffer
		cmd := exec.CommandContext(t.Context(), program, args...)
		cmd.Dir, cmd.Stdout, cmd.Stderr = folder, &out, os.Stderr
		return cmd, &out
	}
	for i, args := range [][]string{{"ship", "shipped:billing", "--ship-file", "own.hcl", "--to", "slow"}, {"ship", "--resume"}} {
		cmd, _ := command(args...)
		require.NoError(t, cmd.Start())
		require.Eventually(t, func() bool { return receiver.Arrived().Different > 100+300*i }, time.Minute, time.Millisecond)
		require.NoError(t, cmd.Process.Kill())
		require.Error(t, cmd.Wait())
	}
	require.Less(t, receiver.Arrived().Different, 1203, "it is to be killed in the middle")
	cmd, out := command("ship", "--resume", "--json")
	require.NoError(t, cmd.Run())
	var said struct {
		Shipments []struct{ Made, Delivered, Waiting int }
	}
	require.NoError(t, json.Unmarshal(out.Bytes(), &said))
	require.Len(t, said.Shipments, 1)
	assert.Equal(t, struct{ Made, Delivered, Waiting int }{1203, 1203, 0}, said.Shipments[0])
	assert.Equal(t, shiptest.Arrived{Different: 1203, Replays: 1203}, receiver.Arrived())
	left, err := filepath.Glob(filepath.Join(folder, ".ringer", "ship", "*"))
	require.NoError(t, err)
	assert.Empty(t, left)
}
