package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The user that private engines map the ids of containers to. Only their own mount
// namespace has it in its tables.
const remapped = "ringer-remap"

// inNamespace has /etc know that user, and then becomes the engine.
const inNamespace = `
for file in passwd group subuid subgid; do mount --bind "$1/etc/$file" "/etc/$file"; done
`

const engineArguments = ` dockerd --config-file "$1/daemon.json" --data-root "$1/data" --bridge none --iptables=false --ip6tables=false --storage-driver vfs `

// startRemapping is an engine whose containers' users are others on the host.
const startRemapping = inNamespace + `
exec ` + engineArguments + ` --host "unix://$1/docker.sock" --exec-root "$1/exec" --pidfile "$1/pid" --userns-remap ` + remapped

// startRootless is an engine that has no rights on the host. What it is told to remove are
// links to the folders of the engine with root.
const startRootless = inNamespace + `
cd "$1"
exec setpriv --reuid 4711 --regid 4711 --clear-groups env -i PATH="$PATH" HOME="$1/home" XDG_RUNTIME_DIR="$1/home" \
  rootlesskit --net=host --disable-host-loopback --copy-up=/etc --copy-up=/run --propagation=rslave --state-dir="$1/home/kit" \
  sh -c 'rm -f /run/docker /run/containerd /run/xtables.lock; exec "$@"' sh \
  ` + engineArguments + ` --rootless --host "unix://$1/docker.sock" --exec-root "$1/home/exec" --pidfile "$1/home/pid"`

// TestLiveEnginesThatGiveAssetsNoUserOfTheHosts runs the first scenario of the library on
// more careful engines, which this test starts for itself, with sockets and folders of
// their own.
func TestLiveEnginesThatGiveAssetsNoUserOfTheHosts(t *testing.T) {
	t.Parallel()
	live(t)
	for _, engine := range []struct {
		name, script string
		needs        []string
	}{
		{"with userns-remap", startRemapping, nil},
		{"rootless", startRootless, []string{"rootlesskit", "newuidmap", "setpriv"}},
	} {
		t.Run(engine.name, func(t *testing.T) {
			t.Parallel()
			if os.Getuid() != 0 {
				t.Skip("only root may give an engine a user of its own")
			}
			for _, command := range append([]string{"dockerd", "containerd", "unshare"}, engine.needs...) {
				if _, err := exec.LookPath(command); err != nil {
					t.Skipf("there is no %s", command)
				}
			}
			host := startEngine(t, engine.script)
			on := func(args ...string) (string, int) {
				t.Helper()
				cmd := exec.CommandContext(t.Context(), live(t), args...)
				cmd.Env = append(os.Environ(), "DOCKER_HOST="+host, "RINGER_RUNS="+t.TempDir())
				said, _ := cmd.CombinedOutput() // the code says how it ended
				return string(said), cmd.ProcessState.ExitCode()
			}
			said, code := on("doctor")
			if strings.Contains(said, "the engine cannot limit") {
				said, code = on("run", "naikon")
				assert.Equal(t, 3, code, said)
				assert.Contains(t, said, "the engine cannot limit", "a run says so and does not start")
				t.Skipf("this machine lets the engine set no limits: %s", said)
			}
			require.Equal(t, 0, code, said)
			assert.Contains(t, said, "user namespaces confine assets as well")
			said, code = on("list", "scenarios")
			require.Equal(t, 0, code, said)
			first, _, _ := strings.Cut(said, " ")
			said, code = on("run", first)
			assert.Equal(t, 0, code, said)
			assert.Contains(t, said, "PASS")
		})
	}
}

// startEngine starts one and waits until it answers. It ends with the test.
func startEngine(t *testing.T, script string) (host string) {
	t.Helper()
	folder, err := os.MkdirTemp("", "engine") // a socket's name is short
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, os.RemoveAll(folder)) })
	require.NoError(t, os.Chmod(folder, 0o755))
	write := func(name string, text []byte) {
		require.NoError(t, os.MkdirAll(filepath.Dir(filepath.Join(folder, name)), 0o755))
		require.NoError(t, os.WriteFile(filepath.Join(folder, name), text, 0o644))
	}
	for name, line := range map[string]string{
		"passwd": remapped + ":x:4711:4711::/nonexistent:/usr/sbin/nologin\n", "group": remapped + ":x:4711:\n",
		"subuid": remapped + ":500000:65536\n", "subgid": remapped + ":500000:65536\n",
	} {
		known, err := os.ReadFile("/etc/" + name)
		if err != nil {
			t.Skipf("no user can have further ids here: %v", err)
		}
		write("etc/"+name, append(known, line...))
	}
	write("daemon.json", []byte("{}"))
	for _, own := range []string{"home", "data"} {
		require.NoError(t, os.Mkdir(filepath.Join(folder, own), 0o711))
	}
	if strings.Contains(script, "rootlesskit") {
		for _, own := range []string{"", "home", "data"} {
			require.NoError(t, os.Chown(filepath.Join(folder, own), 4711, 4711))
		}
	}
	var said bytes.Buffer
	cmd := exec.Command("unshare", "--mount", "--propagation", "private", "sh", "-ec", script, "sh", folder)
	cmd.Stdout, cmd.Stderr = &said, &said
	require.NoError(t, cmd.Start())
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	t.Cleanup(func() {
		_ = cmd.Process.Signal(syscall.SIGTERM) // it may have ended by itself
		select {
		case <-ended:
		case <-time.After(20 * time.Second):
			_ = cmd.Process.Kill()
			t.Errorf("the engine did not end: %s", said.String())
		}
	})
	host = fmt.Sprintf("unix://%s/docker.sock", folder)
	for range 150 {
		if exec.CommandContext(t.Context(), "docker", "--host", host, "version").Run() == nil {
			return host
		}
		select {
		case err := <-ended:
			ended <- err
			t.Skipf("this machine does not let such an engine start: %s", said.String())
		case <-time.After(100 * time.Millisecond):
		}
	}
	require.FailNow(t, "the engine does not answer", said.String())
	return ""
}
