package sigma

import (
	"os"
	"path/filepath"
	"testing"
	"time"
)

func BenchmarkMatch(b *testing.B) {
	paths, _ := benchRules(b)
	rules, _ := LoadPaths(paths...)
	for _, w := range workloads(b, rules) {
		b.Run(w.name, w.benchmark(w.rules))
		b.Run(w.name+", a tenth of the rules", w.benchmark(w.tenth()))
	}
}

func (w workload) benchmark(rules []*Rule) func(b *testing.B) {
	return func(b *testing.B) {
		pass := w.match(rules)
		pass()
		b.ReportAllocs()
		for b.Loop() {
			pass()
		}
		b.ReportMetric(float64(b.N*len(w.events))/b.Elapsed().Seconds(), "events/s")
	}
}

func BenchmarkLoad(b *testing.B) {
	paths, _ := benchRules(b)
	b.ReportAllocs()
	for b.Loop() {
		rules, _ := LoadPaths(paths...)
		_, _ = Compile(rules)
	}
}

func BenchmarkLoadCached(b *testing.B) {
	paths, _ := benchRules(b)
	file := settledCache(b, paths)
	b.ReportAllocs()
	for b.Loop() {
		rules, _ := LoadCached(file, paths...)
		_, _ = Compile(rules)
	}
}

// settledCache is as if made a while after the rules were written.
func settledCache(tb testing.TB, paths []string) string {
	file := filepath.Join(tb.TempDir(), "rules.cache")
	LoadCached(file, paths...)
	later := time.Now().Add(time.Hour)
	if err := os.Chtimes(file, later, later); err != nil {
		tb.Fatal(err)
	}
	return file
}
