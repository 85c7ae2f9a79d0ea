//go:build unix

package sqlstore_test

import (
	"bufio"
	"context"
	"database/sql"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/history"
	"github.com/ringer-lab/ringer/emulation/history/sqlstore"
)

// killedHistory is the variable that has this program put runs for ever, to be killed.
const killedHistory = "RINGER_TEST_KILLED_HISTORY"

// many is a run with more verdicts than a page has.
func many(minute int) history.Run {
	r := run(minute)
	steps := r.Scenarios[0].Steps
	for i := range 200 {
		more := steps[1]
		more.ID = fmt.Sprintf("step%d", i)
		steps = append(steps, more)
	}
	r.Scenarios[0].Steps = steps
	return r
}

func putForEver(name string) {
	store, err := sqlstore.Open(context.Background(), name, true)
	for i := 0; err == nil; i++ {
		fmt.Println("putting", i)
		err = store.Put(context.Background(), many(i))
	}
	fmt.Println(err)
}

func TestAWriterThatIsKilledLeavesWholeRunsOnly(t *testing.T) {
	t.Parallel()
	told := func(t *testing.T, driver, name string) {
		t.Helper()
		for kill := range 5 {
			program := exec.CommandContext(t.Context(), os.Args[0])
			program.Env = append(os.Environ(), killedHistory+"="+name)
			said, err := program.StdoutPipe()
			require.NoError(t, err)
			require.NoError(t, program.Start())
			lines := bufio.NewScanner(said)
			for range kill + 2 {
				require.True(t, lines.Scan())
			}
			require.NoError(t, program.Process.Kill())
			_ = program.Wait() // it was killed
			store, err := sqlstore.Open(t.Context(), name, false)
			require.NoError(t, err, "nothing has to be mended")
			runs, err := store.Runs(t.Context(), history.Query{Last: 1000})
			require.NoError(t, err)
			require.NoError(t, store.Close())
			assert.GreaterOrEqual(t, len(runs), kill, "what was put is there")
			whole(t, driver, name)
		}
	}
	t.Run("SQLite", func(t *testing.T) {
		t.Parallel()
		told(t, "sqlite", filepath.Join(t.TempDir(), "history.db"))
	})
	t.Run("PostgreSQL", func(t *testing.T) {
		t.Parallel()
		told(t, "pgx", postgres(t))
	})
}

// whole asks the tables themselves, in one statement, whether each run has all its parts.
func whole(t *testing.T, driver, name string) {
	t.Helper()
	db, err := sql.Open(driver, name)
	require.NoError(t, err)
	defer db.Close()
	var runs, scenarios, steps, verdicts int
	require.NoError(t, db.QueryRowContext(t.Context(),
		"SELECT (SELECT COUNT(*) FROM runs), (SELECT COUNT(*) FROM scenarios), (SELECT COUNT(*) FROM steps), (SELECT COUNT(*) FROM verdicts)").Scan(&runs, &scenarios, &steps, &verdicts))
	assert.Equal(t, []int{runs, 202 * runs, 403 * runs}, []int{scenarios, steps, verdicts})
}
