package hunt

import (
	"time"

	"github.com/ringer-lab/ringer/emulation/hunt/query"
)

// The bounds of a question.
const (
	MaxPage    = 500 // events of one page
	MaxFacets  = 16  // fields counted in one search
	MaxValues  = 50  // values shown of one facet
	MaxBuckets = 500 // parts of a timeline
)

// Page says which of the found events are wanted: Limit of them, after Offset others.
type Page struct {
	Offset, Limit int
	// Oldest has the oldest come first, in place of the newest.
	Oldest bool
	// Facets are the fields whose most frequent values are counted; query.HostName and
	// query.SourceName are the host and the log source. Values is how many are shown of
	// each; 0 is 10.
	Facets []string
	Values int
	// Buckets has what was found be counted over time, too, as Timeline does; 0 has not.
	Buckets int
}

// Result is what was found.
type Result struct {
	Total  int     `json:"total"`
	Events []View  `json:"events"`
	Facets []Facet `json:"facets,omitempty"`
	// Timeline is what was found over time, if the page asked for it.
	Timeline []Bucket `json:"timeline,omitempty"`
	// Notes say what may not be as it was meant, such as a field that no event has.
	Notes []query.Problem `json:"notes,omitempty"`
}

// Facet is how often a field has which value, the most frequent first.
type Facet struct {
	Field  string       `json:"field"`
	Values []ValueCount `json:"values"`
	// Distinct is how many values there are. Where the field has more than are counted,
	// Partial is set, and the figures are those of the values counted.
	Distinct int  `json:"distinct"`
	Partial  bool `json:"partial,omitempty"`
}

// ValueCount is how many events have a value; Query finds them.
type ValueCount struct {
	Value string `json:"value"`
	Count int    `json:"count"`
	Query string `json:"query"`
}

// Bucket is a part of a timeline: how many events are in it, by host, those that have
// none left out. It begins at From and ends before To.
type Bucket struct {
	From  time.Time   `json:"from"`
	To    time.Time   `json:"to"`
	Total int         `json:"total"`
	Hosts []HostCount `json:"hosts"` // sorted by name
}

// HostCount is how many events a host has.
type HostCount struct {
	Host  string `json:"host"`
	Count int    `json:"count"`
}

// ProcessTree is a part of the processes of one host, the root first. It is cut where it
// would grow too large.
type ProcessTree struct {
	Host      string    `json:"host"`
	Processes []Process `json:"processes"`
	// Cut is set if there are more processes than are shown.
	Cut bool `json:"cut,omitempty"`
}

// Process is a process of a tree. Those of a tree follow their parent, in the order in
// which they were started.
type Process struct {
	// Depth is 0 for the root.
	Depth int `json:"depth"`
	// Started is the event of its creation; nil where no log has it.
	Started *View `json:"started,omitempty"`
	// Image and CommandLine are of that event.
	Image       string `json:"image"`
	CommandLine string `json:"command_line"`
	// Events is how many released events it has caused; Asked marks the process of the
	// event that the tree is about.
	Events int  `json:"events"`
	Asked  bool `json:"asked,omitempty"`
	// Query finds its events; empty where no field names it.
	Query string `json:"query,omitempty"`
}

// RuleTrial is what a rule says of the released events.
type RuleTrial struct {
	// Problems are what is wrong with its text, or may not be meant.
	Problems []RuleProblem `json:"problems,omitempty"`
	// Usable is set if there was a rule to be tried.
	Usable bool `json:"usable"`
	// Asked is how many released events are of its log source.
	Asked int `json:"asked"`
	// Released are the alerts on the released events, Ordinary those on the ordinary days
	// before the exercise, of which nothing else is shown: their views have no id.
	Released RuleAlerts `json:"released"`
	Ordinary RuleAlerts `json:"ordinary"`
	// Nearest explains the rule on one released event that it fires on, or else on the
	// nearest that it does not.
	Nearest *RuleNearest `json:"nearest,omitempty"`
}

// RuleAlerts are the first of the alerts of a rule; Total is how many there are. Cut says
// that it was not asked of all events, as there are too many alerts.
type RuleAlerts struct {
	Alerts []RuleAlert `json:"alerts"`
	Total  int         `json:"total"`
	Cut    bool        `json:"cut,omitempty"`
}

// RuleProblem is an error or a warning about a rule's text. Line and Column count from 1
// and are 0 where they are not known.
type RuleProblem struct {
	Error  bool   `json:"error"`
	Line   int    `json:"line,omitempty"`
	Column int    `json:"column,omitempty"`
	Text   string `json:"text"`
}

// RuleAlert is an alert of a rule that was tried.
type RuleAlert struct {
	Title  string `json:"title"`
	Level  string `json:"level,omitempty"`
	Events []View `json:"events"` // that it rests on, the newest last
	// More is how many further events it rests on.
	More int `json:"more,omitempty"`
}

// RuleNearest is a rule explained on an event.
type RuleNearest struct {
	Event View `json:"event"`
	// Met says that the rule fires on it; Changes are else the least that must change, a
	// sentence each, and Text is the whole explanation.
	Met     bool     `json:"met"`
	Changes []string `json:"changes,omitempty"`
	Text    string   `json:"text"`
}
