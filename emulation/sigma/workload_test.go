package sigma

import (
	"fmt"
	"math/rand"
	"path/filepath"
	"testing"
	"unsafe"

	"github.com/ringer-lab/ringer/emulation/sigma/internal/fieldreader"
	"github.com/ringer-lab/ringer/emulation/sigma/logevent"
	"github.com/ringer-lab/ringer/emulation/sigma/sigmahqtest"
)

// workload is a body of rules with the events they are measured over.
type workload struct {
	name   string
	rules  []*Rule
	events []*logevent.Event
	origin string
}

var (
	windowsProcesses = logevent.LogSource{Category: "process_creation", Product: "windows"}
	linuxProcesses   = logevent.LogSource{Category: "process_creation", Product: "linux"}
)

// benchRules are SigmaHQ's, or the project's own where those are not at hand.
func benchRules(tb testing.TB) (paths []string, origin string) {
	tb.Helper()
	folder, ok := sigmahqtest.Find(tb)
	if !ok {
		return []string{filepath.Join("..", "..", "scenarios", "rules")}, "the project's own rules, as " + sigmahqtest.Variable + " is not set"
	}
	return sigmahqtest.RuleFolders(folder), "SigmaHQ's rules"
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
	if _, ok := sigmahqtest.Find(tb); ok {
		for _, ev := range recordedEvents(tb) {
			if windowsProcesses.AppliesTo(ev.LogSources) {
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
		var r fieldreader.Reader
		r.AddEvent(ev.Fields, ev.Raw)
		for _, s := range r.Texts {
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
