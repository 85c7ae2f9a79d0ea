package docker

import (
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
