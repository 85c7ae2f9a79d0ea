package sigma

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestACacheIsNotWrittenOverSomethingElse(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "mine.yml")
	require.NoError(t, os.WriteFile(file, []byte("title: mine\n"), 0o600))
	require.ErrorContains(t, writeCache(file, []byte(cacheMagic)), "mine.yml is not a rule cache")
	content, err := os.ReadFile(file)
	require.NoError(t, err)
	assert.Equal(t, "title: mine\n", string(content))
	require.NoError(t, os.Truncate(file, 0))
	require.NoError(t, writeCache(file, []byte(cacheMagic)))
}
