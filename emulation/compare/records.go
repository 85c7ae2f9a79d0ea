package compare

import (
	"slices"
	"strings"
	"time"

	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/plan"
	"github.com/ringer-lab/ringer/emulation/profile"
	"github.com/ringer-lab/ringer/emulation/runner"
	"github.com/ringer-lab/ringer/emulation/telemetry"
)

// recordsOf gives the events of all steps, in order, with what the steps did to
// the logs that each stands in.
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

// logs follows which records stand in which file of one host. Files are named
// as the platform names them, in lower case where that does not matter.
type logs struct {
	kind     string
	platform effect.Platform
	tree     effect.Tree
	// files holds the numbers of the records that stand in each.
	files  map[string][]int
	logged map[int]bool
	erased map[int]time.Time
}

func newLogs(asset plan.Asset) *logs {
	kind := asset.Place.Kind
	return &logs{
		kind: kind.Name, platform: kind.Platform, tree: effect.Tree{Root: effect.Root, Platform: kind.Platform},
		files: map[string][]int{}, logged: map[int]bool{}, erased: map[int]time.Time{},
	}
}

// followStep goes through what was observed of one step, which began at that time;
// its events are the records from first on. A record is written once the last
// observation that it is made of has been made: what clearing a log leaves in
// it is there afterwards.
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
		if file := telemetry.LogFile(done.Events[i-first]); file != "" {
			l.logged[i] = true
			l.files[l.key(file)] = append(l.files[l.key(file)], i)
		}
	}
}

// observe takes out of the files what an act takes out. A log that is renamed
// keeps its records; one that is replaced has those of what replaces it.
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
