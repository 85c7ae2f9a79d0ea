package docker

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/testcontainers/testcontainers-go"
)

// envDeaf has the test below look, in a process that was started with a configuration.
const envDeaf = "RINGER_TEST_DEAF"

func TestTheConfigurationOfTestcontainersIsNotRead(t *testing.T) {
	if os.Getenv(envDeaf) != "" {
		read := testcontainers.ReadConfig().Config
		assert.Empty(t, read.HubImageNamePrefix)
		assert.Empty(t, read.Host)
		assert.Empty(t, read.TestcontainersHost)
		assert.Equal(t, "docker", read.Provider)
		assert.True(t, read.RyukDisabled)
		assert.Equal(t, os.Getenv(envDeaf), os.Getenv("HOME"), "the environment is as it was")
		return
	}
	t.Parallel()
	home := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(home, ".testcontainers.properties"), []byte(
		"hub.image.name.prefix=registry.example.com/mirror/\nryuk.disabled=false\ndocker.host=tcp\\://192.0.2.1\\:2375\ntc.host=tcp\\://192.0.2.1\\:2375\nprovider=podman\nsession.id=not a name!\n"), 0o600))
	again := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestTheConfigurationOfTestcontainersIsNotRead$")
	again.Env = append(os.Environ(), "HOME="+home, envDeaf+"="+home,
		"TESTCONTAINERS_HUB_IMAGE_NAME_PREFIX=registry.example.com/", "TESTCONTAINERS_RYUK_DISABLED=false", "TESTCONTAINERS_PROVIDER=podman",
		"TESTCONTAINERS_SESSION_ID=not a name!", "RYUK_VERBOSE=true")
	said, err := again.CombinedOutput()
	require.NoError(t, err, "%s", said)
}
