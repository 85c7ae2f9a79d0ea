package sigma

import (
	"slices"
	"strings"

	"github.com/ringer-lab/ringer/emulation/sigma/internal/yamldoc"
	"github.com/ringer-lab/ringer/emulation/sigma/logevent"
)

// Parse reads one YAML file of rules, possibly several documents. It goes on
// past a broken document: it returns the rules without errors, and all errors and
// warnings. References between rules are checked by [Compile].
func Parse(file string, src []byte) ([]*Rule, []Problem) {
	p := parseFile(file, src)
	markCounted(p.rules, p.refused)
	return p.rules, p.problems
}

func parseFile(file string, src []byte) *parser {
	p := &parser{file: file}
	for _, doc := range yamldoc.Documents(src) {
		if doc.Err != nil {
			p.rule = ""
			p.addNodeError(doc.Err)
			continue
		}
		p.readDocument(doc.Root)
	}
	return p
}

// markCounted marks the rules that refused correlations refer to.
func markCounted(rules []*Rule, refused []string) {
	if len(refused) == 0 {
		return
	}
	for _, r := range rules {
		r.countedByRefused = slices.ContainsFunc(refused, func(ref string) bool { return refersTo(ref, r) })
	}
}

// parser gathers the rules and problems of one file.
type parser struct {
	file               string
	rule               string // how to call the present rule
	rules              []*Rule
	problems           []Problem
	refused            []string        // what the correlations that could not be read count
	global             *yamldoc.Node   // template of "action: global"
	previous           *yamldoc.Node   // for "action: repeat"
	reportedSelections map[string]bool // selections of the present rule that were reported
}

func (p *parser) addNodeError(err *yamldoc.Error) {
	p.problems = append(p.problems, Problem{Severity: Error, File: p.file, Line: err.Line, Column: err.Col,
		Rule: p.rule, Summary: err.Summary, Detail: clipped(err.Detail), Section: err.Section})
}

func (p *parser) reportf(s Severity, n *yamldoc.Node, section, summary, format string, args ...any) {
	pr := Problem{Severity: s, File: p.file, Rule: p.rule, Summary: summary, Detail: detailOf(format, args...), Section: section}
	if n != nil {
		pr.Line, pr.Column = n.Line, n.Col
	}
	p.problems = append(p.problems, pr)
}

func (p *parser) errorf(n *yamldoc.Node, section, summary, format string, args ...any) {
	p.reportf(Error, n, section, summary, format, args...)
}

func (p *parser) warnf(n *yamldoc.Node, section, summary, format string, args ...any) {
	p.reportf(Warning, n, section, summary, format, args...)
}

// readDocument handles one document: a collection action, or a rule. The actions
// are gone from the specification's second version; pySigma keeps them, and
// with them its way of merging.
func (p *parser) readDocument(root *yamldoc.Node) {
	p.rule = ""
	if root.Kind != yamldoc.Map {
		p.errorf(root, "Rules: File Structure", "Not a Sigma rule", "expected a mapping with title, logsource and detection")
		return
	}
	if root.Get("rule_metadata") != nil && root.Get("title") == nil && root.Get("detection") == nil {
		return // the info.yml of a data set, see DataSet
	}
	if root.Get("correlation") != nil || root.Get("filter") != nil {
		p.addRule(root) // collections are of detections only
		return
	}
	action := root.Get("action")
	if action == nil {
		if p.global != nil {
			root = overlay(root, p.global)
		}
		p.previous = root
		p.addRule(root)
		return
	}
	rest := without(root, "action")
	switch action.Text {
	case "global":
		p.global, p.previous = rest, rest
	case "reset":
		p.global = nil
	case "repeat":
		if p.previous == nil {
			p.errorf(action, "Rule collections", "Nothing to repeat", "\"action: repeat\" must follow a rule")
			return
		}
		p.previous = overlay(p.previous, rest)
		p.addRule(p.previous)
	default:
		p.errorf(action, "Rule collections", "Unknown action", "%q; expected global, reset or repeat", action.Text)
	}
}

// overlay lays top over base: maps merge deeply, anything else of top wins.
func overlay(base, top *yamldoc.Node) *yamldoc.Node {
	out := &yamldoc.Node{Kind: yamldoc.Map, Line: base.Line, Col: base.Col}
	out.Keys = append(out.Keys, base.Keys...)
	out.Items = append(out.Items, base.Items...)
	for i, k := range top.Keys {
		v := top.Items[i]
		at := -1
		for j, have := range out.Keys {
			if have.Text == k.Text {
				at = j
			}
		}
		switch {
		case at < 0:
			out.Keys = append(out.Keys, k)
			out.Items = append(out.Items, v)
		case v.Kind == yamldoc.Map && out.Items[at].Kind == yamldoc.Map:
			out.Items[at] = overlay(out.Items[at], v)
		default:
			out.Keys[at], out.Items[at] = k, v
		}
	}
	return out
}

func without(n *yamldoc.Node, key string) *yamldoc.Node {
	out := &yamldoc.Node{Kind: yamldoc.Map, Line: n.Line, Col: n.Col}
	for i, k := range n.Keys {
		if k.Text != key {
			out.Keys = append(out.Keys, k)
			out.Items = append(out.Items, n.Items[i])
		}
	}
	return out
}

// addRule reads one rule and keeps it if it has no errors.
func (p *parser) addRule(root *yamldoc.Node) {
	p.reportedSelections = map[string]bool{}
	before := Errors(p.problems)
	r := &Rule{File: p.file, Line: root.Line, keyLines: make(map[string]int, len(root.Keys))}
	if len(root.Keys) > 0 {
		r.Line = root.Keys[0].Line
	}
	for _, k := range root.Keys {
		r.keyLines[k.Text] = k.Line
	}
	switch {
	case root.Get("correlation") != nil:
		r.Kind = Correlation
	case root.Get("filter") != nil:
		r.Kind = Filter
	}
	p.readMetadata(r, root)
	if r.Kind != Detection {
		for _, key := range []string{"detection", "filter", "action"} {
			if root.Get(key) != nil && key != r.Kind.String() {
				p.warnf(root.KeyNode(key), "Rules: File Structure", "Key ignored", "key %q is ignored in a %s", key, r.Kind)
			}
		}
	}
	switch r.Kind {
	case Correlation:
		r.correlation = p.readCorrelation(root.Get("correlation"))
	case Filter:
		r.LogSource = p.readLogSource(r, root)
		r.filter = p.readFilter(root.Get("filter"))
	default:
		r.LogSource = p.readLogSource(r, root)
		p.readRule(r, root)
	}
	switch {
	case Errors(p.problems) == before:
		p.rules = append(p.rules, r)
	case r.correlation != nil && !r.correlation.generate:
		p.refused = append(p.refused, r.correlation.rules...)
	}
}

func (p *parser) readRule(r *Rule, root *yamldoc.Node) {
	det := root.Get("detection")
	switch {
	case det == nil:
		p.errorf(root, "Rules: Detection", "Detection missing", "add \"detection\" with the selections and the condition")
	case det.Kind != yamldoc.Map:
		p.errorf(det, "Rules: Detection", "Mapping expected", "\"detection\" must be a mapping of names to selections")
	default:
		r.detection = p.readDetection(det, "timeframe")
		if tf := det.Get("timeframe"); tf != nil {
			p.warnf(det.KeyNode("timeframe"), "Correlation: Time Selection", "Timeframe ignored",
				"\"timeframe\" is ignored: Sigma 2 removed aggregations; use a correlation rule with a timespan")
		}
		p.resolveNames(r.detection)
	}
}

// readLogSource reads and checks the log source of a rule or filter.
func (p *parser) readLogSource(r *Rule, root *yamldoc.Node) logevent.LogSource {
	ls := root.Get("logsource")
	switch {
	case ls == nil:
		p.errorf(root, "Rules: LogSource", "Log source missing", "add \"logsource\" with a category, product or service")
		return logevent.LogSource{}
	case ls.Kind != yamldoc.Map:
		p.errorf(ls, "Rules: LogSource", "Mapping expected", "\"logsource\" must be a mapping with a category, product or service")
		return logevent.LogSource{}
	}
	part := func(key string) string {
		v := ls.Get(key)
		if v.IsNull() {
			return ""
		}
		if !v.IsString() {
			p.errorf(v, "Rules: LogSource", "String expected", "%q must be a string", key)
			return "?"
		}
		if strings.ToLower(v.Text) != v.Text {
			p.warnf(v, "Rules: LogSource", "Upper case in a log source", "%q is read as %q", v.Text, strings.ToLower(v.Text))
		}
		return strings.TrimSpace(v.Text)
	}
	out := logevent.NewLogSource(part("category"), part("product"), part("service"))
	if d := ls.Get("definition"); d != nil && d.Kind == yamldoc.Scalar {
		r.text.definition = d.Text
	}
	if out.IsZero() {
		p.errorf(ls, "Rules: LogSource", "Empty log source", "\"logsource\" must have a category, product or service")
	}
	return out
}
