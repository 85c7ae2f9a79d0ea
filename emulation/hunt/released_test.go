package hunt_test

import (
	"encoding/json"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/hunt"
	"github.com/ringer-lab/ringer/emulation/hunt/query"
)

// TestWhatIsNotReleasedIsAsIfItWereNotThere compares a store of everything with one that
// has only what is released.
func TestWhatIsNotReleasedIsAsIfItWereNotThere(t *testing.T) {
	t.Parallel()
	whole, records := storeOfDays(t)
	chance := rand.New(rand.NewPCG(1, 1))
	for range 8 {
		released := 1 + chance.IntN(len(records))
		part := hunt.New(hunt.Options{Key: []byte("key"), Ordinary: records[:500]})
		part.Add(records[:released])
		for range 12 {
			text := hunttestQuery(chance, records)
			q, problems := query.Parse(text)
			require.Empty(t, problems)
			page := hunt.Page{Limit: 20, Offset: chance.IntN(30), Facets: []string{"host", "source", "Image", "ProcessGuid"}}
			got, err := whole.Search(t.Context(), q, released, page)
			require.NoError(t, err)
			want, err := part.Search(t.Context(), q, released+chance.IntN(2), page)
			require.NoError(t, err)
			require.Equal(t, want, got, text)
			gotBuckets, err := whole.Timeline(t.Context(), q, released, 10)
			require.NoError(t, err)
			wantBuckets, err := part.Timeline(t.Context(), q, released, 10)
			require.NoError(t, err)
			require.Equal(t, wantBuckets, gotBuckets)
			for _, view := range want.Events[:min(3, len(want.Events))] {
				gotTree, ok := whole.Tree(view.ID, released)
				require.True(t, ok)
				wantTree, _ := part.Tree(view.ID, released)
				require.Equal(t, wantTree, gotTree)
			}
		}
		assert.Equal(t, part.Fields(released), whole.Fields(released))
		for _, rule := range rules {
			got, err := whole.TryRule(t.Context(), rule, released)
			require.NoError(t, err)
			want, err := part.TryRule(t.Context(), rule, released)
			require.NoError(t, err)
			require.Equal(t, want, got)
		}
		next, err := whole.Search(t.Context(), query.Query{}, released+1, hunt.Page{Limit: 1})
		require.NoError(t, err)
		if next.Total > released {
			id := next.Events[0].ID
			_, ok := whole.Event(id, released)
			assert.False(t, ok)
			_, ok = whole.Tree(id, released)
			assert.False(t, ok)
		}
	}
}

// hunttestQuery is a query of some value of some event, or of a part of it.
func hunttestQuery(chance *rand.Rand, records []hunt.Record) string {
	for {
		for name, value := range records[chance.IntN(len(records))].Event.Fields {
			text, ok := value.(string)
			if !ok || len(text) < 5 || chance.IntN(4) > 0 {
				continue
			}
			switch chance.IntN(4) {
			case 0:
				return query.Pivot(name, text)
			case 1:
				return "not " + query.Pivot(name, text)
			case 2:
				return ""
			}
			return `"` + strings.ReplaceAll(strings.ToValidUTF8(text[:4], ""), `"`, "") + `" or Imag:x`
		}
	}
}

// TestAViewTellsNoTruth looks at all that trainees can be given of every event.
func TestAViewTellsNoTruth(t *testing.T) {
	t.Parallel()
	s, records := storeOfDays(t)
	for offset := 0; offset < len(records); offset += hunt.MaxPage {
		result, err := s.Search(t.Context(), query.Query{}, len(records), hunt.Page{Offset: offset, Limit: hunt.MaxPage, Oldest: true})
		require.NoError(t, err)
		for i, view := range result.Events {
			text, err := json.Marshal(view)
			require.NoError(t, err)
			low := strings.ToLower(string(text))
			for _, mark := range []string{"ringer", "stand-in", "standin", "inert", "emulation", "provenance", "lineage", "stated", "127.0.10."} {
				assert.NotContains(t, low, mark)
			}
			r := records[offset+i]
			assert.NotContains(t, string(text), `"`+r.Origin.Step+`"`)
			assert.NotContains(t, string(text), r.Origin.Event+`"`)
			origin, ok := s.OriginOf(view.ID)
			require.True(t, ok)
			assert.Equal(t, r.Origin, origin)
			if !origin.Ordinary {
				id, ok := s.IDOf(origin.Scenario, origin.Event)
				assert.True(t, ok)
				assert.Equal(t, view.ID, id)
			}
		}
	}
}

func TestIDsFollowFromTheKey(t *testing.T) {
	t.Parallel()
	ids := func(key string) []string {
		s := hunt.New(hunt.Options{Key: []byte(key)})
		s.Add([]hunt.Record{created(0, "A", "x", "y"), created(1, "A", "x", "y")})
		result, err := s.Search(t.Context(), query.Query{}, 2, hunt.Page{Limit: 2})
		require.NoError(t, err)
		return []string{result.Events[0].ID, result.Events[1].ID}
	}
	assert.Equal(t, ids("a"), ids("a"), "an exercise that goes on has the same ids")
	assert.NotContains(t, ids("a"), ids("b")[0])
	assert.NotEqual(t, ids("a")[0][:8], ids("a")[1][:8])
}
