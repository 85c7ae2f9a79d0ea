package sigma

import (
	"errors"
	"fmt"
	"github.com/ringer-lab/ringer/emulation/sigma/logevent"
	"io"
	"io/fs"
	"path"
	"strings"
)

// DataSet is one folder of SigmaHQ's regression data: an info.yml that says
// which rules must fire, and the recordings beside it.
type DataSet struct {
	Dir   string // within the file system it was found in
	Rules []string
	Tests []DataTest
}

// DataTest is one recording of a data set.
type DataTest struct {
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

// Regress runs a data set against the rules and returns where they deviate from
// it; it is met if none of that is Short. Lines of a raw recording are events
// without fields, which keyword rules search.
func (s *Set) Regress(fsys fs.FS, set DataSet) []Deviation {
	if len(set.Tests) == 0 {
		return []Deviation{{Dir: set.Dir, Test: "-", Reason: "info.yml does not list a recording"}}
	}
	if len(set.Rules) == 0 {
		return []Deviation{{Dir: set.Dir, Test: "-", Reason: "info.yml does not list a rule"}}
	}
	var out []Deviation
	for _, t := range set.Tests {
		out = append(out, s.regress(fsys, set, t)...)
	}
	return out
}

func (s *Set) regress(fsys fs.FS, set DataSet, t DataTest) []Deviation {
	if t.File == "" {
		return []Deviation{{Dir: set.Dir, Test: t.Name, Reason: fmt.Sprintf("unsupported recording format: %s", path.Base(t.Path))}}
	}
	counts, err := s.count(fsys, t.File)
	if err != nil {
		return []Deviation{{Dir: set.Dir, Test: t.Name, Reason: err.Error()}}
	}
	var out []Deviation
	for _, id := range set.Rules {
		d := Deviation{Dir: set.Dir, Test: t.Name, Rule: id, Want: t.Count}
		r, ok := s.Rule(id)
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

func (s *Set) count(fsys fs.FS, name string) (map[*Rule]int, error) {
	events, err := ReadRecording(fsys, name)
	if err != nil {
		return nil, err
	}
	counts := map[*Rule]int{}
	x := s.NewSession()
	for _, ev := range events {
		for _, r := range s.Match(ev, nil) {
			counts[r]++
		}
		for _, a := range x.Feed(ev) {
			if a.Rule.Kind == Correlation {
				counts[a.Rule]++
			}
		}
	}
	for _, a := range x.Close() {
		counts[a.Rule]++
	}
	return counts, nil
}

// ReadRecording reads one recording of a data set as events.
func ReadRecording(fsys fs.FS, name string) ([]*logevent.Event, error) {
	src, err := fs.ReadFile(fsys, name)
	if err != nil {
		return nil, fmt.Errorf("read recording: %w", err)
	}
	if ext := path.Ext(name); ext == ".raw" || ext == ".log" {
		var events []*logevent.Event
		for line := range strings.Lines(string(src)) {
			if line = strings.TrimSpace(line); line != "" {
				events = append(events, &logevent.Event{Raw: line})
			}
		}
		return events, nil
	}
	d := logevent.NewDecoder(strings.NewReader(string(src)))
	var events []*logevent.Event
	for {
		ev, err := d.Next()
		if errors.Is(err, io.EOF) {
			return events, nil
		}
		if err != nil {
			return nil, fmt.Errorf("read recording %s: %w", path.Base(name), err)
		}
		events = append(events, ev)
	}
}
