package docker

import (
	"context"
	"syscall"
	"testing"
	"time"

	"github.com/containerd/errdefs"
	"github.com/moby/moby/client"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/lab/image"
)

func TestDockerImagesOfLongAgoAreForgotten(t *testing.T) {
	t.Parallel()
	lab := newLab(t)
	id, err := lab.image(t.Context(), "")
	require.NoError(t, err)
	// A repository of the test's own: those of others here are not to be touched.
	const repository, ref = "ringer-outdated-test", "ringer-outdated-test:old"
	_, err = lab.engine.ImageTag(t.Context(), client.ImageTagOptions{Source: id, Target: ref})
	require.NoError(t, err)

	now := time.Now()
	require.NoError(t, lab.engine.forgetOutdated(t.Context(), repository, now.Add(outdated-time.Hour)))
	_, err = lab.engine.ImageInspect(t.Context(), ref)
	require.NoError(t, err, "it is recent")
	require.NoError(t, lab.engine.forgetOutdated(t.Context(), repository, now.Add(outdated+time.Hour)))
	_, err = lab.engine.ImageInspect(t.Context(), ref)
	assert.True(t, errdefs.IsNotFound(err), "it is not: %v", err)
	_, err = lab.engine.ImageInspect(t.Context(), id)
	assert.NoError(t, err, "under its own name it stays")
}

func TestDockerImagesHalfMadeForTheDeadAreForgotten(t *testing.T) {
	t.Parallel()
	e := engineForTest(t)
	if recipe, _ := image.RecipeOf(asset.Nginx); !has(e.serviceImage(t.Context(), recipe)) {
		t.Skip("needs the image of nginx: run `make images`")
	}
	process, lease := startRunner(t, building)
	require.Eventually(t, func() bool { return len(halfMade(t, e, lease)) > 0 }, 10*time.Second, 5*time.Millisecond)
	for _, pid := range janitors(t, lease) {
		require.NoError(t, syscall.Kill(pid, syscall.SIGKILL))
	}
	require.NoError(t, process.Kill())
	t.Cleanup(func() {
		_, err := e.removeImages(context.Background(), make(client.Filters).Add("label", labelLease+"="+lease))
		assert.NoError(t, err)
	})
	label, now := labelLease+"="+lease, time.Now()
	require.NoError(t, e.forgetHalfMade(t.Context(), label, now))
	if len(halfMade(t, e, lease)) == 0 {
		t.Skip("the engine had finished the image before its runner was killed")
	}
	assert.Eventually(t, func() bool {
		return e.forgetHalfMade(t.Context(), label, now.Add(unclaimed+time.Hour)) == nil && len(halfMade(t, e, lease)) == 0
	}, 5*time.Second, 100*time.Millisecond)
}
