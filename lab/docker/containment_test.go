package docker

import (
	"strings"
	"testing"

	"github.com/moby/moby/api/types/container"
	"github.com/moby/moby/client"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/runner"
	"github.com/ringer-lab/ringer/lab/image"
	"github.com/ringer-lab/ringer/scenarios"
)

// TestDockerAssetAsTheEngineSeesIt looks at a running asset from outside, as
// `docker inspect` does: what it is made of loosens nothing.
func TestDockerAssetAsTheEngineSeesIt(t *testing.T) {
	t.Parallel()
	t.Run("plain", func(t *testing.T) {
		lab := newLab(t)
		asHardened(t, lab, open(t, lab, "mail"), effect.Windows)
	})
	for kind, service := range map[string]string{"web": asset.Nginx, "billing": asset.PostgreSQL} {
		t.Run(service, func(t *testing.T) {
			lab := newLab(t)
			if recipe, _ := image.RecipeOf(service); !has(lab.engine.serviceImage(t.Context(), recipe)) {
				t.Skipf("needs the image of %s: run `make images`", service)
			}
			found, ok := scenarios.Library().Kind(kind)
			require.True(t, ok)
			opened, err := lab.Open(t.Context(), runner.Asset{
				Name: "mail", Run: testRun, Place: asset.Host{Kind: found, Hostname: "MAIL01", Service: service},
			})
			require.NoError(t, err)
			t.Cleanup(func() { assert.NoError(t, opened.Close()) })
			asHardened(t, lab, opened.(*session), effect.Linux)
		})
	}
}

func asHardened(t *testing.T, lab *Lab, opened *session, on effect.Platform) {
	t.Helper()
	found, err := lab.engine.ContainerInspect(t.Context(), opened.id, client.ContainerInspectOptions{})
	require.NoError(t, err)
	c, host := found.Container, found.Container.HostConfig

	assert.Equal(t, container.StateRunning, c.State.Status)
	assert.Equal(t, "MAIL01", c.Config.Hostname)
	assert.Equal(t, "65521:65521", c.Config.User)
	assert.Empty(t, c.Mounts, "no volume, no folder of the host, no socket")
	assert.Equal(t, []string{"/ringer", "agent"}, append([]string{c.Path}, c.Args...), "the agent is the first process, whatever the image")
	assert.Nil(t, c.Config.Healthcheck, "the engine runs nothing in it")
	assert.Empty(t, c.Config.Volumes)
	for _, setting := range c.Config.Env {
		assert.True(t, strings.HasPrefix(setting, "PATH="), "%s: an image gives no environment", setting)
	}
	assert.Empty(t, string(host.PidMode)+string(host.UTSMode)+string(host.UsernsMode), "no namespace of the host's")
	assert.Empty(t, host.VolumesFrom)
	assert.Len(t, host.Tmpfs, 1+len(effect.OwnPlaces(on)))
	assert.NotEmpty(t, opened.IsolationChecks())
	type limits struct {
		Network, IPC, Log               string
		ReadOnly, Privileged, Remove    bool
		CapDrop, CapAdd, Security       []string
		Memory, Swap, CPUs, PIDs        int64
		Binds, Devices, Ports, Networks int
	}
	assert.Equal(t, limits{
		Network: "none", IPC: "none", Log: "none", ReadOnly: true, Remove: true,
		CapDrop: []string{"ALL"}, Security: []string{"no-new-privileges", seccompOption},
		Memory: 256 << 20, Swap: 256 << 20, CPUs: 1_000_000_000, PIDs: 256,
	}, limits{
		Network: string(host.NetworkMode), IPC: string(host.IpcMode), Log: host.LogConfig.Type,
		ReadOnly: host.ReadonlyRootfs, Privileged: host.Privileged, Remove: host.AutoRemove,
		CapDrop: host.CapDrop, CapAdd: host.CapAdd, Security: host.SecurityOpt,
		Memory: host.Memory, Swap: host.MemorySwap, CPUs: host.NanoCPUs, PIDs: *host.PidsLimit,
		Binds: len(host.Binds), Devices: len(host.Devices), Ports: len(host.PortBindings), Networks: len(c.NetworkSettings.Networks),
	})
	assert.True(t, c.Config.NetworkDisabled, "the engine gives it no network, not even the one named none")
	assert.Equal(t, "mail", c.Config.Labels[labelAsset])
	assert.Equal(t, lab.owner.String(), c.Config.Labels[labelOwner])
}
