package docker

import (
	"cmp"
	"context"
	"testing"
	"time"

	"github.com/moby/moby/client"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/runner"
	"github.com/ringer-lab/ringer/lab/image"
	"github.com/ringer-lab/ringer/scenarios"
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
	now := time.Now()
	require.NoError(t, lab.engine.removeOutdated(t.Context(), label, now))
	require.Len(t, must(lab.engine.images(t.Context(), label)), 1, "it was only just loaded, for a run that may be under way")
	_, err = lab.engine.ImageTag(t.Context(), client.ImageTagOptions{Source: id, Target: kept})
	require.NoError(t, err)
	t.Cleanup(func() {
		_, err := lab.engine.removeImage(context.Background(), kept)
		assert.NoError(t, err)
	})

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

// TestDockerAnImageThatGoesAwayDuringARunIsLoadedAgain removes an asset's image, as
// `docker rmi -f`, `docker image prune --all` and another `ringer clean` do.
func TestDockerAnImageThatGoesAwayDuringARunIsLoadedAgain(t *testing.T) {
	t.Parallel()
	for _, service := range []string{"", asset.Nginx} {
		t.Run("with "+cmp.Or(service, "no service"), func(t *testing.T) {
			t.Parallel()
			// A version of the test's own: what others here are using is not to be touched.
			o := options(t)
			o.Version = "removed-test-" + newLease()
			lab, err := New(t.Context(), o)
			require.NoError(t, err)
			t.Cleanup(func() {
				assert.NoError(t, removeImages(context.Background(), lab.engine, labelVersion+"="+o.Version))
				assert.NoError(t, lab.Close())
			})
			if recipe, _ := image.RecipeOf(service); service != "" && !has(lab.engine.serviceImage(t.Context(), recipe)) {
				t.Skipf("needs the image of %s: run `make images`", service)
			}
			kind, ok := scenarios.Library().Kind("web")
			require.True(t, ok)
			web := runner.Asset{Name: "web", Run: testRun, Place: asset.Host{Kind: kind, Hostname: "web01", Service: service}}
			for range 3 {
				opened, err := lab.Open(t.Context(), web)
				require.NoError(t, err)
				assert.Equal(t, service, opened.(*session).service)
				id := opened.(*session).asked.config.Image
				require.NoError(t, opened.Close())
				_, err = lab.engine.ImageRemove(t.Context(), id, client.ImageRemoveOptions{Force: true, PruneChildren: true})
				require.NoError(t, err)
				assert.NotEmpty(t, lab.Images()[service], "what assets were made of is known all the same")
			}
		})
	}
}
