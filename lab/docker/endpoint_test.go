package docker

import (
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/moby/moby/client"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestWhereTheEngineIsLookedFor(t *testing.T) {
	t.Parallel()
	home := t.TempDir()
	write := func(name, text string) {
		path := filepath.Join(home, name)
		require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o755))
		require.NoError(t, os.WriteFile(path, []byte(text), 0o644))
	}
	meta := func(name string) string {
		return fmt.Sprintf("contexts/meta/%x/meta.json", sha256.Sum256([]byte(name)))
	}
	write(".docker/config.json", `{"currentContext": "colima"}`)
	write(".docker/"+meta("colima"), `{"Name": "colima", "Endpoints": {"docker": {"Host": "unix:///colima.sock"}}}`)
	write(".docker/"+meta("hollow"), `{"Name": "hollow", "Endpoints": {}}`)
	write("broken/config.json", `{`)
	cases := []struct {
		name string
		env  map[string]string
		want endpoint
		err  string
	}{
		{
			name: "DOCKER_HOST goes before all else",
			env:  map[string]string{"DOCKER_HOST": "tcp://10.0.0.1:2375", "DOCKER_CONTEXT": "hollow", "HOME": home},
			want: endpoint{"tcp://10.0.0.1:2375", "DOCKER_HOST"},
		},
		{
			name: "the context in use is read from its file",
			env:  map[string]string{"HOME": home},
			want: endpoint{"unix:///colima.sock", "docker context colima"},
		},
		{
			name: "a context named in the environment goes before the one in use",
			env:  map[string]string{"HOME": home, "DOCKER_CONTEXT": "hollow"},
			want: endpoint{"", "DOCKER_CONTEXT hollow"},
			err:  "read docker context hollow: it has no endpoint for docker",
		},
		{
			name: "the default context is the default socket",
			env:  map[string]string{"HOME": home, "DOCKER_CONTEXT": "default"},
			want: endpoint{client.DefaultDockerHost, "the default socket"},
		},
		{
			name: "a broken configuration chooses no context",
			env:  map[string]string{"DOCKER_CONFIG": filepath.Join(home, "broken")},
			want: endpoint{client.DefaultDockerHost, "the default socket"},
		},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got, err := findEndpoint(func(name string) string { return c.env[name] })
			if c.err != "" {
				require.EqualError(t, err, c.err)
			} else {
				require.NoError(t, err)
			}
			assert.Equal(t, c.want, got)
		})
	}
}
