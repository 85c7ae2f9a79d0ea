package reader_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"strconv"
	"syscall"
	"testing"
	"text/tabwriter"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/sigma/logevent/reader"
)

// measuredShapes are those of which most files are that people have.
var measuredShapes = []string{"evtx_dump", "Chainsaw", "EvtxECmd", "Winlogbeat 8", "NXLog", "Splunk", "XML"}

// TestBenchReport is what `make bench-reading` shows: how long an event takes to be read
// from each shape, beside encoding/json on the same lines, and what all of `ringer sigma
// match` takes over a file of many. The events are SigmaHQ's recorded ones where they are
// there, over and over.
func TestBenchReport(t *testing.T) {
	if os.Getenv("RINGER_BENCH_READING") == "" {
		t.Skip("measures for minutes; make bench-reading runs it")
	}
	number, err := strconv.Atoi(os.Getenv("RINGER_BENCH_READING"))
	require.NoError(t, err, "RINGER_BENCH_READING is how many events a file has")
	events, origin := generated(), "generated events"
	if folder := os.Getenv("RINGER_SIGMAHQ"); folder != "" {
		events, origin = recorded(t, os.DirFS(path.Join(folder, "regression_data"))), "SigmaHQ's recorded events"
	}
	out := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintf(out, "%d %s; µs an event; all of ringer over %d\n", len(events), origin, number)
	fmt.Fprint(out, "shape\tbytes\tread\tencoding/json\tall of ringer, CPU\tevents a second\tMB\n")
	for _, name := range measuredShapes {
		var all bytes.Buffer
		for i := range events {
			all.WriteString(shapesOfTools[name](&events[i]))
		}
		each := func(read func()) float64 {
			took := testing.Benchmark(func(b *testing.B) {
				for b.Loop() {
					read()
				}
			})
			return float64(took.NsPerOp()) / 1e3 / float64(len(events))
		}
		read := each(func() {
			got, skipped := reader.All(all.Bytes())
			require.Empty(t, skipped)
			require.Len(t, got, len(events))
		})
		plain := "-"
		if json.Valid(bytes.SplitN(all.Bytes(), []byte("\n"), 2)[0]) {
			plain = fmt.Sprintf("%.1f", each(func() {
				for in := json.NewDecoder(bytes.NewReader(all.Bytes())); in.More(); {
					var v any
					require.NoError(t, in.Decode(&v))
				}
			}))
		}
		fmt.Fprintf(out, "%s\t%d\t%.1f\t%s\t", name, all.Len()/len(events), read, plain)
		whole(t, out, all.Bytes(), len(events), number)
	}
	require.NoError(t, out.Flush())
}

// whole has the built ringer match its own rules over a file of number events.
func whole(t *testing.T, out *tabwriter.Writer, text []byte, of, number int) {
	t.Helper()
	binary := os.Getenv("RINGER_BINARY")
	if binary == "" {
		fmt.Fprint(out, "skipped: RINGER_BINARY names no ringer\t\t\n")
		return
	}
	name := filepath.Join(t.TempDir(), "events")
	file, err := os.Create(name)
	require.NoError(t, err)
	in := bufio.NewWriterSize(file, 1<<20)
	rounds := (number + of - 1) / of
	for range rounds {
		_, err = in.Write(text)
		require.NoError(t, err)
	}
	require.NoError(t, in.Flush())
	require.NoError(t, file.Close())
	defer os.Remove(name)
	cmd := exec.CommandContext(t.Context(), binary, "sigma", "match", "--rules", "../../../../scenarios/rules", name)
	var said bytes.Buffer
	cmd.Stderr = &said
	began := time.Now()
	require.NoError(t, cmd.Run(), said.String())
	took, usage := time.Since(began), cmd.ProcessState.SysUsage().(*syscall.Rusage)
	require.Contains(t, said.String(), fmt.Sprintf("%d events, ", rounds*of))
	cpu := cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
	fmt.Fprintf(out, "%.1f µs\t%.0f\t%d\n", float64(cpu.Nanoseconds())/1e3/float64(rounds*of), float64(rounds*of)/took.Seconds(), usage.Maxrss>>10)
}
