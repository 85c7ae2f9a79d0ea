package docker

import (
	"context"
	"testing"

	"github.com/moby/moby/api/types/container"
	"github.com/moby/moby/client"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestDockerWhatIsNotOursSurvives makes things that somebody else calls ringer,
// and one that a dead runner left, and has ringer tidy up in each of its ways.
func TestDockerWhatIsNotOursSurvives(t *testing.T) {
	t.Parallel()
	lab := newLab(t)
	e := lab.engine
	imageID := must(lab.image(t.Context(), ""))
	theirs := map[string]string{"ringer": "phone"}
	gone := lab.owner
	gone.pid, gone.start = 1<<30, "1" // no process has that id
	left := ownLabels{version: testVersion, run: testRun, asset: "mail", owner: gone, lease: newLease()}
	incomplete := left.labels()
	delete(incomplete, labelRun)

	create := func(name string, labels map[string]string) string {
		created, err := e.ContainerCreate(t.Context(), client.ContainerCreateOptions{
			Name: name, Config: &container.Config{Image: imageID, Labels: labels}, HostConfig: &container.HostConfig{NetworkMode: "none"},
		})
		require.NoError(t, err)
		t.Cleanup(func() { assert.NoError(t, e.remove(context.Background(), created.ID)) })
		return created.ID
	}
	lease := newLease() // so that two of these tests are in nobody's way
	phone := create("phone-"+lease, theirs)
	half := create(newContainerName(), incomplete)
	other := create("mail-"+lease, left.labels())
	ours := create(newContainerName(), left.labels())

	volume, err := e.VolumeCreate(t.Context(), client.VolumeCreateOptions{Name: "phone-" + lease, Labels: theirs})
	require.NoError(t, err)
	t.Cleanup(func() {
		_, err := e.VolumeRemove(context.Background(), volume.Volume.Name, client.VolumeRemoveOptions{})
		assert.NoError(t, err)
	})
	network, err := e.NetworkCreate(t.Context(), "phone-"+lease, client.NetworkCreateOptions{Driver: "null", Labels: theirs})
	if err != nil {
		// An engine without a bridge makes none that way: the driver is the host's.
		network, err = e.NetworkCreate(t.Context(), "phone-"+lease, client.NetworkCreateOptions{Internal: true, Labels: theirs})
	}
	require.NoError(t, err)
	t.Cleanup(func() {
		_, err := e.NetworkRemove(context.Background(), network.ID, client.NetworkRemoveOptions{})
		assert.NoError(t, err)
	})

	stands := func(id string) bool {
		_, err := e.ContainerInspect(t.Context(), id, client.ContainerInspectOptions{})
		return err == nil
	}
	survive := func(how string) {
		t.Helper()
		assert.True(t, stands(phone), "%s: somebody else's container", how)
		assert.True(t, stands(half), "%s: a container with an incomplete set of labels", how)
		assert.True(t, stands(other), "%s: a container under another name", how)
		_, err := e.VolumeInspect(t.Context(), volume.Volume.Name, client.VolumeInspectOptions{})
		assert.NoError(t, err, "%s: somebody else's volume", how)
		_, err = e.NetworkInspect(t.Context(), network.ID, client.NetworkInspectOptions{})
		assert.NoError(t, err, "%s: somebody else's network", how)
	}
	_, err = Sweep(t.Context(), options(t)) // as at the start of a run
	require.NoError(t, err)
	survive("run")
	assert.False(t, stands(ours), "a dead runner's is removed")
	_, err = e.removeLeased(t.Context(), left.lease) // as at its end
	require.NoError(t, err)
	survive("end of a run")
	// The containers of other tests here are not to be ended, so each label alone.
	for _, label := range []string{labelVersion + "=phone", labelLease + "=" + left.lease} {
		for _, end := range []bool{false, true} {
			_, _, err := cleaner{engine: e, label: label, end: end, beforeRemove: ignoreRemoved}.runs(t.Context())
			require.NoError(t, err)
			_, _, err = cleaner{engine: e, label: label, end: end, beforeRemove: ignoreRemoved}.wholeImages(t.Context())
			require.NoError(t, err)
			survive("clean")
		}
	}
}
