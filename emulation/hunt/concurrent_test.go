package hunt_test

import (
	"math/rand/v2"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/hunt"
	"github.com/ringer-lab/ringer/emulation/hunt/query"
)

// TestManyReadWhileOneAdds has readers see what there is, whole, while there is ever more
// of it.
func TestManyReadWhileOneAdds(t *testing.T) {
	t.Parallel()
	records, err := days()
	require.NoError(t, err)
	records = records[:1500]
	s := hunt.New(hunt.Options{Key: []byte("key"), Trials: 2, Ordinary: records[:100]})
	done := make(chan struct{})
	var all sync.WaitGroup
	for reader := range uint64(4) {
		all.Go(func() {
			chance := rand.New(rand.NewPCG(reader, 1))
			for last := 0; ; {
				n := s.Len()
				assert.GreaterOrEqual(t, n, last)
				last = n
				q, problems := query.Parse(hunttestQuery(chance, records))
				assert.Empty(t, problems)
				result, err := s.Search(t.Context(), q, n, hunt.Page{Limit: 5, Facets: []string{"host", "Image"}})
				assert.NoError(t, err)
				whole, err := s.Search(t.Context(), query.Query{}, n, hunt.Page{})
				assert.NoError(t, err)
				assert.Equal(t, n, whole.Total)
				for _, view := range result.Events {
					again, ok := s.Event(view.ID, n)
					assert.True(t, ok)
					assert.Equal(t, view, again)
					_, ok = s.Tree(view.ID, n)
					assert.True(t, ok)
				}
				_, err = s.Timeline(t.Context(), q, n, 10)
				assert.NoError(t, err)
				if reader == 0 {
					_, err = s.TryRule(t.Context(), netRule, n)
					assert.NoError(t, err)
				}
				s.Fields(n)
				s.Memory()
				s.Released(start)
				select {
				case <-done:
					return
				default:
				}
			}
		})
	}
	for at := 0; at < len(records); at += 30 {
		s.Add(records[at:min(at+30, len(records))])
	}
	close(done)
	all.Wait()
	assert.Equal(t, len(records), s.Len())
}
