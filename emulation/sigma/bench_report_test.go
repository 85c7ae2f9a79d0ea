package sigma

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"runtime"
	"testing"
	"text/tabwriter"
	"time"

	"github.com/stretchr/testify/require"
)

// TestBenchReport is what `make bench-sigma` shows: every figure beside the one
// it has to be compared with, measured in one run on one core. Each is of the
// quickest of several passes, so that what else the machine does counts little.
func TestBenchReport(t *testing.T) {
	if os.Getenv("RINGER_BENCH_SIGMA") == "" {
		t.Skip("measures for a minute; make bench-sigma runs it")
	}
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	paths, origin := benchRules(t)
	rules, _ := LoadPaths(paths...)
	out := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintf(out, "%s, one core, the quickest of several passes\n", origin)
	for _, w := range workloads(t, rules) {
		require.NotEmpty(t, w.rules, w.name)
		w.report(out)
	}
	load := func() any {
		rules, _ := LoadPaths(paths...)
		set, _ := Compile(rules)
		return set
	}
	file := settledCache(t, paths)
	text := quickest(5*time.Second, func() { load() })
	again := quickest(3*time.Second, func() {
		rules, _ := LoadCached(file, paths...)
		_, _ = Compile(rules)
	})
	fmt.Fprintf(out, "\nloading and compiling all %d rules\n", len(rules))
	fmt.Fprintf(out, "  from text\t%d ms\t\n", text.Milliseconds())
	fmt.Fprintf(out, "  from the cache\t%d ms\t%.0f times as fast\n", again.Milliseconds(), text.Seconds()/again.Seconds())
	fmt.Fprintf(out, "  memory\t%.1f MB\trules and set, no log source asked for yet\n", megabytes(load))
	require.NoError(t, out.Flush())
}

// quickest runs f for a while, twice at least, and tells its shortest time.
func quickest(long time.Duration, f func()) time.Duration {
	best := time.Duration(1 << 62)
	for runs, start := 0, time.Now(); runs < 2 || time.Since(start) < long; runs++ {
		began := time.Now()
		f()
		best = min(best, time.Since(began))
	}
	return best
}

// megabytes is what the result of f keeps in memory.
func megabytes(f func() any) float64 {
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	kept := f()
	runtime.GC()
	runtime.ReadMemStats(&after)
	runtime.KeepAlive(kept)
	return (float64(after.HeapAlloc) - float64(before.HeapAlloc)) / 1e6
}

func (w workload) report(out io.Writer) {
	match := w.match(w.rules)
	all, tenth := quickest(4*time.Second, match), quickest(4*time.Second, w.match(w.tenth()))
	plain := quickest(2*time.Second, w.plain())
	texts, size := w.texts()
	sum, bare := quickest(time.Second/2, func() { byteSum(texts) }), quickest(time.Second/2, func() { bareScan(texts) })
	memory := megabytes(func() any {
		set, _ := Compile(w.rules)
		set.Match(w.events[0], nil)
		return set
	})
	n := float64(len(w.events))
	row := func(name string, pass time.Duration, note string, args ...any) {
		fmt.Fprintf(out, "  %s\t%.0f events/s\t%.0f ns an event\t%s\n", name, n/pass.Seconds(), float64(pass.Nanoseconds())/n, fmt.Sprintf(note, args...))
	}
	speed := func(name string, pass time.Duration, note string, args ...any) {
		fmt.Fprintf(out, "  %s\t%.0f MB/s\t\t%s\n", name, float64(size)/1e6/pass.Seconds(), fmt.Sprintf(note, args...))
	}
	fmt.Fprintf(out, "\n%s: %d rules over %d events (%s) of %.0f bytes\n", w.name, len(w.rules), len(w.events), w.origin, float64(size)/n)
	row("all rules", all, "%.2f allocations an event", testing.AllocsPerRun(20, match)/n)
	row("a tenth of them", tenth, "ten times the rules take %.2f times as long", all.Seconds()/tenth.Seconds())
	row("plain evaluator", plain, "the matcher is %.0f times as fast", plain.Seconds()/all.Seconds())
	speed("matcher", all, "")
	speed("sum of the bytes", sum, "the matcher reaches %.1f%%", 100*sum.Seconds()/all.Seconds())
	speed("bytes.IndexByte", bare, "the matcher reaches %.1f%%", 100*bare.Seconds()/all.Seconds())
	fmt.Fprintf(out, "  memory\t%.1f MB\t\tthe compiled set and its matcher, without the rules\n", memory)
}

// match is a pass over all events.
func (w workload) match(rules []*Rule) func() {
	set, _ := Compile(rules)
	out := make([]*Rule, 0, len(rules))
	return func() {
		for _, ev := range w.events {
			out = set.Match(ev, out[:0])
		}
	}
}

// plain is a pass rule after rule, predicate after predicate, with the
// evaluation that explanations use.
func (w workload) plain() func() {
	set, _ := Compile(w.rules)
	return func() {
		fitting := 0
		for _, ev := range w.events {
			for _, p := range set.detections {
				if p.rule.LogSource.AppliesTo(ev.LogSources) && p.expr().holds(ev) {
					fitting++
				}
			}
		}
		runtime.KeepAlive(fitting)
	}
}

// bareScan looks at every byte once and does nothing with it.
func bareScan(texts [][]byte) {
	sum := 0
	for _, t := range texts {
		sum += bytes.IndexByte(t, 0xff)
	}
	runtime.KeepAlive(sum)
}

// byteSum is a bare scan without vector instructions, as Go code is compiled.
func byteSum(texts [][]byte) {
	sum := 0
	for _, t := range texts {
		for _, c := range t {
			sum += int(c)
		}
	}
	runtime.KeepAlive(sum)
}
