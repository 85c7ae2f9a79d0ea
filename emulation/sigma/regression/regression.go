package regression

import (
	"fmt"
	"io/fs"
	"path"

	"github.com/ringer-lab/ringer/emulation/sigma"
	"github.com/ringer-lab/ringer/emulation/sigma/logevent/reader"
)

// DataSet is one folder of SigmaHQ's regression data: an info.yml that says
// which rules must fire, and the recordings beside it.
type DataSet struct {
	Dir   string // within the file system it was found in
	Rules []string
	Tests []Test
}

// Test is one recording of a data set.
type Test struct {
	Name string
	Type string // as info.yml has it: evtx, json, raw
	File string // the recording in a form that can be read, else ""
	Path string // as info.yml has it
	// Count is match_count, 1 where it is not given. It counts as a least number:
	// three of SigmaHQ's recordings hold more events that truly fit (all three
	// procdump downloads, say, where one is told). Zero means that the rules
	// must not fire.
	Count int
	// CountGiven says that match_count was given.
	CountGiven bool
}

// Deviation is a rule that fired another number of times than its data set
// says.
type Deviation struct {
	Dir    string `json:"data_set"`
	Test   string `json:"test"`
	Rule   string `json:"rule,omitempty"`
	Want   int    `json:"want"`
	Got    int    `json:"got"`
	Reason string `json:"reason,omitempty"` // if it could not even be tried
}

// Failed says that the data set is not met: the rule fired too seldom, or where
// it must not. More than asked for is met, and worth a look.
func (d Deviation) Failed() bool { return d.Reason != "" || d.Got < d.Want || d.Want == 0 }

// String is one line.
func (d Deviation) String() string {
	why := d.Reason
	if why == "" {
		why = fmt.Sprintf("match count of rule %s is %d, expected %d", d.Rule, d.Got, d.Want)
	}
	return fmt.Sprintf("%s: %s: %s", d.Dir, d.Test, why)
}

// Run runs a data set against the rules and returns where they deviate from
// it; it is met if no deviation has Failed. Lines of a raw recording are events
// without fields, which keyword rules search.
func Run(rules *sigma.Set, fsys fs.FS, data DataSet) []Deviation {
	if len(data.Tests) == 0 {
		return []Deviation{{Dir: data.Dir, Test: "-", Reason: "info.yml does not list a recording"}}
	}
	if len(data.Rules) == 0 {
		return []Deviation{{Dir: data.Dir, Test: "-", Reason: "info.yml does not list a rule"}}
	}
	var out []Deviation
	for _, t := range data.Tests {
		out = append(out, runTest(rules, fsys, data, t)...)
	}
	return out
}

func runTest(rules *sigma.Set, fsys fs.FS, data DataSet, t Test) []Deviation {
	if t.File == "" {
		return []Deviation{{Dir: data.Dir, Test: t.Name, Reason: fmt.Sprintf("unsupported recording format: %s", path.Base(t.Path))}}
	}
	counts, err := countMatches(rules, fsys, t.File)
	if err != nil {
		return []Deviation{{Dir: data.Dir, Test: t.Name, Reason: err.Error()}}
	}
	var out []Deviation
	for _, id := range data.Rules {
		d := Deviation{Dir: data.Dir, Test: t.Name, Rule: id, Want: t.Count}
		r, ok := rules.Rule(id)
		if !ok {
			d.Reason = fmt.Sprintf("rule %s is not loaded", id)
		}
		d.Got = counts[r]
		if d.Reason != "" || d.Got < d.Want || t.CountGiven && d.Got > d.Want {
			out = append(out, d)
		}
	}
	return out
}

// countMatches counts how often each rule fires on a recording. It fails where the
// recording cannot be read.
func countMatches(rules *sigma.Set, fsys fs.FS, name string) (map[*sigma.Rule]int, error) {
	events, err := reader.ReadFile(fsys, name)
	if err != nil {
		return nil, err
	}
	counts := map[*sigma.Rule]int{}
	session := rules.NewSession()
	for _, ev := range events {
		for _, r := range rules.Match(ev, nil) {
			counts[r]++
		}
		for _, a := range session.Feed(ev) {
			if a.Rule.Kind == sigma.Correlation {
				counts[a.Rule]++
			}
		}
	}
	for _, a := range session.Close() {
		counts[a.Rule]++
	}
	return counts, nil
}
