//go:build linux

package main

import (
	"os/exec"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"inside": main})
}

func TestOutsideAnAssetItDoesNothing(t *testing.T) {
	t.Parallel()
	for _, call := range []struct {
		name string
		args []string
		code int
		says string
	}{
		{"a stand-in", []string{"standin", "/asset/c/schtasks.exe"}, 126, "works only inside an asset"},
		{"no mode", nil, 2, "started only inside an asset's container"},
		{"a mode that there is not", []string{"run"}, 2, "started only inside an asset's container"},
	} {
		t.Run(call.name, func(t *testing.T) {
			t.Parallel()
			inside := exec.CommandContext(t.Context(), "inside", call.args...)
			said, err := inside.CombinedOutput()
			require.Error(t, err)
			assert.Equal(t, call.code, inside.ProcessState.ExitCode(), "%s", said)
			assert.Contains(t, string(said), call.says)
		})
	}
}
