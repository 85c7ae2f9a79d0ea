package sigma

import (
	"slices"
	"time"
)

// correlationPlan is a correlation with its references resolved.
type correlationPlan struct {
	*correlation
	rule    *Rule
	index   int
	watched []*Rule
	silent  bool
	feeds   []*feed
}

// feed carries the matches of one rule to one correlation that watches it.
type feed struct {
	to     *correlationPlan
	which  int      // position in the correlation's list of rules
	groups []string // the fields to group by, under this rule's names
	fields []string // the fields to count or sum
}

// correlations resolves what correlations watch: ids or names of detections or
// of other correlations, without circles. [Correlation: Related rules]
func (c *compiler) correlations(rules []*Rule) {
	plans := map[*Rule]*correlationPlan{}
	for _, r := range rules {
		if r.Kind == Correlation && r.correlation != nil {
			plans[r] = c.resolve(r)
		}
	}
	state := map[*Rule]int{}
	for _, r := range rules {
		if plans[r] != nil {
			c.order(r, plans, state)
		}
	}
	for _, p := range c.set.correlations {
		for i, w := range p.watched {
			f := &feed{to: p, which: i}
			for _, g := range p.groupBy {
				f.groups = append(f.groups, p.fieldOf(g, w, p.correlation.rules[i]))
			}
			for _, name := range p.fields {
				f.fields = append(f.fields, p.fieldOf(name, w, p.correlation.rules[i]))
			}
			if base := c.set.byRule[w]; base != nil {
				base.feeds = append(base.feeds, f)
			} else if inner := plans[w]; inner != nil {
				inner.feeds = append(inner.feeds, f)
			}
		}
	}
	c.silence(plans)
}

// resolve is nil if a reference leads nowhere.
func (c *compiler) resolve(r *Rule) *correlationPlan {
	p := &correlationPlan{correlation: r.correlation, rule: r}
	ok := true
	for i, ref := range r.correlation.rules {
		target, found := c.set.Rule(ref)
		switch {
		case !found:
			c.report(Error, r, r.correlation.rulesAt[i], "Correlation: Related rules", "Unknown rule", "%q is no id or name of a rule", ref)
			ok = false
		case target.Kind == Filter:
			c.report(Error, r, r.correlation.rulesAt[i], "Correlation: Related rules", "Filter as a related rule", "%q is a filter", ref)
			ok = false
		default:
			p.watched = append(p.watched, target)
		}
	}
	for alias, fields := range r.correlation.aliases {
		for ref := range fields {
			if !slices.Contains(r.correlation.rules, ref) && !c.watches(p, ref) {
				c.report(Warning, r, r.correlation.at, "Correlation: Field Name Aliases", "Alias for another rule", "%q of alias %q is not among the related rules", ref, alias)
			}
		}
	}
	if !ok {
		c.reject(r)
		return nil
	}
	return p
}

func (c *compiler) watches(p *correlationPlan, ref string) bool {
	return slices.ContainsFunc(p.watched, func(r *Rule) bool { return refersTo(ref, r) })
}

// fieldOf resolves an alias for a rule. [Correlation: Field Name Aliases]
func (p *correlationPlan) fieldOf(name string, r *Rule, ref string) string {
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

// order appends a correlation after those it watches. One that leads back to
// itself, or to one left out, is left out.
func (c *compiler) order(r *Rule, plans map[*Rule]*correlationPlan, state map[*Rule]int) bool {
	switch state[r] {
	case visiting:
		return false
	case ordered, dropped:
		return state[r] == ordered
	}
	p := plans[r]
	if p == nil {
		state[r] = dropped
		return false
	}
	state[r] = visiting
	for i, w := range p.watched {
		if w.Kind == Correlation && !c.order(w, plans, state) {
			c.report(Error, r, r.correlation.rulesAt[i], "Correlation: Related rules", "Related rule cannot be used",
				"%q is left out itself or leads back to this rule", r.correlation.rules[i])
			state[r] = dropped
			delete(plans, r)
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

// silence keeps watched rules from speaking, unless one that watches them
// generates. [Correlation: Generate]
func (c *compiler) silence(plans map[*Rule]*correlationPlan) {
	speaks := map[*Rule]bool{}
	watched := map[*Rule]bool{}
	for _, p := range c.set.correlations {
		for _, w := range p.watched {
			watched[w] = true
			speaks[w] = speaks[w] || p.generate
		}
	}
	for w := range watched {
		if base := c.set.byRule[w]; base != nil {
			base.silent = !speaks[w]
		} else if inner := plans[w]; inner != nil {
			inner.silent = !speaks[w]
		}
	}
}

// finding is one time a correlation held.
type finding struct {
	time   time.Time
	index  int
	event  *Event
	events []int
	group  map[string]string
}
