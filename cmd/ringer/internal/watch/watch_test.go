package watch_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/cmd/ringer/internal/watch"
)

func isRule(name string) bool { return strings.HasSuffix(name, ".yml") }

func write(t *testing.T, file, text string) {
	t.Helper()
	require.NoError(t, os.WriteFile(file, []byte(text), 0o600))
}

func TestWhatWasSavedIsNoticed(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	rule := filepath.Join(folder, "rule.yml")
	for _, tt := range []struct {
		name string
		save func(t *testing.T)
		want string
	}{
		{"written in place", func(t *testing.T) { write(t, rule, "title: longer") }, rule},
		{"renamed into its place", func(t *testing.T) {
			write(t, rule+".swp", "title: by rename")
			require.NoError(t, os.Rename(rule+".swp", rule))
		}, rule},
		{"moved away and written anew", func(t *testing.T) {
			require.NoError(t, os.Rename(rule, rule+"~"))
			write(t, rule, "title: written anew")
		}, rule},
		{"emptied first", func(t *testing.T) {
			write(t, rule, "")
			write(t, rule, "title: in two steps")
		}, rule},
		{"in a folder that is new", func(t *testing.T) {
			require.NoError(t, os.Mkdir(filepath.Join(folder, "more"), 0o700))
			write(t, filepath.Join(folder, "more", "other.yml"), "title: other")
		}, filepath.Join(folder, "more", "other.yml")},
		{"removed", func(t *testing.T) { require.NoError(t, os.Remove(rule)) }, rule},
	} {
		t.Run(tt.name, func(t *testing.T) {
			write(t, rule, "title: a")
			w, err := watch.Open([]string{folder}, isRule)
			require.NoError(t, err)
			defer w.Close()
			assert.Contains(t, w.Files(), rule)
			tt.save(t)
			changed, err := w.Next(t.Context())
			require.NoError(t, err)
			assert.Equal(t, []string{tt.want}, changed)
		})
	}
}

func TestWatchingEndsWithItsContext(t *testing.T) {
	t.Parallel()
	w, err := watch.Open([]string{t.TempDir()}, isRule)
	require.NoError(t, err)
	defer w.Close()
	ctx, cancel := context.WithCancelCause(t.Context())
	over := errors.New("over")
	cancel(over)
	_, err = w.Next(ctx)
	assert.ErrorIs(t, err, over)
}

func TestAPathThatIsNotThereIsAnError(t *testing.T) {
	t.Parallel()
	_, err := watch.Open([]string{filepath.Join(t.TempDir(), "nothing")}, isRule)
	assert.ErrorIs(t, err, os.ErrNotExist)
}

func TestALinkOutOfTheFolderIsNotFollowed(t *testing.T) {
	t.Parallel()
	folder, elsewhere := t.TempDir(), filepath.Join(t.TempDir(), "secret.yml")
	write(t, elsewhere, "title: elsewhere")
	write(t, filepath.Join(folder, "rule.yml"), "title: here")
	if err := os.Symlink(elsewhere, filepath.Join(folder, "out.yml")); err != nil {
		t.Skip(err)
	}
	require.NoError(t, os.Symlink("rule.yml", filepath.Join(folder, "in.yml")))
	w, err := watch.Open([]string{folder}, isRule)
	require.NoError(t, err)
	defer w.Close()
	assert.Equal(t, []string{filepath.Join(folder, "in.yml"), filepath.Join(folder, "rule.yml")}, w.Files())
}
