package exerciseserver

import (
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/hunt"
	"github.com/ringer-lab/ringer/emulation/hunt/query"
)

func fakeFinder() *finder {
	store := hunt.New(hunt.Options{Key: []byte("a key of the test's own, 32 bytes")})
	store.Add(fakeEvents())
	return newFinder(store)
}

func TestTheSameSearchIsMadeOnce(t *testing.T) {
	t.Parallel()
	f := fakeFinder()
	of, problems := query.Parse("schtasks")
	require.Empty(t, problems)
	page := hunt.Page{Limit: 10, Facets: facetFields}
	var all sync.WaitGroup
	for range 20 {
		all.Go(func() {
			got, err := f.find(t.Context(), of, 34, page)
			assert.NoError(t, err)
			assert.Equal(t, 2, got.result.Total)
			assert.Len(t, got.choices, 2)
		})
	}
	all.Wait()
	assert.Equal(t, 1, f.order.Len())
	fewer, err := f.find(t.Context(), of, 5, page)
	require.NoError(t, err)
	assert.Zero(t, fewer.result.Total, "of fewer events it is another")
	for n := range 2 * keptSearches {
		_, err := f.find(t.Context(), of, 34, hunt.Page{Limit: 10, Offset: n, Facets: facetFields})
		require.NoError(t, err)
	}
	assert.Equal(t, keptSearches, f.order.Len())
	assert.Len(t, f.kept, keptSearches)
}

func TestPagesOfAMomentAreOfTheSameEvents(t *testing.T) {
	t.Parallel()
	f := fakeFinder()
	n := 0
	more := func() int { n++; return n }
	assert.Equal(t, 1, f.upTo(wallStart, more))
	assert.Equal(t, 1, f.upTo(wallStart.Add(sameReleased-1), more))
	assert.Equal(t, 2, f.upTo(wallStart.Add(sameReleased), more))
	assert.Equal(t, 3, f.upTo(wallStart.Add(-time.Hour), more), "also where the clock was set back")
}
