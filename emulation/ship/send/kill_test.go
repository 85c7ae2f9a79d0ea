package send_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/export"
	"github.com/ringer-lab/ringer/emulation/ship"
	"github.com/ringer-lab/ringer/emulation/ship/send"
	"github.com/ringer-lab/ringer/emulation/ship/shiptest"
	"github.com/ringer-lab/ringer/emulation/ship/target"
)

// childTask is what a process that is killed is to ship.
type childTask struct {
	Folder string
	To     target.Target
	Events int
}

const childVariable = "RINGER_SHIP_CHILD"

func TestMain(m *testing.M) {
	if text := os.Getenv(childVariable); text != "" {
		if err := shipAsChild(text); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// shipAsChild is what a process does that is killed. It fails as shipping does.
func shipAsChild(text string) error {
	var task childTask
	if err := json.Unmarshal([]byte(text), &task); err != nil {
		return err
	}
	ctx := context.Background()
	shipper, err := begin(ctx, task.Folder, task.To, send.With{Timeout: 2 * time.Second, AckTimeout: 20 * time.Second})
	if err != nil {
		return err
	}
	encoder, err := ship.NewEncoder(task.To.WithDefaults().Events, export.Run{ID: runID, Lab: "fake", Version: "1.2.3", Replay: true})
	if err != nil {
		return err
	}
	for i := int(shipper.Made()); i < task.Events; i++ {
		some, err := encoder.Encode(record(i))
		if err == nil {
			err = shipper.Ship(ctx, some...)
		}
		if err != nil {
			return err
		}
	}
	counts, err := shipper.Finish(ctx, ship.Patience{Idle: time.Minute})
	if err != nil {
		return err
	}
	return json.NewEncoder(os.Stdout).Encode(counts)
}

// shipKilled has processes ship events, and kills each but the last once so many have
// arrived. It returns the counts of the last.
func shipKilled(t *testing.T, to target.Target, arrived func() int) ship.Counts {
	t.Helper()
	n := many()
	text, err := json.Marshal(childTask{Folder: filepath.Join(t.TempDir(), "spool"), To: to, Events: n})
	require.NoError(t, err)
	for _, share := range []int{5, 30, 31, 60, 90, 1000} {
		command := exec.CommandContext(t.Context(), os.Args[0])
		command.Env = append(os.Environ(), childVariable+"="+string(text))
		var out bytes.Buffer
		command.Stdout, command.Stderr = &out, &out
		require.NoError(t, command.Start())
		over := make(chan error, 1)
		go func() { over <- command.Wait() }()
		killed := false
		for !killed {
			select {
			case err := <-over:
				require.NoError(t, err, out.String())
				if share < 100 {
					t.Logf("it had sent all before it was to be killed, at %d %%", share)
				}
				var counts ship.Counts
				line, _, _ := bytes.Cut(out.Bytes(), []byte{'\n'})
				require.NoError(t, json.Unmarshal(line, &counts), out.String())
				return counts
			case <-time.After(2 * time.Millisecond):
				if arrived()*100 >= share*n {
					require.NoError(t, command.Process.Kill())
					<-over
					killed = true
				}
			}
		}
	}
	return ship.Counts{}
}

// A process that is killed in the middle, five times, and started again sends the rest: all
// arrive, and nothing twice where the protocol can say so.
func TestKilledProcessesSendAllInTheEnd(t *testing.T) {
	t.Parallel()
	n := many()
	all := ship.Counts{Made: uint64(n), Delivered: uint64(n), Refused: map[string]uint64{}}
	t.Run("bulk", func(t *testing.T) {
		t.Parallel()
		faults := hard
		faults.LoseAnswers = true
		receiver, err := shiptest.NewBulk(faults, nil)
		require.NoError(t, err)
		defer receiver.Close()
		counts := shipKilled(t, target.Target{To: receiver.URL(), Format: target.Bulk, Batch: bigBatch()}, func() int { return receiver.Arrived().Different })
		assert.Equal(t, shiptest.Arrived{Different: n, Replays: n}, receiver.Arrived())
		all := all
		all.Already = counts.Already
		assert.Equal(t, all, counts)
	})
	t.Run("file", func(t *testing.T) {
		t.Parallel()
		name := filepath.Join(t.TempDir(), "events.jsonl")
		counts := shipKilled(t, target.Target{To: name, Batch: bigBatch()}, func() int {
			about, err := os.Stat(name)
			if err != nil {
				return 0
			}
			return int(about.Size() / int64(len(entries(t, "jsonl", true, 1)[0].Body)))
		})
		assert.Equal(t, all, counts)
		file, err := os.Open(name)
		require.NoError(t, err)
		defer file.Close()
		lines, want := bufio.NewScanner(file), entries(t, "jsonl", true, n)
		for i := range n {
			require.True(t, lines.Scan(), "line %d", i)
			require.Equal(t, string(want[i].Body), lines.Text(), "line %d", i)
		}
		assert.False(t, lines.Scan())
	})
	t.Run("hec", func(t *testing.T) {
		t.Parallel()
		receiver, err := shiptest.NewHEC(environment("TOKEN"), true, hard)
		require.NoError(t, err)
		defer receiver.Close()
		counts := shipKilled(t, target.Target{To: receiver.URL(), Format: target.HEC, Token: token, Batch: bigBatch()}, func() int { return receiver.Arrived().Different })
		assert.Equal(t, all, counts)
		arrived := receiver.Arrived()
		assert.Equal(t, n, arrived.Different)
		assert.LessOrEqual(t, arrived.Twice, 5*bigBatch(), "only a batch whose answer had not come when the process was killed is sent again")
		t.Logf("%d arrived twice", arrived.Twice)
	})
}
