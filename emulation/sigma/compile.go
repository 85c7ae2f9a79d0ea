package sigma

import (
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/ringer-lab/ringer/emulation/sigma/internal/yamldoc"
)

// Compile returns the set of the rules, ready to match, and the problems that it
// found. It resolves references between rules and adds filters to the rules that
// they name. A rule that cannot be used is reported and left out of the set.
func Compile(rules []*Rule, opts ...Option) (*Set, []Problem) {
	s := &Set{byRule: map[*Rule]*compiledRule{}, byRef: map[string]*Rule{}}
	s.settings = settings{taxonomies: map[string]func(string) string{}, lateness: 24 * time.Hour, groupLimit: 100_000, eventLimit: 100_000}
	for _, o := range opts {
		o(&s.settings)
	}
	c := &compiler{set: s}
	c.index(rules)
	for _, r := range rules {
		if r.Kind == Detection {
			c.addDetection(r)
		}
	}
	c.applyFilters(rules)
	c.addCorrelations(rules)
	s.engine = newEngine(s.detections)
	s.reads = sync.OnceValue(func() readFields { return readFieldsOf(s.detections) })
	return s, c.problems
}

type compiler struct {
	set      *Set
	problems []Problem
	rejected map[*Rule]bool
}

func (c *compiler) reportf(s Severity, r *Rule, n *yamldoc.Node, section, summary, format string, args ...any) {
	p := Problem{Severity: s, File: r.File, Line: r.Line, Rule: r.Ref(), Summary: summary, Detail: detailOf(format, args...), Section: section}
	if n != nil {
		p.Line, p.Column = n.Line, n.Col
	}
	c.problems = append(c.problems, p)
}

// index makes ids and names known; the first of several stands.
func (c *compiler) index(rules []*Rule) {
	for _, r := range rules {
		for i, ref := range []string{strings.ToLower(r.ID), r.Name} {
			if ref == "" {
				continue
			}
			if first, taken := c.set.byRef[ref]; taken && first != r {
				c.reportf(Warning, r, &yamldoc.Node{Line: r.keyLines[[]string{"id", "name"}[i]], Col: 1}, "Rules: Identification", "Duplicate ID or name", "%q is already used in %s:%d", ref, first.File, first.Line)
				continue
			}
			c.set.byRef[ref] = r
		}
	}
	c.rejected = map[*Rule]bool{}
}

func (c *compiler) reject(r *Rule) {
	c.rejected[r] = true
}

func (c *compiler) addDetection(r *Rule) {
	if r.detection == nil {
		return
	}
	rename, ok := c.fieldRenamer(r)
	if !ok {
		return
	}
	b := newExprBuilder(c.set.placeholders)
	b.rename = rename
	p := &compiledRule{rule: r, index: len(c.set.detections)}
	own := sync.OnceValue(func() *expr { return b.detection(r.detection) })
	p.expr = sync.OnceValue(func() *expr {
		e := own()
		for _, f := range p.filters {
			e = &expr{op: exprAnd, children: []*expr{e, f}}
		}
		return e
	})
	p.readFields = sync.OnceValue(func() []string { return p.expr().readFields(nil) })
	if r.detection.hasPlaceholders() {
		own()
	}
	if b.missingPlaceholder != "" {
		c.reportf(Warning, r, r.detection.conditions[0], "Rules: Placeholders", "Placeholder without values", "%%%s%% has no values, so the rule cannot be used; configure values for it", b.missingPlaceholder)
		c.reject(r)
		return
	}
	if !slices.ContainsFunc(r.detection.trees, r.detection.resolves) {
		c.reject(r)
		return
	}
	c.set.rules = append(c.set.rules, r)
	c.set.detections = append(c.set.detections, p)
	c.set.byRule[r] = p
}

// fieldRenamer finds how a rule's field names are to be read.
func (c *compiler) fieldRenamer(r *Rule) (func(string) string, bool) {
	if r.Taxonomy == "" || r.Taxonomy == "sigma" {
		return nil, true
	}
	rename, ok := c.set.taxonomies[r.Taxonomy]
	if !ok {
		c.reportf(Error, r, &yamldoc.Node{Line: r.keyLines["taxonomy"]}, "Rules: Taxonomy", "Unknown taxonomy", "%q; configure a field mapping for it", r.Taxonomy)
		c.reject(r)
	}
	return rename, ok
}

// applyFilters and-links each filter's condition to the rules it is for. A filter's
// selections are its own: names do not clash. [Filters]
func (c *compiler) applyFilters(rules []*Rule) {
	for _, f := range rules {
		if f.Kind != Filter || f.filter == nil {
			continue
		}
		rename, ok := c.fieldRenamer(f)
		if !ok {
			continue
		}
		b := newExprBuilder(c.set.placeholders)
		b.rename = rename
		e := b.detection(&f.filter.detection)
		if b.missingPlaceholder != "" {
			c.reportf(Warning, f, nil, "Rules: Placeholders", "Placeholder without values", "%%%s%% has no values, so the filter is not used; configure values for it", b.missingPlaceholder)
			continue
		}
		if e == nil {
			continue
		}
		e = labelled(e, filterLabel, f.Title)
		for _, p := range c.set.detections {
			if f.filter.appliesToRule(p.rule) && f.LogSource.Contains(p.rule.LogSource) {
				p.filters = append(p.filters, e)
			}
		}
		for i, ref := range f.filter.rules {
			if r, ok := c.set.Rule(ref); !ok {
				c.reportf(Warning, f, f.filter.rulesAt[i], "Filters: Relevant rules", "Unknown rule", "%q is not loaded", ref)
			} else if r.Kind == Correlation {
				c.reportf(Warning, f, f.filter.rulesAt[i], "Filters", "Filter for a correlation", "%q is a correlation; a filter must name the rules that the correlation counts", ref)
			}
		}
	}
}
