package docker

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/rs/zerolog"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/testcontainers/testcontainers-go"

	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/runner"
	"github.com/ringer-lab/ringer/lab/inside"
	"github.com/ringer-lab/ringer/lab/labtest"
)

// envBinary is the ringer under test. make gives it; without it no test of these
// looks for Docker, so that `go test ./...` alone stays quick.
const envBinary = "RINGER_BINARY"

// testVersion is the version that these tests give: what carries it is theirs, and not
// of tests that run beside them. A runner that they start has theirs.
var testVersion = cmp.Or(os.Getenv(envVersion), fmt.Sprintf("test-%d", os.Getpid()))

const envVersion = "RINGER_TEST_VERSION"

// tidy removes the image that all tests together made.
func tidy() error {
	if os.Getenv(envBinary) == "" {
		return nil
	}
	e, err := connect(context.Background(), os.Getenv)
	if errors.Is(err, runner.ErrNoLab) {
		return nil
	}
	defer e.Close()
	return removeImages(context.Background(), e, labelVersion+"="+testVersion)
}

// removeImages removes those of ours that a label is on.
func removeImages(ctx context.Context, e engine, label string) error {
	_, _, err := cleaner{engine: e, label: label, beforeRemove: ignoreRemoved}.wholeImages(ctx)
	_, begunErr := e.removeUnfinished(ctx, label, func(owner) bool { return true }, ignoreRemoved)
	return errors.Join(err, begunErr)
}

// testRun is the run that assets of tests belong to.
const testRun = "00000000-0000-4000-8000-000000000000"

// options are a test's lab; it is skipped where no Docker answers.
func options(t testing.TB) Options {
	t.Helper()
	binary := os.Getenv(envBinary)
	if binary == "" {
		t.Skip("needs Docker and a built ringer: `make test` gives " + envBinary)
	}
	o := Options{
		Binary: binary, PID: os.Getpid(), Inside: inside.Program, Version: testVersion, Log: zerolog.New(zerolog.NewTestWriter(t)).Level(zerolog.InfoLevel), Env: os.Getenv,
	}
	if _, err := Sweep(t.Context(), o); err != nil {
		t.Skipf("needs Docker: %v", err)
	}
	return o
}

func newLab(t testing.TB) *Lab {
	t.Helper()
	lab, err := New(t.Context(), options(t))
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, lab.Close()) })
	return lab
}

// mail is an asset with little on it.
func mail(name string) runner.Asset {
	kind := asset.Kind{Name: "test", Platform: effect.Windows, Files: []asset.File{{Path: `C:\Windows\System32`, Folder: true}}}
	return runner.Asset{Name: name, Run: testRun, Place: asset.Host{Kind: kind, Hostname: "MAIL01"}}
}

func TestDockerLab(t *testing.T) {
	labtest.Contract(t, newLab(t))
}

func TestStartingLooksAtNoProcess(t *testing.T) {
	t.Parallel()
	_, err := uuid.Parse(testcontainers.SessionID())
	require.NoError(t, err, "testcontainers has named its session for the parent process, which it found by looking at all")
	_, set := os.LookupEnv("HOST_PROC")
	assert.False(t, set, "what kept it from looking is gone again")
}

func TestNoEngineIsNoLab(t *testing.T) {
	t.Parallel()
	env := func(name string) string {
		if name == "DOCKER_HOST" {
			return "unix:///nonexistent.sock"
		}
		return ""
	}
	began := time.Now()
	_, err := New(context.Background(), Options{Binary: "unused", Log: zerolog.Nop(), Env: env})
	require.ErrorIs(t, err, runner.ErrNoLab)
	assert.ErrorContains(t, err, "unix:///nonexistent.sock (from DOCKER_HOST)", "what was tried")
	assert.ErrorContains(t, err, "start Docker", "what to do")
	assert.Less(t, time.Since(began), 3*time.Second)
}

// must is for what a test cannot do without.
func must[T any](got T, err error) T {
	if err != nil {
		panic(err)
	}
	return got
}
