package docker

import (
	"strings"
	"testing"

	"github.com/containerd/errdefs"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestDockerAnImageThatIsGoneIsNotPulled(t *testing.T) {
	t.Parallel()
	lab := newLab(t)
	missing := "sha256:" + "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
	_, err := lab.create(t.Context(), must(lab.settings(missing, mail("mail"))))
	require.Error(t, err)
	assert.True(t, errdefs.IsNotFound(err))
	assert.ErrorContains(t, err, "never pulls images")
}

func TestDockerAnImageThatIsRemovedDuringARunIsLoadedAgain(t *testing.T) {
	t.Parallel()
	lab := newLab(t)
	open(t, lab, "first")
	lab.imageMutex.Lock()
	lab.imageIDs[""] = "sha256:" + strings.Repeat("0", 64)
	lab.imageMutex.Unlock()
	open(t, lab, "second")
}
