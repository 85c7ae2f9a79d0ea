package docker

import (
	"context"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/lab/image"
)

// Each build has an image made for each service that its runs use: those of one build
// stay, unless another run may need them.
func TestDockerImagesWithAServiceOfOtherBuildsGo(t *testing.T) {
	t.Parallel()
	lab := newLab(t)
	e, label := lab.engine, labelLease+"="+lab.lease
	recipe, _ := image.RecipeOf(asset.Nginx)
	base, err := e.serviceImage(t.Context(), recipe)
	if err != nil {
		t.Skip("needs the image of nginx: run `make images`")
	}
	t.Cleanup(func() { assert.NoError(t, removeImages(context.Background(), e, label)) })
	current := map[string]bool{}
	for _, build := range []string{"1", "2", "3"} {
		plain, err := image.FromBinary(lab.program, testVersion+"."+build)
		require.NoError(t, err)
		_, err = e.ensureWith(t.Context(), asset.Nginx, plain, lab.unfinishedLabels())
		require.NoError(t, err)
		current = map[string]bool{madeOf(base.id, plain): true}
	}
	all := must(e.images(t.Context(), label))
	require.Len(t, all, 3)
	spare := func(all bool) func() (bool, error) { return func() (bool, error) { return all, nil } }
	require.NoError(t, e.removePairs(t.Context(), label, current, spare(true)))
	assert.Equal(t, all, must(e.images(t.Context(), label)), "another run is under way")
	require.NoError(t, e.removePairs(t.Context(), label, current, spare(false)))
	left := must(e.images(t.Context(), label))
	require.Len(t, left, 1)
	assert.True(t, current[must(e.ImageInspect(t.Context(), left[0].id)).Config.Labels[labelMadeOf]])

	others, err := e.othersUnderWay(t.Context(), newLease())
	require.NoError(t, err)
	assert.True(t, others, "this lab is, for any other")
}
