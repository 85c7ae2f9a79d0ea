package arch_test

import (
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const module = "github.com/ringer-lab/ringer"

// deps lists what packages depend on, tests and the standard library left out.
func deps(t *testing.T, pattern string) []string {
	t.Helper()
	return list(t, "{{if not .Standard}}{{.ImportPath}}{{end}}", pattern)
}

// allDeps is deps with the standard library.
func allDeps(t *testing.T, pattern string) []string {
	t.Helper()
	return list(t, "{{.ImportPath}}", pattern)
}

func list(t *testing.T, format, pattern string) []string {
	t.Helper()
	list := exec.CommandContext(t.Context(), "go", "list", "-deps", "-f", format, pattern)
	list.Dir = root(t)
	out, err := list.Output()
	require.NoError(t, err)
	return strings.Fields(string(out))
}

func root(t *testing.T) string {
	t.Helper()
	path, err := filepath.Abs("../../../..")
	require.NoError(t, err)
	return path
}

func TestDependenciesPointInward(t *testing.T) {
	t.Parallel()
	for _, rule := range []struct {
		of        string
		forbidden string
		because   string
	}{
		{"./emulation/...", module + "/lab", "emulation declares what it needs of a lab and knows none"},
		{"./emulation/...", module + "/cmd", "cmd wires; nothing reads back up"},
		{"./emulation/...", "testcontainers", "emulation knows no Docker"},
		{"./emulation/...", "moby", "emulation knows no Docker"},
		{"./emulation/...", "zerolog", "emulation returns values and tells progress; it does not log"},
		{"./cmd/inside", "testcontainers", "nothing of Docker is inside an asset"},
		{"./cmd/inside", "moby", "nothing of Docker is inside an asset"},
		{"./cmd/inside", "hashicorp", "no scenario gets inside an asset"},
		{"./cmd/inside", "zerolog", "what runs inside an asset says what it has to say to its parent"},
		{"./cmd/inside", "cobra", "what runs inside an asset has no command line"},
		{"./cmd/ringer", module + "/lab/agent", "what runs inside an asset is a program of its own"},
		{"./cmd/ringer", module + "/lab/sensor", "what runs inside an asset is a program of its own"},
		{"./lab/agent", "testcontainers", "it runs inside the container"},
		{"./lab/agent", "hashicorp", "it runs inside the container: no scenario gets there"},
		{"./lab/sensor", "testcontainers", "it runs inside the container"},
		{"./lab/standin", "hashicorp", "it runs inside the container"},
		{"./lab/daemon", "testcontainers", "it runs inside the container"},
		{"./lab/daemon", module + "/lab/image", "it finds its files where the asset has them"},
		{"./lab/daemon", module + "/lab/wire", "it tells lines, whoever they go to"},
		{"./lab/debian", module + "/emulation", "packages are packages, whatever they are for"},
		{"./lab/fake", "testcontainers", "only lab/docker knows Docker"},
		{"./lab/...", module + "/cmd", "cmd wires; nothing reads back up"},
		{"./emulation/telemetry/windows", module + "/emulation/telemetry/linux", "the platforms do not know each other"},
		{"./emulation/telemetry/linux", module + "/emulation/telemetry/windows", "the platforms do not know each other"},
		{"./emulation/telemetry/channel", module + "/emulation/telemetry/windows", "what all channels share knows no platform"},
		{"./emulation/telemetry/channel", module + "/emulation/telemetry/linux", "what all channels share knows no platform"},
		{"./emulation/behaviour", module + "/emulation/scenario", "scenarios name behaviours, never the other way"},
		{"./emulation/argument", module + "/emulation/asset", "what a value may be depends on a platform, on no host"},
		{"./emulation/asset", "hashicorp", "a host is data, whoever reads it"},
		{"./emulation/diagnostic", module + "/emulation/scenario", "reading and planning report through it"},
		{"./emulation/result", module + "/emulation/report", "views import results, never the other way"},
		{"./emulation/verdict", module + "/emulation/report", "views import results, never the other way"},
	} {
		for _, path := range deps(t, rule.of) {
			if strings.Contains(path, rule.forbidden) {
				assert.Fail(t, rule.of+" depends on "+path, rule.because)
			}
		}
	}
}

// Each stand-in starts the whole of cmd/inside, so it is linked of little: a further
// module needs a reason that is worth two thousand starts a run.
func TestWhatRunsInsideAnAssetIsLinkedOfLittle(t *testing.T) {
	t.Parallel()
	for _, path := range deps(t, "./cmd/inside") {
		switch {
		case strings.HasPrefix(path, module), strings.HasPrefix(path, "golang.org/x/sys"),
			path == "github.com/jackc/pgx/v5/pgproto3", strings.HasPrefix(path, "github.com/jackc/pgx/v5/internal"):
		default:
			assert.Fail(t, "cmd/inside depends on "+path, "do without it, or let the runner do it")
		}
	}
	for _, path := range allDeps(t, "./cmd/inside") {
		assert.NotContains(t, []string{"net/http", "crypto/tls", "regexp", "text/template", "encoding/xml"}, path, "cmd/inside: it costs each stand-in's start")
	}
}

func TestSomePackagesStandAlone(t *testing.T) {
	t.Parallel()
	assert.Equal(t, []string{module + "/emulation/artifact"}, deps(t, "./emulation/artifact"),
		"it is linked into agent and stand-ins: standard library only")
	assert.Equal(t, []string{module + "/emulation/artifact/logline"}, deps(t, "./emulation/artifact/logline"), "a line is a line, whoever writes it")
	assert.Equal(t, []string{module + "/emulation/userfile"}, deps(t, "./emulation/userfile"), "it opens files, whatever they say")
	assert.Equal(t, []string{module + "/emulation/artifact", module + "/emulation/effect"}, deps(t, "./emulation/effect"),
		"it is linked into agent and stand-ins: standard library only, and the artifacts that acts leave")
	for _, path := range deps(t, "./emulation/sigma") {
		if strings.HasPrefix(path, module) && path != module+"/emulation/userfile" {
			assert.Contains(t, path, module+"/emulation/sigma", "the engine is a library of its own")
		}
	}
}
