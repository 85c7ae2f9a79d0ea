package docker

import (
	"testing"
	"time"

	"github.com/containerd/errdefs"
	"github.com/moby/moby/client"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
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
