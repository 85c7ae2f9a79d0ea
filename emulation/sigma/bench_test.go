package sigma

import (
	"bytes"
	"fmt"
	"math/rand"
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"text/tabwriter"
	"time"
	"unsafe"
)

// workload is a body of rules with the events they are measured over.
type workload struct {
	name   string
	rules  []*Rule
	events []*Event
	origin string
}

var (
	windowsProcesses = LogSource{Category: "process_creation", Product: "windows"}
	linuxProcesses   = LogSource{Category: "process_creation", Product: "linux"}
)

// benchRules are SigmaHQ's, or the project's own where those are not at hand.
func benchRules() (paths []string, origin string) {
	if _, err := os.Stat(sigmaHQ); err != nil {
		return []string{filepath.Join("..", "..", "scenarios", "rules")}, "the project's own rules, as SigmaHQ's are not at " + sigmaHQ
	}
	for _, dir := range []string{"rules", "rules-emerging-threats", "rules-threat-hunting"} {
		paths = append(paths, filepath.Join(sigmaHQ, dir))
	}
	return paths, "SigmaHQ's rules"
}

func workloads(tb testing.TB, rules []*Rule) []workload {
	m := maker{rand.New(rand.NewSource(1))}
	win := workload{name: "windows process_creation"}
	lin := workload{name: "linux process_creation"}
	for _, r := range rules {
		switch {
		case r.Kind == Detection && r.LogSource.Contains(windowsProcesses) && r.LogSource.Category != "":
			win.rules = append(win.rules, r)
		case r.Kind == Detection && r.LogSource.Contains(linuxProcesses) && r.LogSource.Category != "":
			lin.rules = append(lin.rules, r)
		}
	}
	if _, err := os.Stat(sigmaHQ); err == nil {
		for _, ev := range recordedEvents(tb) {
			if windowsProcesses.appliesTo(ev.LogSources) {
				win.events = append(win.events, ev)
			}
		}
	}
	recorded := len(win.events)
	for i := range 4 * max(recorded, 40) {
		win.events = append(win.events, m.windows(windowsHabits[i%len(windowsHabits)]))
		lin.events = append(lin.events, m.linux(linuxHabits[i%len(linuxHabits)]))
	}
	benign := len(lin.events)
	for i := range benign / 4 {
		lin.events = append(lin.events, m.linux(linuxSuspicions[i%len(linuxSuspicions)]))
	}
	win.origin = fmt.Sprintf("%d recorded, %d benign", recorded, benign)
	lin.origin = fmt.Sprintf("%d suspicious (none recorded), %d benign", len(lin.events)-benign, benign)
	for _, w := range []workload{win, lin} {
		m.Shuffle(len(w.events), func(i, j int) { w.events[i], w.events[j] = w.events[j], w.events[i] })
	}
	return []workload{win, lin}
}

// texts are the values of a workload's events, which is what there is to scan.
func (w workload) texts() (texts [][]byte, size int) {
	for _, ev := range w.events {
		var r reading
		r.allOf(ev)
		for _, s := range r.texts {
			texts = append(texts, unsafe.Slice(unsafe.StringData(s), len(s)))
			size += len(s)
		}
	}
	return texts, size
}

func (w workload) tenth() []*Rule {
	var out []*Rule
	for i := 0; i < len(w.rules); i += 10 {
		out = append(out, w.rules[i])
	}
	return out
}

func (w workload) match(rules []*Rule) func(b *testing.B) {
	set, _ := Compile(rules)
	return func(b *testing.B) {
		var out []*Rule
		for _, ev := range w.events {
			out = set.Match(ev, out[:0])
		}
		b.ReportAllocs()
		i := 0
		for b.Loop() {
			out = set.Match(w.events[i], out[:0])
			if i++; i == len(w.events) {
				i = 0
			}
		}
		b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "events/s")
	}
}

// plain evaluates rule after rule, predicate after predicate, with the
// evaluation that explanations use.
func (w workload) plain(b *testing.B) {
	set, _ := Compile(w.rules)
	i, fitting := 0, 0
	for b.Loop() {
		for _, p := range set.plans {
			if p.rule.LogSource.appliesTo(w.events[i].LogSources) && p.expr().holds(w.events[i]) {
				fitting++
			}
		}
		if i++; i == len(w.events) {
			i = 0
		}
	}
	if b.N > len(w.events) && fitting == 0 {
		b.Fatal("nothing fits")
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "events/s")
}

// bareScan looks at every byte of the events once, and does nothing with them.
func (w workload) bareScan(b *testing.B) {
	texts, size := w.texts()
	var sum int
	b.SetBytes(int64(size))
	for b.Loop() {
		for _, t := range texts {
			sum += bytes.IndexByte(t, 0xff)
		}
	}
	runtime.KeepAlive(sum)
}

// byteSum is a bare scan without vector instructions, as Go code is compiled.
func (w workload) byteSum(b *testing.B) {
	texts, size := w.texts()
	var sum int
	b.SetBytes(int64(size))
	for b.Loop() {
		for _, t := range texts {
			for _, c := range t {
				sum += int(c)
			}
		}
	}
	runtime.KeepAlive(sum)
}

func BenchmarkMatch(b *testing.B) {
	paths, _ := benchRules()
	rules, _ := LoadPaths(paths...)
	for _, w := range workloads(b, rules) {
		b.Run(w.name, w.match(w.rules))
		b.Run(w.name+", a tenth of the rules", w.match(w.tenth()))
	}
}

func BenchmarkLoad(b *testing.B) {
	paths, _ := benchRules()
	b.ReportAllocs()
	for b.Loop() {
		rules, _ := LoadPaths(paths...)
		set, _ := Compile(rules)
		if len(set.Rules()) == 0 {
			b.Fatal("rules are missing")
		}
	}
}

func BenchmarkLoadCached(b *testing.B) {
	paths, _ := benchRules()
	file := filepath.Join(b.TempDir(), "rules.cache")
	LoadCached(file, paths...)
	later := time.Now().Add(time.Hour) // as if made a while after the rules
	if err := os.Chtimes(file, later, later); err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		rules, _ := LoadCached(file, paths...)
		set, _ := Compile(rules)
		if len(set.Rules()) == 0 {
			b.Fatal("rules are missing")
		}
	}
}

// heapOf is what the result of f keeps in memory.
func heapOf(f func() any) uint64 {
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	kept := f()
	runtime.GC()
	runtime.ReadMemStats(&after)
	runtime.KeepAlive(kept)
	return max(after.HeapAlloc, before.HeapAlloc) - before.HeapAlloc
}

// TestBenchReport is what `make bench-sigma` shows: every figure beside the one
// it has to be compared with, measured in one run.
func TestBenchReport(t *testing.T) {
	if os.Getenv("RINGER_BENCH_SIGMA") == "" {
		t.Skip("measures for a minute; make bench-sigma runs it")
	}
	runtime.GOMAXPROCS(1)
	paths, origin := benchRules()
	start := time.Now()
	rules, _ := LoadPaths(paths...)
	set, _ := Compile(rules)
	t.Logf("%s: %d rules, first load %d ms, one core", origin, len(set.Rules()), time.Since(start).Milliseconds())
	for _, w := range workloads(t, rules) {
		w.report(t)
	}
	load, again := testing.Benchmark(BenchmarkLoad), testing.Benchmark(BenchmarkLoadCached)
	memory := heapOf(func() any { rules, _ := LoadPaths(paths...); set, _ := Compile(rules); return set })
	fmt.Printf("\nload and compile all %d rules\n", len(rules))
	out := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintf(out, "  from text\t%d ms\t\n", load.NsPerOp()/1e6)
	fmt.Fprintf(out, "  from the cache\t%d ms\t%.0f times as fast\n", again.NsPerOp()/1e6, float64(load.NsPerOp())/float64(again.NsPerOp()))
	fmt.Fprintf(out, "  memory\t%.1f MB\trules and set, before any log source was asked for\n", float64(memory)/1e6)
	_ = out.Flush() // to memory and standard output
}

func (w workload) report(t *testing.T) {
	t.Helper()
	if len(w.rules) == 0 {
		t.Logf("%s: no rules", w.name)
		return
	}
	_, size := w.texts()
	perEvent := float64(size) / float64(len(w.events))
	all := testing.Benchmark(w.match(w.rules))
	tenth := testing.Benchmark(w.match(w.tenth()))
	plain := testing.Benchmark(w.plain)
	bare, sum := testing.Benchmark(w.bareScan), testing.Benchmark(w.byteSum)
	memory := heapOf(func() any {
		set, _ := Compile(w.rules)
		set.Match(w.events[0], nil)
		return set
	})
	rate := func(r testing.BenchmarkResult) float64 { return float64(r.N) / r.T.Seconds() }
	mb := func(r testing.BenchmarkResult) float64 { return float64(r.Bytes) * float64(r.N) / r.T.Seconds() / 1e6 }
	fmt.Printf("\n%s: %d rules over %d events (%s), %.0f bytes an event\n", w.name, len(w.rules), len(w.events), w.origin, perEvent)
	out := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintf(out, "  all rules\t%.0f events/s\t%d ns an event\t%d allocations\n", rate(all), all.NsPerOp(), all.AllocsPerOp())
	fmt.Fprintf(out, "  a tenth of them\t%.0f events/s\t%d ns an event\tten times the rules cost %.2f times as much\n",
		rate(tenth), tenth.NsPerOp(), float64(all.NsPerOp())/float64(tenth.NsPerOp()))
	fmt.Fprintf(out, "  plain evaluator\t%.0f events/s\t%d ns an event\tthe matcher is %.0f times as fast\n", rate(plain), plain.NsPerOp(), rate(all)/rate(plain))
	fmt.Fprintf(out, "  matcher\t%.0f MB/s\t\t\n", rate(all)*perEvent/1e6)
	fmt.Fprintf(out, "  sum of the bytes\t%.0f MB/s\t\tthe matcher reaches %.2f of it\n", mb(sum), rate(all)*perEvent/1e6/mb(sum))
	fmt.Fprintf(out, "  bytes.IndexByte\t%.0f MB/s\t\tthe matcher reaches %.3f of it\n", mb(bare), rate(all)*perEvent/1e6/mb(bare))
	fmt.Fprintf(out, "  memory\t%.1f MB\tthe compiled set with its matcher\t\n", float64(memory)/1e6)
	_ = out.Flush() // to memory and standard output
}
