package docker

import (
	"encoding/json"
	"fmt"
	"slices"
	"testing"

	"github.com/moby/moby/api/types/container"
	"github.com/moby/moby/client"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/runner"
	"github.com/ringer-lab/ringer/lab/confinement"
	"github.com/ringer-lab/ringer/lab/wire"
)

// imageTold is an image of a user's own as an engine tells of it.
func imageTold(t *testing.T, text string) client.ImageInspectResult {
	t.Helper()
	var about client.ImageInspectResult
	require.NoError(t, json.Unmarshal([]byte(text), &about.InspectResponse))
	return about
}

func TestAnImageThatCannotBeWrappedIsRefusedWithTheReason(t *testing.T) {
	t.Parallel()
	const whole = `"Os":"linux","Architecture":"amd64"`
	for _, tt := range []struct{ about, arch, want string }{
		{`{` + whole + `,"Config":{"Cmd":["/start"]}}`, "amd64", ""},
		{`{` + whole + `,"Config":{"Entrypoint":["/start"],"Healthcheck":{"Test":["NONE"]}}}`, "amd64", ""},
		{`{"Os":"windows","Architecture":"amd64","Config":{"Cmd":["x"]}}`, "amd64", "it is for windows"},
		{`{"Os":"linux","Architecture":"arm64","Config":{"Cmd":["x"]}}`, "amd64", "it is for arm64, but the engine runs on amd64"},
		{`{"Os":"linux","Architecture":"arm64","Config":{"Cmd":["x"]}}`, "arm64", "could not be traced"},
		{`{` + whole + `}`, "amd64", "nothing to start"},
		{`{` + whole + `,"Config":{}}`, "amd64", "nothing to start"},
		{`{` + whole + `,"Config":{"Cmd":["x"],"Labels":{"ringer":"v1"}}}`, "amd64", "ringer's own"},
		{`{` + whole + `,"Config":{"Cmd":["x"],"Volumes":{"/data":{}}}}`, "amd64", "volumes (/data)"},
		{`{` + whole + `,"Config":{"Cmd":["x"],"OnBuild":["RUN x"]}}`, "amd64", "ONBUILD"},
		{`{` + whole + `,"Config":{"Cmd":["x"],"Healthcheck":{"Test":["CMD","x"]}}}`, "amd64", "HEALTHCHECK"},
	} {
		err := (&Lab{arch: tt.arch}).checkWrappable(imageTold(t, tt.about))
		if tt.want == "" {
			require.NoError(t, err, tt.about)
			continue
		}
		require.ErrorIs(t, err, runner.ErrRefusedImage, tt.about)
		assert.ErrorContains(t, err, tt.want)
	}
}

// Of an asset's settings an image of a user's own changes who it runs as, and which of its
// folders are in memory. Its environment is kept from the agent.
func TestAnImageOfAUsersOwnLoosensNothingElse(t *testing.T) {
	t.Parallel()
	own := wrappedImage{start: wire.Image{User: 33, Group: 34}, about: imageTold(t,
		`{"Config":{"Env":["PATH=/app","SECRET=1","HOME=/x"],"Labels":{"ringer.lease":"forged","app":"1"},"ExposedPorts":{"8080/tcp":{}},"StopSignal":"SIGQUIT","User":"root","WorkingDir":"/app"}}`)}
	asked := settings{config: container.Config{Labels: map[string]string{labelLease: "own"}}}
	configure(&asked.config, "sha256:1", "APP01")
	harden(&asked.host)
	plain, plainHost := asked.config, asked.host
	own.loosen(&asked, asset.Image{Writable: []string{"/var/www"}})

	assert.Equal(t, "33:34", asked.config.User)
	assert.Equal(t, append(slices.Clone(environment), "HOME=/", "SECRET"), asked.config.Env)
	assert.Equal(t, map[string]string{labelLease: "own", "app": "1"}, asked.config.Labels)
	places := []string{effect.Root, "/run", "/tmp", "/var/www"}
	require.Len(t, asked.host.Tmpfs, len(places))
	for _, place := range places {
		assert.Contains(t, asked.host.Tmpfs[place], fmt.Sprintf("nosuid,nodev,size=%d", confinement.FileSystem))
		assert.Contains(t, asked.host.Tmpfs[place], "uid=33,gid=34")
	}
	asked.config.User, asked.config.Env, asked.config.Labels, asked.config.StopSignal, asked.host.Tmpfs = plain.User, plain.Env, plain.Labels, plain.StopSignal, plainHost.Tmpfs
	assert.Equal(t, plain, asked.config)
	assert.Equal(t, plainHost, asked.host)
}

// A lab makes no asset of an image that nobody allowed it.
func TestAnImageThatNobodyAllowedIsNotOpened(t *testing.T) {
	t.Parallel()
	image := asset.Image{Ref: "app:1", User: "www-data", Port: 8080}
	lab := &Lab{wrapped: map[string]wrappedImage{image.Key(): {}}}
	other := image
	other.Writable = []string{"/etc"}
	_, err := lab.Open(t.Context(), runner.Asset{Name: "app", Place: asset.Host{Image: &other}})
	require.ErrorIs(t, err, runner.ErrRefusedImage)
}

func TestAnImagesUserIsFoundInItsPasswdFile(t *testing.T) {
	t.Parallel()
	const passwd = "root:x:0:0::/root:/bin/sh\nwww-data:x:33:34::/var/www:/x\nodd:x:y:z:\ntoor:x:0:5::/:/\nstaff:x:50:0::/:/\nhigh:x:70000:1::/:/\n"
	for _, tt := range []struct {
		name        string
		user, group int
		want        string
	}{
		{"www-data", 33, 34, ""},
		{"33", 33, 34, ""},
		{"1234", 1234, 1234, ""},
		{"nobody", 0, 0, "no user nobody"},
		{"odd", 0, 0, "no numbers"},
		{"toor", 0, 0, "is root"},
		{"0", 0, 0, "is root"},
		{"staff", 0, 0, "root's group"},
		{"high", 0, 0, "at most 65533"},
		{"4294967296", 0, 0, "at most 65533"},
	} {
		user, group, err := userIn(passwd, tt.name)
		assert.Equal(t, [2]int{tt.user, tt.group}, [2]int{user, group}, tt.name)
		if tt.want == "" {
			require.NoError(t, err, tt.name)
			continue
		}
		require.ErrorIs(t, err, runner.ErrRefusedImage, tt.name)
		assert.ErrorContains(t, err, tt.want)
	}
}

// Whatever an image's passwd file says, nobody is run as root.
func FuzzPasswd(f *testing.F) {
	f.Add("root:x:0:0::/:/\nwww-data:x:33:33::/:/\n", "www-data")
	f.Add("a:b:-1:+0", "a")
	f.Fuzz(func(t *testing.T, passwd, name string) {
		user, group, err := userIn(passwd, name)
		if err == nil {
			assert.True(t, user > 0 && group > 0 && user <= maxUser && group <= maxUser, "%d:%d", user, group)
		}
	})
}
