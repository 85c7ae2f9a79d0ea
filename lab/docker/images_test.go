package docker

import (
	"context"
	"testing"
	"time"

	"github.com/moby/moby/client"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/lab/image"
)

func TestDockerImagesOfLongAgoAreForgotten(t *testing.T) {
	t.Parallel()
	// A version of the test's own: images of others here are not to be touched.
	o := options(t)
	o.Version = "outdated-test"
	lab, err := New(t.Context(), o)
	require.NoError(t, err)
	defer lab.Close()
	id, err := lab.image(t.Context(), "")
	require.NoError(t, err)
	const label, kept = labelVersion + "=outdated-test", "somebodys:own"
	_, err = lab.engine.ImageTag(t.Context(), client.ImageTagOptions{Source: id, Target: kept})
	require.NoError(t, err)
	t.Cleanup(func() {
		_, err := lab.engine.removeImage(context.Background(), kept)
		assert.NoError(t, err)
	})

	now := time.Now()
	require.NoError(t, lab.engine.removeOutdated(t.Context(), label, now.Add(outdated-time.Hour)))
	assert.Len(t, must(lab.engine.images(t.Context(), label)), 1, "it is recent")
	require.NoError(t, lab.engine.removeOutdated(t.Context(), label, now.Add(outdated+time.Hour)))
	assert.Empty(t, must(lab.engine.images(t.Context(), label)), "it is not")
	_, err = lab.engine.ImageInspect(t.Context(), kept)
	assert.NoError(t, err, "under a name of somebody else's it stays")
}

func TestDockerImagesHalfMadeForTheDeadAreForgotten(t *testing.T) {
	t.Parallel()
	e := engineForTest(t)
	if recipe, _ := image.RecipeOf(asset.Nginx); !has(e.serviceImage(t.Context(), recipe)) {
		t.Skip("needs the image of nginx: run `make images`")
	}
	process, lease := startRunner(t, building)
	require.Eventually(t, func() bool { return len(halfMade(t, e, lease)) > 0 }, 10*time.Second, 5*time.Millisecond)
	label := labelLease + "=" + lease
	require.NoError(t, e.removeAbandonedUnfinished(t.Context(), label))
	for _, pid := range watchdogs(t, lease) {
		killWatchdog(t, pid)
	}
	if len(halfMade(t, e, lease)) == 0 {
		t.Skip("the engine had finished the image before its runner was killed")
	}
	require.NoError(t, process.Kill())
	t.Cleanup(func() {
		assert.NoError(t, removeImages(context.Background(), e, labelLease+"="+lease))
	})
	assert.Eventually(t, func() bool {
		return e.removeAbandonedUnfinished(t.Context(), label) == nil && len(halfMade(t, e, lease)) == 0
	}, 5*time.Second, 100*time.Millisecond)
}
