//go:build unix

package sqlstore_test

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/history/sqlstore"
)

// killedExercise is the variable that has this program append entries for ever, to be
// killed.
const killedExercise = "RINGER_TEST_KILLED_EXERCISE"

// appendForEver appends as twenty trainees at once, and says of each entry that it was
// acknowledged.
func appendForEver(name string) {
	log, err := sqlstore.OpenExerciseLog(context.Background(), name)
	if err != nil {
		fmt.Println(err)
		return
	}
	var group sync.WaitGroup
	for trainee := range 20 {
		group.Go(func() {
			for i := 0; ; i++ {
				key := fmt.Sprintf("%d/%d/%d", os.Getpid(), trainee, i)
				if _, err := log.Append(context.Background(), "first", handedIn(key)); err != nil {
					fmt.Println(err)
					return
				}
				fmt.Println("acknowledged", key)
			}
		})
	}
	group.Wait()
}

func TestWhatWasAcknowledgedIsThereAfterAKill(t *testing.T) {
	t.Parallel()
	logs(t, func(t *testing.T, name string) {
		acknowledged := map[string]bool{}
		for kill := range 5 {
			program := exec.CommandContext(t.Context(), os.Args[0])
			program.Env = append(os.Environ(), killedExercise+"="+name)
			said, err := program.StdoutPipe()
			require.NoError(t, err)
			require.NoError(t, program.Start())
			lines := bufio.NewScanner(said)
			for n := 0; lines.Scan(); n++ {
				key, ok := strings.CutPrefix(lines.Text(), "acknowledged ")
				require.True(t, ok, lines.Text())
				acknowledged[key] = true
				if n == 30*(kill+1) {
					require.NoError(t, program.Process.Kill())
				}
			}
			_ = program.Wait() // it was killed
		}
		entries, err := openedLog(t, name).Entries(t.Context(), "first", 0)
		require.NoError(t, err, "nothing has to be mended")
		assert.Greater(t, len(acknowledged), 400)
		there := map[string]bool{}
		for i, e := range entries {
			require.Equal(t, int64(i+1), e.Number, "without a gap")
			there[e.Key] = true
		}
		assert.Len(t, there, len(entries), "each once")
		for key := range acknowledged {
			if !there[key] {
				t.Errorf("%s was acknowledged and is not there", key)
			}
		}
	})
}
