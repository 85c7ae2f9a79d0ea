//go:build unix

package hunttest_test

import (
	"math/rand/v2"
	"os"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/hunt"
	"github.com/ringer-lab/ringer/emulation/hunt/hunttest"
	"github.com/ringer-lab/ringer/emulation/hunt/query"
)

// benchmarked has RINGER_HUNT_EVENTS events, or else a hundred thousand.
var benchmarked = sync.OnceValue(func() func(*testing.B) *hunt.Store {
	var store *hunt.Store
	return func(b *testing.B) *hunt.Store {
		if store == nil {
			events, err := strconv.Atoi(os.Getenv("RINGER_HUNT_EVENTS"))
			if err != nil {
				events = 100_000
			}
			store, _ = filled(b, "small", events)
		}
		return store
	}
})

func BenchmarkSearch(b *testing.B) {
	store := benchmarked()(b)
	for name, text := range map[string]string{
		"everything": "", "a word": "schtasks", "a rare word": "nothing-at-all", "a frequent word": "exe", "a field": `Image:*\schtasks.exe`,
		"a contained text": "CommandLine:*/create*", "unique values": "UtcTime:*08:53*", "not": "not source:process_creation", "a date": "after:2027-03-01 before:2027-03-08",
	} {
		q, problems := query.Parse(text)
		require.Empty(b, problems)
		for _, facets := range [][]string{nil, shownFacets} {
			label := name
			if facets != nil {
				label += " with facets"
			}
			b.Run(label, func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					_, err := store.Search(b.Context(), q, store.Len(), hunt.Page{Limit: 50, Facets: facets})
					require.NoError(b, err)
				}
			})
		}
		b.Run(name+" over time", func(b *testing.B) {
			for b.Loop() {
				_, err := store.Timeline(b.Context(), q, store.Len(), 60)
				require.NoError(b, err)
			}
		})
	}
}

// BenchmarkDearest is a query that looks at as many values as one can.
func BenchmarkDearest(b *testing.B) {
	store := benchmarked()(b)
	for name, term := range map[string]string{"fields": "UtcTime:*1*2*", "texts": "*2*0:00*1*", "negated": "-ProcessGuid:*0*f*"} {
		q, problems := query.Parse(strings.Repeat(term+" or ", query.MaxTerms-1) + term)
		require.Empty(b, problems)
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				_, err := store.Search(b.Context(), q, store.Len(), hunt.Page{Limit: 50})
				require.NoError(b, err)
			}
		})
	}
}

// BenchmarkPage is what a page asks for, of the mix of queries of a load.
func BenchmarkPage(b *testing.B) {
	store := benchmarked()(b)
	chance := rand.New(rand.NewPCG(1, 1))
	b.ReportAllocs()
	for b.Loop() {
		q, problems := query.Parse(hunttest.Query(chance, nil))
		require.Empty(b, problems)
		_, err := store.Search(b.Context(), q, store.Len(), hunt.Page{Limit: 50, Facets: shownFacets, Buckets: 60})
		require.NoError(b, err)
	}
}

func BenchmarkAdd(b *testing.B) {
	ordinary, _, err := hunttest.Records("../../../scenarios/recordings/overlap.ringer")
	require.NoError(b, err)
	for b.Loop() {
		hunt.New(hunt.Options{}).Add(ordinary)
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*len(ordinary)), "ns/event")
}

func BenchmarkTryRule(b *testing.B) {
	store := benchmarked()(b)
	const head = "title: x\nlogsource: {category: process_creation, product: windows}\ndetection:\n"
	for name, text := range map[string]string{
		"silent":   head + "  s: {Image|endswith: '\\nothing.exe', CommandLine|contains: create}\n  condition: s",
		"fires":    head + "  s: {Image|endswith: '\\net.exe'}\n  condition: s",
		"keywords": head + "  s: ['*schtasks*', 'wevtutil']\n  condition: s",
		"correlation": "title: b\nname: b\nlogsource: {category: process_creation, product: windows}\ndetection:\n  s: {Image|endswith: '\\net.exe'}\n  condition: s\n" +
			"---\ntitle: c\ncorrelation: {type: event_count, rules: [b], group-by: [Computer], timespan: 1h, condition: {gte: 3}}",
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				trial, err := store.TryRule(b.Context(), text, store.Len())
				require.NoError(b, err)
				require.True(b, trial.Usable)
			}
		})
	}
}
