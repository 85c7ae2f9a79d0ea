package sigma

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/ringer-lab/ringer/emulation/sigma/internal/condition"
	"github.com/ringer-lab/ringer/emulation/sigma/internal/rulevalue"
	"github.com/ringer-lab/ringer/emulation/sigma/internal/scalar"
	"github.com/ringer-lab/ringer/emulation/sigma/internal/yamldoc"
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
	op     rulevalue.CompareOp
	number float64
}

// correlation is the "correlation" part of a rule. [Correlation]
type correlation struct {
	at         *yamldoc.Node
	kind       correlationType
	rules      []string
	rulesAt    []*yamldoc.Node
	groupBy    []string
	timespan   time.Duration
	within     string // the same as written
	generate   bool
	aliases    map[string]map[string]string // alias, rule, field
	bounds     []bound
	fields     []string
	percentile float64
	extended   *condition.Tree // over rule names
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

func (p *parser) readCorrelation(n *yamldoc.Node) *correlation {
	if n.Kind != yamldoc.Map {
		p.errorf(n, "Correlation", "Mapping expected", "\"correlation\" must be a mapping with type, rules, timespan and condition")
		return nil
	}
	c := &correlation{at: n, percentile: 50}
	for _, k := range n.Keys {
		switch k.Text {
		case "type", "rules", "group-by", "timespan", "generate", "aliases", "condition":
		default:
			p.errorf(k, "Correlation", "Unknown key", "%q; expected type, rules, group-by, timespan, generate, aliases or condition", k.Text)
		}
	}
	p.readCorrelationType(c, n)
	if rules := n.Get("rules"); !rules.IsNull() {
		c.rules, c.rulesAt = p.readNames(rules, "rules", "Correlation: Related rules")
	}
	if g := n.Get("group-by"); !g.IsNull() {
		c.groupBy, _ = p.readNames(g, "group-by", "Correlation: Grouping")
	}
	if g := n.Get("generate"); !g.IsNull() {
		if g.Kind != yamldoc.Scalar || g.Type() != yamldoc.Bool {
			p.errorf(g, "Correlation: Generate", "Boolean expected", "\"generate\" must be true or false")
		}
		c.generate = strings.EqualFold(g.Text, "true")
	}
	p.readTimespan(c, n)
	p.readAliases(c, n.Get("aliases"))
	p.readCorrelationCondition(c, n)
	if len(c.rules) == 0 {
		p.errorf(n, "Correlation: Related rules", "Rules missing", "\"rules\" must list ids or names")
	}
	return c
}

func (p *parser) readCorrelationType(c *correlation, n *yamldoc.Node) {
	t := n.Get("type")
	switch {
	case t.IsNull():
		p.errorf(n, "Correlation: Correlation type", "Type missing", "add \"type\", one of %s", typeList())
	case t.Kind != yamldoc.Scalar || !slices.Contains(correlationTypes, correlationType(t.Text)):
		p.errorf(t, "Correlation: Correlation type", "Unknown type", "%q; expected one of %s", t.Text, typeList())
	default:
		c.kind = correlationType(t.Text)
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
func (p *parser) readNames(n *yamldoc.Node, key, section string) ([]string, []*yamldoc.Node) {
	nodes := n.Items
	if n.Kind == yamldoc.Scalar {
		nodes = []*yamldoc.Node{n}
	}
	if n.Kind == yamldoc.Map {
		p.errorf(n, section, "List expected", "%q must be a string or a list of strings", key)
		return nil, nil
	}
	var out []string
	for _, e := range nodes {
		if e.Kind != yamldoc.Scalar || e.IsNull() {
			p.errorf(e, section, "String expected", "%q must be a string or a list of strings", key)
			return nil, nil
		}
		out = append(out, e.Text)
	}
	return out, nodes
}

func (p *parser) readTimespan(c *correlation, n *yamldoc.Node) {
	const section = "Correlation: Time Selection"
	t := n.Get("timespan")
	if t.IsNull() {
		p.errorf(n, section, "Timespan missing", "add \"timespan\", for example \"15m\"")
		return
	}
	d, ok := parseTimespan(t.Text)
	if t.Kind != yamldoc.Scalar || !ok {
		p.errorf(t, section, "Invalid timespan", "%q; expected a number followed by s, m, h, d, w, M (month) or y", t.Text)
	}
	c.timespan, c.within = d, t.Text
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

func (p *parser) readAliases(c *correlation, n *yamldoc.Node) {
	const section = "Correlation: Field Name Aliases"
	if n.IsNull() {
		return
	}
	if n.Kind != yamldoc.Map {
		p.errorf(n, section, "Mapping expected", "\"aliases\" must map each alias to rules and their fields")
		return
	}
	c.aliases = map[string]map[string]string{}
	for i, k := range n.Keys {
		m := n.Items[i]
		if m.Kind != yamldoc.Map || len(m.Keys) == 0 {
			p.errorf(m, section, "Mapping expected", "alias %q must map rules to fields", k.Text)
			continue
		}
		fields := map[string]string{}
		for j, rule := range m.Keys {
			if !m.Items[j].IsString() {
				p.errorf(m.Items[j], section, "String expected", "the field of %q must be a string", rule.Text)
				continue
			}
			fields[rule.Text] = m.Items[j].Text
		}
		c.aliases[k.Text] = fields
	}
}
