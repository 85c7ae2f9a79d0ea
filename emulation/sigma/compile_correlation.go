package sigma

import (
	"slices"
	"time"

	"github.com/ringer-lab/ringer/emulation/sigma/logevent"
)

// compiledCorrelation is a correlation with its references resolved.
type compiledCorrelation struct {
	*correlation
	rule              *Rule
	index             int
	related           []*Rule
	suppressed        bool
	correlationInputs []*correlationInput
}

// correlationInput carries the matches of one rule to one correlation that counts it.
type correlationInput struct {
	correlation *compiledCorrelation
	ruleIndex   int      // position in the correlation's list of rules
	groups      []string // the fields to group by, under this rule's names
	fields      []string // the fields to count or sum
}

// addCorrelations resolves the related rules of correlations: ids or names of detections or
// of other correlations, without circles. [Correlation: Related rules]
func (c *compiler) addCorrelations(rules []*Rule) {
	compiled := map[*Rule]*compiledCorrelation{}
	for _, r := range rules {
		if r.Kind == Correlation && r.correlation != nil {
			compiled[r] = c.resolveCorrelation(r)
		}
	}
	state := map[*Rule]int{}
	for _, r := range rules {
		if compiled[r] != nil {
			c.orderCorrelation(r, compiled, state)
		}
	}
	for _, p := range c.set.correlations {
		for i, w := range p.related {
			f := &correlationInput{correlation: p, ruleIndex: i}
			for _, g := range p.groupBy {
				f.groups = append(f.groups, p.fieldOf(g, w, p.correlation.rules[i]))
			}
			for _, name := range p.fields {
				f.fields = append(f.fields, p.fieldOf(name, w, p.correlation.rules[i]))
			}
			if base := c.set.byRule[w]; base != nil {
				base.correlationInputs = append(base.correlationInputs, f)
			} else if inner := compiled[w]; inner != nil {
				inner.correlationInputs = append(inner.correlationInputs, f)
			}
		}
	}
	c.suppress(rules, compiled)
}

// resolveCorrelation is nil if a reference leads nowhere.
func (c *compiler) resolveCorrelation(r *Rule) *compiledCorrelation {
	p := &compiledCorrelation{correlation: r.correlation, rule: r}
	ok := true
	for i, ref := range r.correlation.rules {
		target, found := c.set.Rule(ref)
		switch {
		case !found:
			c.reportf(Error, r, r.correlation.rulesAt[i], "Correlation: Related rules", "Unknown rule", "%q is not the id or name of a loaded rule", ref)
			ok = false
		case target.Kind == Filter:
			c.reportf(Error, r, r.correlation.rulesAt[i], "Correlation: Related rules", "Filter as a related rule", "%q is a filter; a related rule must be a detection or a correlation", ref)
			ok = false
		default:
			p.related = append(p.related, target)
		}
	}
	for alias, fields := range r.correlation.aliases {
		for ref := range fields {
			if !slices.Contains(r.correlation.rules, ref) && !c.isRelated(p, ref) {
				c.reportf(Warning, r, r.correlation.at, "Correlation: Field Name Aliases", "Alias for another rule", "%q of alias %q must be one of the related rules", ref, alias)
			}
		}
	}
	if !ok {
		c.reject(r)
		return nil
	}
	return p
}

func (c *compiler) isRelated(p *compiledCorrelation, ref string) bool {
	return slices.ContainsFunc(p.related, func(r *Rule) bool { return refersTo(ref, r) })
}

// fieldOf resolves an alias for a rule. [Correlation: Field Name Aliases]
func (p *compiledCorrelation) fieldOf(name string, r *Rule, ref string) string {
	fields, ok := p.aliases[name]
	if !ok {
		return name
	}
	if f, ok := fields[ref]; ok {
		return f
	}
	for ref, f := range fields {
		if refersTo(ref, r) {
			return f
		}
	}
	return name
}

const (
	visiting = iota + 1
	ordered
	dropped
)

// orderCorrelation appends a correlation after those it counts. One that leads back to
// itself, or to one left out, is left out.
func (c *compiler) orderCorrelation(r *Rule, compiled map[*Rule]*compiledCorrelation, state map[*Rule]int) bool {
	switch state[r] {
	case visiting:
		return false
	case ordered, dropped:
		return state[r] == ordered
	}
	p := compiled[r]
	if p == nil {
		state[r] = dropped
		return false
	}
	state[r] = visiting
	for i, w := range p.related {
		if w.Kind == Correlation && !c.orderCorrelation(w, compiled, state) {
			c.reportf(Error, r, r.correlation.rulesAt[i], "Correlation: Related rules", "Related rule cannot be used",
				"%q cannot be used itself, or it refers back to this rule", r.correlation.rules[i])
			state[r] = dropped
			delete(compiled, r)
			c.reject(r)
			return false
		}
	}
	state[r] = ordered
	p.index = len(c.set.correlations)
	c.set.correlations = append(c.set.correlations, p)
	c.set.rules = append(c.set.rules, r)
	return true
}

// suppress keeps related rules from raising alerts, unless a correlation that counts
// them generates. What was written to be counted is no alert either where the
// correlation was refused. [Correlation: Generate]
func (c *compiler) suppress(rules []*Rule, compiled map[*Rule]*compiledCorrelation) {
	alertsKept := map[*Rule]bool{}
	related := map[*Rule]bool{}
	for _, r := range rules {
		if r.countedByRefused {
			related[r] = true
		}
		if r.Kind != Correlation || r.correlation == nil {
			continue
		}
		for _, ref := range r.correlation.rules {
			if w, ok := c.set.Rule(ref); ok {
				related[w] = true
				alertsKept[w] = alertsKept[w] || r.correlation.generate
			}
		}
	}
	for w := range related {
		if base := c.set.byRule[w]; base != nil {
			base.suppressed = !alertsKept[w]
		} else if inner := compiled[w]; inner != nil {
			inner.suppressed = !alertsKept[w]
		}
	}
}

// correlationMatch is one time a correlation held.
type correlationMatch struct {
	time   time.Time
	index  int
	event  *logevent.Event
	events []int
	group  map[string]string
}
