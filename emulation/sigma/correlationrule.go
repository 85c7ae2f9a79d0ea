package sigma

import (
	"github.com/ringer-lab/ringer/emulation/sigma/internal/scalar"
	"slices"
	"strconv"
	"strings"
	"time"
)

type correlationType string

const (
	eventCount      correlationType = "event_count"
	valueCount      correlationType = "value_count"
	temporal        correlationType = "temporal"
	temporalOrdered correlationType = "temporal_ordered"
	valueSum        correlationType = "value_sum"
	valueAvg        correlationType = "value_avg"
	valuePercentile correlationType = "value_percentile"
	valueMedian     correlationType = "value_median"
)

var correlationTypes = []correlationType{eventCount, valueCount, temporal, temporalOrdered, valueSum, valueAvg, valuePercentile, valueMedian}

func (t correlationType) temporal() bool { return t == temporal || t == temporalOrdered }
func (t correlationType) readsField() bool {
	return !t.temporal() && t != eventCount
}

// maxOrderedRules bounds an extended condition over an order, whose check
// remembers the combinations seen.
const maxOrderedRules = 16

// bound is one comparison of a correlation's condition.
type bound struct {
	op     compareOp
	number float64
}

// correlation is the "correlation" part of a rule. [Correlation]
type correlation struct {
	at         *node
	kind       correlationType
	rules      []string
	rulesAt    []*node
	groupBy    []string
	timespan   time.Duration
	within     string // the same as written
	generate   bool
	aliases    map[string]map[string]string // alias, rule, field
	bounds     []bound
	fields     []string
	percentile float64
	extended   *cond // over rule names
	text       string
}

func (c *correlation) conditionText() string {
	if c.text != "" {
		return c.text
	}
	parts := make([]string, len(c.bounds))
	for i, b := range c.bounds {
		parts[i] = b.op.String() + " " + strconv.FormatFloat(b.number, 'g', -1, 64)
	}
	text := string(c.kind)
	if len(c.fields) > 0 {
		text += "(" + strings.Join(c.fields, ", ") + ")"
	}
	return text + " " + strings.Join(parts, " and ") + " within " + c.within
}

func (p *parser) readCorrelation(n *node) *correlation {
	if n.kind != mapNode {
		p.errorf(n, "Correlation", "Mapping expected", "\"correlation\" must be a mapping with type, rules, timespan and condition")
		return nil
	}
	c := &correlation{at: n, percentile: 50}
	for _, k := range n.keys {
		switch k.text {
		case "type", "rules", "group-by", "timespan", "generate", "aliases", "condition":
		default:
			p.errorf(k, "Correlation", "Unknown key", "%q; expected type, rules, group-by, timespan, generate, aliases or condition", k.text)
		}
	}
	p.readCorrelationType(c, n)
	if rules := n.get("rules"); !rules.isNull() {
		c.rules, c.rulesAt = p.readNames(rules, "rules", "Correlation: Related rules")
	}
	if g := n.get("group-by"); !g.isNull() {
		c.groupBy, _ = p.readNames(g, "group-by", "Correlation: Grouping")
	}
	if g := n.get("generate"); !g.isNull() {
		if g.kind != scalarNode || g.scalarType() != boolScalar {
			p.errorf(g, "Correlation: Generate", "Boolean expected", "\"generate\" must be true or false")
		}
		c.generate = strings.EqualFold(g.text, "true")
	}
	p.readTimespan(c, n)
	p.readAliases(c, n.get("aliases"))
	p.readCorrelationCondition(c, n)
	if len(c.rules) == 0 {
		p.errorf(n, "Correlation: Related rules", "Rules missing", "\"rules\" must list ids or names")
	}
	return c
}

func (p *parser) readCorrelationType(c *correlation, n *node) {
	t := n.get("type")
	switch {
	case t.isNull():
		p.errorf(n, "Correlation: Correlation type", "Type missing", "add \"type\", one of %s", typeList())
	case t.kind != scalarNode || !slices.Contains(correlationTypes, correlationType(t.text)):
		p.errorf(t, "Correlation: Correlation type", "Unknown type", "%q; expected one of %s", t.text, typeList())
	default:
		c.kind = correlationType(t.text)
	}
}

func typeList() string {
	names := make([]string, len(correlationTypes))
	for i, t := range correlationTypes {
		names[i] = string(t)
	}
	return strings.Join(names, ", ")
}

// readNames reads a text or a list of texts.
func (p *parser) readNames(n *node, key, section string) ([]string, []*node) {
	nodes := n.items
	if n.kind == scalarNode {
		nodes = []*node{n}
	}
	if n.kind == mapNode {
		p.errorf(n, section, "List expected", "%q must be a string or a list of strings", key)
		return nil, nil
	}
	var out []string
	for _, e := range nodes {
		if e.kind != scalarNode || e.isNull() {
			p.errorf(e, section, "String expected", "%q must be a string or a list of strings", key)
			return nil, nil
		}
		out = append(out, e.text)
	}
	return out, nodes
}

func (p *parser) readTimespan(c *correlation, n *node) {
	const section = "Correlation: Time Selection"
	t := n.get("timespan")
	if t.isNull() {
		p.errorf(n, section, "Timespan missing", "add \"timespan\", for example \"15m\"")
		return
	}
	d, ok := parseTimespan(t.text)
	if t.kind != scalarNode || !ok {
		p.errorf(t, section, "Invalid timespan", "%q; expected a number followed by s, m, h, d, w, M (month) or y", t.text)
	}
	c.timespan, c.within = d, t.text
}

func parseTimespan(s string) (time.Duration, bool) {
	units := map[string]time.Duration{"s": time.Second, "m": time.Minute, "h": time.Hour, "d": 24 * time.Hour,
		"w": 7 * 24 * time.Hour, "M": 2629746 * time.Second, "y": 31556952 * time.Second}
	count, unit := scalar.CutDigits(s)
	d, ok := units[unit]
	n, err := strconv.ParseInt(count, 10, 64)
	if !ok || err != nil || n <= 0 || n > int64(1<<63-1)/int64(d) {
		return 0, false
	}
	return time.Duration(n) * d, true
}

func (p *parser) readAliases(c *correlation, n *node) {
	const section = "Correlation: Field Name Aliases"
	if n.isNull() {
		return
	}
	if n.kind != mapNode {
		p.errorf(n, section, "Mapping expected", "\"aliases\" must map each alias to rules and their fields")
		return
	}
	c.aliases = map[string]map[string]string{}
	for i, k := range n.keys {
		m := n.items[i]
		if m.kind != mapNode || len(m.keys) == 0 {
			p.errorf(m, section, "Mapping expected", "alias %q must map rules to fields", k.text)
			continue
		}
		fields := map[string]string{}
		for j, rule := range m.keys {
			if !m.items[j].isString() {
				p.errorf(m.items[j], section, "String expected", "the field of %q must be a string", rule.text)
				continue
			}
			fields[rule.text] = m.items[j].text
		}
		c.aliases[k.text] = fields
	}
}
