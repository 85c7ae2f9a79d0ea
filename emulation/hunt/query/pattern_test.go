package query_test

import (
	"path"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ringer-lab/ringer/emulation/hunt/query"
)

// TestPatternsFitAsStarsSay compares with globs of the standard library, over all short
// texts of two letters.
func TestPatternsFitAsStarsSay(t *testing.T) {
	t.Parallel()
	var words func(letters string, n int) []string
	words = func(letters string, n int) []string {
		if n == 0 {
			return []string{""}
		}
		var all []string
		for _, word := range words(letters, n-1) {
			all = append(all, word)
			if len(word) == n-1 {
				for _, letter := range letters {
					all = append(all, word+string(letter))
				}
			}
		}
		return all
	}
	texts, compared := words("ab", 5), 0
	for _, glob := range words("ab*", 4) {
		q, problems := query.Parse("x:" + glob)
		if glob == "" {
			assert.NotEmpty(t, problems)
			continue
		}
		for _, text := range texts {
			want, err := path.Match(glob, text)
			assert.NoError(t, err)
			assert.Equal(t, want, q.Root().Pattern.Fits(text), "%s %s", glob, text)
			compared++
		}
	}
	assert.Greater(t, compared, 5000)
}
