package compare

import (
	"slices"
	"strings"
	"time"

	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/plan"
	"github.com/ringer-lab/ringer/emulation/profile"
	"github.com/ringer-lab/ringer/emulation/runner"
	"github.com/ringer-lab/ringer/emulation/telemetry"
)

// recordsOf returns the events of all steps, in order, with when the steps erased
// each from the host's logs.
func recordsOf(run *runner.RunRecord) []profile.Record {
	var all []profile.Record
	logs := map[string]*logs{}
	for _, asset := range run.Plan.Assets {
		logs[asset.Name] = newLogs(asset)
	}
	for i, step := range run.Plan.Steps {
		done := run.Steps[i]
		on := logs[step.Asset]
		for _, e := range done.Events {
			all = append(all, profile.Record{Event: e, Kind: on.kind})
		}
		on.followStep(done, run.Start.Add(step.At), len(all)-len(done.Events))
	}
	for _, on := range logs {
		for i, at := range on.erased {
			all[i].Erased = at
		}
		for i := range on.logged {
			all[i].Logged = true
		}
	}
	return all
}

// logs tracks which records are in which log file of one host. Files have the
// platform's names, in lower case on Windows.
type logs struct {
	kind     string
	own      []asset.LogSource
	platform effect.Platform
	tree     effect.Tree
	// files are the indexes of the records in each file.
	files  map[string][]int
	logged map[int]bool
	erased map[int]time.Time
}

func newLogs(asset plan.Asset) *logs {
	kind := asset.Place.Kind
	return &logs{
		kind: kind.Name, own: kind.Logs, platform: kind.Platform, tree: asset.Place.Tree(nil),
		files: map[string][]int{}, logged: map[int]bool{}, erased: map[int]time.Time{},
	}
}

// followStep follows what was observed of one step, which began at that time; its
// events are the records from first on. A record is written with the last observation
// that it is made of, so that what clearing a log writes into it comes after the
// clearing.
func (l *logs) followStep(done runner.StepRecord, began time.Time, first int) {
	written := map[uint64][]int{}
	for i, e := range done.Events {
		seq := uint64(0)
		if len(e.Lineage.Seen) > 0 {
			seq = slices.Max(e.Lineage.Seen)
		}
		written[seq] = append(written[seq], first+i)
	}
	l.place(written[0], done, first)
	for _, o := range done.Outcome.Observations {
		l.observe(o, began.Add(o.At-done.Outcome.Observations[0].At))
		l.place(written[o.Seq], done, first)
	}
}

func (l *logs) place(records []int, done runner.StepRecord, first int) {
	for _, i := range records {
		if file := telemetry.LogFile(done.Events[i-first], l.own...); file != "" {
			l.logged[i] = true
			l.files[l.key(file)] = append(l.files[l.key(file)], i)
		}
	}
}

// observe removes from the files what an act removes. A log that is renamed keeps its
// records; one that is replaced has those of the file that replaces it.
func (l *logs) observe(o event.Observation, at time.Time) {
	path, _ := l.tree.PlatformPath(o.Path)
	from := l.key(path)
	switch o.Kind {
	case event.Truncate, event.Unlink:
		l.erase(from, at)
	case event.Rename:
		path, _ := l.tree.PlatformPath(o.To)
		to := l.key(path)
		l.erase(to, at)
		if moved := l.files[from]; len(moved) > 0 {
			l.files[to] = moved
			delete(l.files, from)
		}
	}
}

func (l *logs) erase(file string, at time.Time) {
	for _, i := range l.files[file] {
		l.erased[i] = at
	}
	delete(l.files, file)
}

func (l *logs) key(path string) string {
	if l.platform == effect.Windows {
		return strings.ToLower(path)
	}
	return path
}
