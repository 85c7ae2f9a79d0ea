package coverage

import (
	"cmp"
	"slices"

	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/rulestate"
)

// LogSource is what rules read of a log source, and what there is of it.
type LogSource struct {
	Source event.LogSource `json:"log_source"`
	// Events counts those that the steps left; Rules the rules that read them, and
	// Firing those of them that fired on a proven step.
	Events int `json:"events"`
	Rules  int `json:"rules"`
	Firing int `json:"firing"`
	// Hosts are the kinds of host that can have an event of it.
	Hosts []string `json:"hosts"`
}

// logSources lists the log sources of the steps' events, and those that rules read and of
// which there is no event; those with the most events first, then those with most rules.
func logSources(of *rulestate.Recording, rules []rulestate.Rule) []LogSource {
	bySource := map[event.LogSource]*LogSource{}
	source := func(s event.LogSource) *LogSource {
		if bySource[s] == nil {
			bySource[s] = &LogSource{Source: s, Hosts: append([]string{}, of.LoggedBy(s)...)}
		}
		return bySource[s]
	}
	var read []event.LogSource // by the rules
	for _, rule := range rules {
		for _, s := range rule.Sources {
			if !slices.Contains(read, s) {
				read = append(read, s)
			}
		}
	}
	some := map[event.LogSource]bool{}              // of read, those that some event is of
	also := map[event.LogSource][]event.LogSource{} // all that an event of it belongs to
	for _, step := range of.Steps() {
		for _, e := range step.Events {
			if len(e.Sources) > 0 {
				source(e.Sources[0]).Events++
				also[e.Sources[0]] = e.Sources
			}
			for _, s := range read {
				some[s] = some[s] || slices.ContainsFunc(e.Sources, s.Contains)
			}
		}
	}
	for _, rule := range rules {
		for s, row := range bySource {
			if rule.Reads(event.Event{Sources: also[s]}) {
				row.Rules++
				if rule.Proves() {
					row.Firing++
				}
			}
		}
	}
	for _, rule := range rules {
		for _, s := range rule.Sources {
			if !some[s] {
				source(s).Rules++
			}
		}
	}
	out := []LogSource{}
	for _, row := range bySource {
		out = append(out, *row)
	}
	slices.SortFunc(out, func(a, b LogSource) int {
		return cmp.Or(cmp.Compare(b.Events, a.Events), cmp.Compare(b.Rules, a.Rules), cmp.Compare(a.Source.Sentence(), b.Source.Sentence()))
	})
	return out
}

// sourcesIn names the log sources of events, each once.
func sourcesIn(events []event.Event) []string {
	var names []string
	for _, e := range events {
		if len(e.Sources) == 0 {
			continue
		}
		if name := e.Sources[0].Sentence(); !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}
