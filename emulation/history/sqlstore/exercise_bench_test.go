package sqlstore_test

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/history/sqlstore"
)

// BenchmarkHandIns has 200 trainees hand in a finding every two seconds or so, and says how
// long they wait until it is on disk.
func BenchmarkHandIns(b *testing.B) {
	for b.Loop() {
		log, err := sqlstore.OpenExerciseLog(b.Context(), filepath.Join(b.TempDir(), "history.db"))
		require.NoError(b, err)
		var mu sync.Mutex
		var took []time.Duration
		var group sync.WaitGroup
		for trainee := range 200 {
			group.Go(func() {
				for i := range 10 {
					time.Sleep(time.Duration(rand.Int64N(int64(4 * time.Second))))
					began := time.Now()
					_, err := log.Append(b.Context(), "first", handedIn(fmt.Sprintf("%d/%d", trainee, i)))
					waited := time.Since(began)
					assert.NoError(b, err)
					mu.Lock()
					took = append(took, waited)
					mu.Unlock()
				}
			})
		}
		group.Wait()
		require.NoError(b, log.Close())
		slices.Sort(took)
		b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "p50-ms")
		b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1000, "p99-ms")
		b.ReportMetric(float64(took[len(took)-1].Microseconds())/1000, "max-ms")
	}
}
