package sigma_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/sigma"
)

func TestRulesComeInTheOrderOfThePaths(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	for _, name := range []string{"a/x.yml", "b/y.yml", "b/z.yml"} {
		path := filepath.Join(folder, filepath.FromSlash(name))
		require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o755))
		require.NoError(t, os.WriteFile(path, []byte("title: "+name+"\nid: 5F1C3D0E-7f43-4a6f-9a6e-3f1f0f6f2b11\n"+
			"logsource: {category: process_creation}\ndetection: {s: {Image: a}, condition: s}\n"), 0o644))
	}
	a, b := filepath.Join(folder, "a"), filepath.Join(folder, "b")
	for _, tc := range []struct {
		name  string
		paths []string
		want  []string
	}{
		{"a folder's by name, and folders as they are given", []string{b, a}, []string{"b/y.yml", "b/z.yml", "a/x.yml"}},
		{"a file named twice counts where it is named last", []string{b, a, filepath.Join(b, "..", "b", "y.yml")}, []string{"b/z.yml", "a/x.yml", "b/y.yml"}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			titles := func(rules []*sigma.Rule) (all []string) {
				for _, rule := range rules {
					all = append(all, rule.Title)
				}
				return all
			}
			rules, problems := sigma.LoadPaths(tc.paths...)
			assert.Empty(t, problems)
			assert.Equal(t, tc.want, titles(rules))
			cached, problems := sigma.LoadCached(filepath.Join(t.TempDir(), "cache"), tc.paths...)
			assert.Empty(t, problems)
			assert.Equal(t, tc.want, titles(cached))
			texts, err := sigma.Texts(tc.paths...)
			require.NoError(t, err)
			for i, text := range texts {
				assert.Contains(t, string(text.Content), tc.want[i])
			}
			kept, replaced := sigma.Latest(rules)
			assert.Equal(t, tc.want[2:], titles(kept))
			assert.Equal(t, []sigma.Replaced{{Rule: rules[0], By: rules[1]}, {Rule: rules[1], By: rules[2]}}, replaced)
		})
	}
}

func TestLatestTellsRulesApart(t *testing.T) {
	t.Parallel()
	upper, lower := &sigma.Rule{ID: "5F1C3D0E-7F43-4A6F-9A6E-3F1F0F6F2B11"}, &sigma.Rule{ID: "5f1c3d0e-7f43-4a6f-9a6e-3f1f0f6f2b11"}
	named, again, title, same := &sigma.Rule{Name: "n", Title: "1"}, &sigma.Rule{Name: "n", Title: "2"}, &sigma.Rule{Title: "3"}, &sigma.Rule{Title: "3"}
	kept, replaced := sigma.Latest([]*sigma.Rule{upper, named, title, lower, same, again})
	assert.Equal(t, []*sigma.Rule{lower, again, title, same}, kept)
	assert.Len(t, replaced, 2)
}
