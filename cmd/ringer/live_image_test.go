package main

import (
	"archive/tar"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/verdict"
	"github.com/ringer-lab/ringer/lab/debian"
)

// building is held while the image is looked for and built.
var building sync.Mutex

// ownImage builds the image of testdata/image as a user would, of Debian's nginx and
// PHP-FPM, if the engine has not got it.
func ownImage(t *testing.T) string {
	t.Helper()
	const name = "ringer-test-app:1"
	building.Lock()
	defer building.Unlock()
	of := ownFiles(t)
	made, err := exec.CommandContext(t.Context(), "docker", "image", "inspect", "--format", `{{index .Config.Labels "test-files"}}`, name).Output()
	if err == nil && strings.TrimSpace(string(made)) == of {
		return name
	}
	archive := debian.Archive{Dir: filepath.Join("..", "..", ".cache", "debian")}
	if err := archive.Update(t.Context()); err != nil {
		t.Skipf("needs packages of Debian: %v", err)
	}
	packages, err := archive.Resolve(t.Context(), "nginx", "php8.2-fpm", "dash", "zlib1g")
	require.NoError(t, err)
	paths, err := archive.Fetch(t.Context(), packages)
	require.NoError(t, err)
	listed := []string{"usr/sbin/nginx", "usr/sbin/php-fpm8.2", "bin/sh"}
	tree, err := debian.Read(t.Context(), paths, func(path string) bool {
		return debian.IsLibrary(path) || debian.IsListed(path, listed) || strings.HasPrefix(path, "lib64/") || path == "bin/dash"
	})
	require.NoError(t, err)
	files, err := tree.Select(listed)
	require.NoError(t, err)
	build := exec.CommandContext(t.Context(), "docker", "build", "--network=none", "--label", "test-files="+of, "--tag", name, "-")
	build.Env = append(os.Environ(), "DOCKER_BUILDKIT=0")
	build.Stdin = contextOf(t, files)
	out, err := build.CombinedOutput()
	require.NoError(t, err, "%s", out)
	return name
}

// ownFiles is the digest of what the image has that is not of packages.
func ownFiles(t *testing.T) string {
	t.Helper()
	sum := sha256.New()
	_, err := io.Copy(sum, contextOf(t, nil))
	require.NoError(t, err)
	return hex.EncodeToString(sum.Sum(nil))
}

// contextOf is the folder that an engine's builder is given.
func contextOf(t *testing.T, files debian.Tree) *bytes.Buffer {
	t.Helper()
	var out bytes.Buffer
	to := tar.NewWriter(&out)
	put := func(name string, file debian.File) {
		head := &tar.Header{Name: name, Mode: int64(file.Mode.Perm()), Size: int64(len(file.Content)), Typeflag: tar.TypeReg}
		if file.Link != "" {
			head.Typeflag, head.Linkname = tar.TypeSymlink, file.Link
		}
		require.NoError(t, to.WriteHeader(head))
		_, err := to.Write(file.Content)
		require.NoError(t, err)
	}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		put("root/"+name, files[name])
	}
	own := os.DirFS(filepath.Join("testdata", "image"))
	require.NoError(t, fs.WalkDir(own, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || name != "Dockerfile" && !strings.HasPrefix(name, "root/") {
			return err
		}
		content, err := fs.ReadFile(own, name)
		mode := fs.FileMode(0o644)
		if strings.Contains(name, "/bin/") {
			mode = 0o755
		}
		put(name, debian.File{Mode: mode, Content: content})
		return err
	}))
	for _, folder := range []string{"root/tmp/", "root/run/", "root/var/log/app/"} {
		require.NoError(t, to.WriteHeader(&tar.Header{Name: folder, Mode: 0o755, Typeflag: tar.TypeDir}))
	}
	require.NoError(t, to.Close())
	return &out
}

// allowed is what the scenario of testdata/image needs.
var allowed = []string{
	"--allow", "app:user=www-data", "--allow", "app:port=8080", "--allow", "app:write=/var/www/app", "--allow", "app:write=/var/log/app",
}

// ofOwnImage runs that scenario.
func ofOwnImage(t *testing.T, more ...string) *ran {
	t.Helper()
	return ringer(t, append([]string{"run", "--rules", "testdata/image/rules", "testdata/image/main.hcl"}, more...)...)
}

// A page that the image's own worker writes is seen, judged and taken back.
func TestLiveAnImageOfOnesOwnIsTracedJudgedAndUndone(t *testing.T) {
	t.Parallel()
	live(t)
	image := ownImage(t)
	before := imageID(t, image)
	sealed := filepath.Join(t.TempDir(), "own.ringer")
	out := ofOwnImage(t, append(slices.Clone(allowed), "--json", "--record", sealed)...)
	require.Equal(t, 0, out.code, "%s%s", out.stderr.String(), out.stdout.String())
	run := parse(t, out)
	scenario := run.Scenarios[0]
	var verdicts []verdict.Verdict
	for _, expectation := range scenario.Steps[0].Expectations {
		verdicts = append(verdicts, expectation.Verdict)
	}
	assert.Equal(t, []verdict.Verdict{verdict.Detected, verdict.Detected, verdict.Silent}, verdicts)
	assert.True(t, scenario.Steps[0].Proven)
	host := scenario.Assets[0]
	assert.Empty(t, host.Leftover, "its own page, its log and what else it wrote are as they were")
	for _, attempt := range host.IsolationChecks {
		assert.True(t, attempt.Refused, "%+v", attempt)
	}
	require.NotNil(t, host.Wrapped)
	assert.Equal(t, image, host.Wrapped.Image)
	assert.Equal(t, before, host.Wrapped.ID)
	assert.Equal(t, "linux/amd64", host.Wrapped.Platform)
	assert.ElementsMatch(t, []string{"user=www-data", "port=8080", "write=/var/www/app", "write=/var/log/app"}, host.Wrapped.Allowed)
	assert.Equal(t, before, imageID(t, image), "it is not changed")
	assert.Empty(t, containers(t, out.pid))

	replayed := ringer(t, "replay", "--json", sealed)
	require.Equal(t, 0, replayed.code, "%s", replayed.stderr.String())
	assert.Equal(t, host.Wrapped, parse(t, replayed).Scenarios[0].Assets[0].Wrapped, "the recording has it")
}

// Without being allowed, nothing of the image is started.
func TestLiveAnImageThatIsNotAllowedIsNotStarted(t *testing.T) {
	t.Parallel()
	live(t)
	ownImage(t)
	for _, tt := range []struct {
		args []string
		want string
	}{
		{nil, "--allow app:user=www-data"},
		{allowed[2:], "--allow app:user=www-data"},
		{append(slices.Clone(allowed), "--allow", "app:write=/etc"), `no asset "app" of these scenarios needs write=/etc`},
	} {
		out := ofOwnImage(t, tt.args...)
		assert.Equal(t, 2, out.code, "%s", out.stdout.String())
		assert.Contains(t, out.stderr.String(), tt.want)
		assert.Empty(t, containers(t, out.pid))
	}
}

// What cannot be made an asset is refused before anything of it is started.
func TestLiveAnImageThatCannotBeWrappedIsRefused(t *testing.T) {
	t.Parallel()
	live(t)
	const passwd = "COPY passwd /etc/passwd\n"
	for name, tt := range map[string]struct{ recipe, want string }{
		"volume":  {passwd + "VOLUME /data\n", "it declares volumes (/data)"},
		"onbuild": {passwd + "ONBUILD RUN [\"/x\"]\n", "ONBUILD"},
		"health":  {passwd + "HEALTHCHECK CMD [\"/x\"]\n", "HEALTHCHECK"},
		"nobody":  {"COPY passwd /passwd\n", "no user www-data"},
		"root":    {"COPY root /etc/passwd\n", "www-data is root"},
		"agent":   {passwd + "COPY passwd /ringer\n", "it has /ringer"},
		"folder":  {passwd, "it has no folder /var/log/app"},
		"missing": {"", "the engine does not have it"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			image := "ringer-test-" + name + ":1"
			if tt.recipe != "" {
				buildSmall(t, image, "FROM scratch\n"+tt.recipe+"CMD [\"/start\"]\n")
			}
			text, err := os.ReadFile("testdata/image/main.hcl")
			require.NoError(t, err)
			dir := t.TempDir()
			require.NoError(t, os.CopyFS(dir, os.DirFS("testdata/image")))
			require.NoError(t, os.WriteFile(filepath.Join(dir, "main.hcl"), bytes.ReplaceAll(text, []byte("ringer-test-app:1"), []byte(image)), 0o600))
			out := ringer(t, append([]string{"run", "--rules", filepath.Join(dir, "rules"), filepath.Join(dir, "main.hcl")}, allowed...)...)
			assert.Equal(t, 2, out.code, "%s", out.stdout.String())
			assert.Contains(t, out.stderr.String(), tt.want)
			assert.Empty(t, out.stdout.String())
			assert.Empty(t, containers(t, out.pid))
		})
	}
}

// buildSmall builds an image of a few lines, which goes with the test.
func buildSmall(t *testing.T, name, recipe string) {
	t.Helper()
	var folder bytes.Buffer
	to := tar.NewWriter(&folder)
	for file, content := range map[string]string{"Dockerfile": recipe, "passwd": "www-data:x:33:33::/:/\n", "root": "www-data:x:0:0::/:/\n"} {
		require.NoError(t, to.WriteHeader(&tar.Header{Name: file, Mode: 0o644, Size: int64(len(content)), Typeflag: tar.TypeReg}))
		_, err := to.Write([]byte(content))
		require.NoError(t, err)
	}
	require.NoError(t, to.Close())
	build := exec.CommandContext(t.Context(), "docker", "build", "--no-cache", "--network=none", "--tag", name, "-")
	build.Env, build.Stdin = append(os.Environ(), "DOCKER_BUILDKIT=0"), &folder
	out, err := build.CombinedOutput()
	require.NoError(t, err, "%s", out)
	t.Cleanup(func() { _ = exec.Command("docker", "rmi", name).Run() }) // a later test builds it again
}

func imageID(t *testing.T, name string) string {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), "docker", "image", "inspect", "--format", "{{.Id}}", name).Output()
	require.NoError(t, err)
	return strings.TrimSpace(string(out))
}
