package docker

import (
	"testing"

	"github.com/moby/moby/api/types/container"
	"github.com/moby/moby/client"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestDockerAssetAsTheEngineSeesIt looks at a running asset from outside, as
// `docker inspect` does.
func TestDockerAssetAsTheEngineSeesIt(t *testing.T) {
	t.Parallel()
	lab := newLab(t)
	opened := open(t, lab, "mail")
	found, err := lab.engine.ContainerInspect(t.Context(), opened.id, client.ContainerInspectOptions{})
	require.NoError(t, err)
	c, host := found.Container, found.Container.HostConfig

	assert.Equal(t, container.StateRunning, c.State.Status)
	assert.Equal(t, "MAIL01", c.Config.Hostname)
	assert.Equal(t, "65534:65534", c.Config.User)
	assert.Empty(t, c.Mounts, "no volume, no folder of the host, no socket")
	assert.NotEmpty(t, opened.Attested())
	type limits struct {
		Network, IPC, Log               string
		ReadOnly, Privileged, Remove    bool
		CapDrop, CapAdd, Security       []string
		Memory, Swap, CPUs, PIDs        int64
		Binds, Devices, Ports, Networks int
	}
	assert.Equal(t, limits{
		Network: "none", IPC: "none", Log: "none", ReadOnly: true, Remove: true,
		CapDrop: []string{"ALL"}, Security: []string{"no-new-privileges"},
		Memory: 256 << 20, Swap: 256 << 20, CPUs: 1_000_000_000, PIDs: 256,
		Networks: 1, // the one named none
	}, limits{
		Network: string(host.NetworkMode), IPC: string(host.IpcMode), Log: host.LogConfig.Type,
		ReadOnly: host.ReadonlyRootfs, Privileged: host.Privileged, Remove: host.AutoRemove,
		CapDrop: host.CapDrop, CapAdd: host.CapAdd, Security: host.SecurityOpt,
		Memory: host.Memory, Swap: host.MemorySwap, CPUs: host.NanoCPUs, PIDs: *host.PidsLimit,
		Binds: len(host.Binds), Devices: len(host.Devices), Ports: len(host.PortBindings), Networks: len(c.NetworkSettings.Networks),
	})
	for name, network := range c.NetworkSettings.Networks {
		assert.Equal(t, "none", name)
		assert.False(t, network.IPAddress.IsValid(), "it has no address")
	}
	assert.Equal(t, "mail", c.Config.Labels[labelAsset])
	assert.Equal(t, lab.owner.String(), c.Config.Labels[labelOwner])
}
