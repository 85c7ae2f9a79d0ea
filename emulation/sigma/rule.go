package sigma

import (
	"slices"
	"strings"
	"time"

	"github.com/ringer-lab/ringer/emulation/sigma/internal/rulevalue"
	"github.com/ringer-lab/ringer/emulation/sigma/internal/yamldoc"
	"github.com/ringer-lab/ringer/emulation/sigma/logevent"
)

// Kind is the kind of a document in a rule file.
type Kind int

// The three kinds of the specification.
const (
	Detection Kind = iota
	Correlation
	Filter
)

// String is the word the specification uses.
func (k Kind) String() string {
	switch k {
	case Correlation:
		return "correlation"
	case Filter:
		return "filter"
	default:
		return "detection"
	}
}

// Related is one entry of a rule's "related" list.
type Related struct{ ID, Type string }

// Rule is one parsed document. It is read-only after parsing and may be shared
// between sets. [Rules specification: File Structure]
type Rule struct {
	ID, Name, Title     string
	Description, Status string
	Level, Author       string
	Date, Modified      string
	License, Taxonomy   string
	Tags                []string
	FalsePositives      []string
	References          []string
	ListedFields        []string // the rule's own "fields" list, for the analyst
	Scope               []string
	Related             []Related
	LogSource           logevent.LogSource
	Kind                Kind
	Custom              map[string]any // top-level keys the specification does not know
	File                string
	Line                int

	detection   *detection
	correlation *correlation
	// countedByRefused says that a correlation that could not be read counts it.
	countedByRefused bool
	filter           *filter
	keyLines         map[string]int  // top-level key to its line, for lint
	tagsAt           []*yamldoc.Node // beside Tags
	text             logSourceText
}

// logSourceText keeps what a log source said beyond the compared parts.
type logSourceText struct{ definition string }

// Ref is a name for the rule: its id, else its name, else its title.
func (r *Rule) Ref() string {
	switch {
	case r.ID != "":
		return r.ID
	case r.Name != "":
		return r.Name
	default:
		return r.Title
	}
}

// Replaced is a rule that a later one with the same id took the place of.
type Replaced struct{ Rule, By *Rule }

// Latest keeps, of several rules with one id, the last, in the place of the first, and
// returns what it left out. Ids are compared in any case; a rule without an id counts
// by its name, and one that has neither is always kept.
func Latest(rules []*Rule) (kept []*Rule, replaced []Replaced) {
	place := map[string]int{}
	for _, rule := range rules {
		key := strings.ToLower(rule.ID)
		if key == "" && rule.Name != "" {
			key = "name " + rule.Name
		}
		if at, known := place[key]; known && key != "" {
			replaced = append(replaced, Replaced{kept[at], rule})
			kept[at] = rule
			continue
		}
		place[key] = len(kept)
		kept = append(kept, rule)
	}
	return kept, replaced
}

// Fields lists the field names the detection reads, sorted, each once. Keywords
// read no field by name and are not listed.
func (r *Rule) Fields() []string {
	var det *detection
	switch {
	case r.detection != nil:
		det = r.detection
	case r.filter != nil:
		det = &r.filter.detection
	default:
		return nil
	}
	var out []string
	for _, sel := range det.selections {
		for _, it := range sel.items() {
			if it.field != "" {
				out = append(out, it.field)
			}
			for _, v := range it.values {
				if v.Kind == rulevalue.FieldRef && v.Field != "" {
					out = append(out, v.Field)
				}
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// Condition is the text of the condition; several are joined by " or ".
func (r *Rule) Condition() string {
	switch {
	case r.detection != nil:
		return r.detection.conditionText()
	case r.filter != nil:
		return r.filter.detection.conditionText()
	case r.correlation != nil:
		return r.correlation.conditionText()
	}
	return ""
}

// RelatedRules lists the ids or names of the rules that a correlation counts, as it
// has them; nil for other kinds. [Correlation: Related rules]
func (r *Rule) RelatedRules() []string {
	if r.correlation == nil {
		return nil
	}
	return slices.Clone(r.correlation.rules)
}

// Timespan is the length of a correlation's window; 0 for other kinds.
func (r *Rule) Timespan() time.Duration {
	if r.correlation == nil {
		return 0
	}
	return r.correlation.timespan
}

// DetectionLine returns the line of what the rule looks for: of its detection, of a
// correlation or of a filter; the rule's first where that is not known.
func (r *Rule) DetectionLine() int {
	for _, key := range []string{"detection", "correlation", "filter"} {
		if line, ok := r.keyLines[key]; ok {
			return line
		}
	}
	return r.Line
}
