package cli

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestOldCachesOfRulesAreRemoved(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	write := func(name string, age time.Duration) {
		path := filepath.Join(folder, name)
		require.NoError(t, os.WriteFile(path, []byte("x"), 0o600))
		at := time.Now().Add(-age)
		require.NoError(t, os.Chtimes(path, at, at))
	}
	for i := range keptCaches + 4 {
		write(fmt.Sprintf("rules-%016x", i), time.Duration(i)*time.Minute)
	}
	write("rules-00000000000000aa.1234", 2*time.Hour)
	write("rules-00000000000000aa.5678", time.Minute)
	write("rules-mine", 24*time.Hour)
	write("images.json", 24*time.Hour)
	pruneCaches(folder)
	left, err := os.ReadDir(folder)
	require.NoError(t, err)
	var names []string
	for _, entry := range left {
		names = append(names, entry.Name())
	}
	want := []string{"images.json"}
	for i := range keptCaches {
		want = append(want, fmt.Sprintf("rules-%016x", i))
	}
	assert.ElementsMatch(t, append(want, "rules-00000000000000aa.5678", "rules-mine"), names)
}
