package sigma

// Parse reads one YAML file of rules, possibly several documents. It goes on
// past a bad document: rules are those without errors, problems are everything
// found. References between rules are Compile's matter.
func Parse(file string, src []byte) ([]*Rule, []Problem) {
	p := &parser{file: file}
	for _, doc := range documents(src) {
		if doc.err != nil {
			p.rule = ""
			p.addNodeError(doc.err)
			continue
		}
		p.readDocument(doc.root)
	}
	return p.rules, p.problems
}

// parser gathers the rules and problems of one file.
type parser struct {
	file               string
	rule               string // how to call the present rule
	rules              []*Rule
	problems           []Problem
	global             *node           // template of "action: global"
	previous           *node           // for "action: repeat"
	reportedSelections map[string]bool // selections of the present rule that were reported
}

func (p *parser) addNodeError(err *nodeError) {
	p.problems = append(p.problems, Problem{Severity: Error, File: p.file, Line: err.line, Column: err.col,
		Rule: p.rule, Summary: err.summary, Detail: clipped(err.detail), Section: err.section})
}

func (p *parser) reportf(s Severity, n *node, section, summary, format string, args ...any) {
	pr := Problem{Severity: s, File: p.file, Rule: p.rule, Summary: summary, Detail: detailOf(format, args...), Section: section}
	if n != nil {
		pr.Line, pr.Column = n.line, n.col
	}
	p.problems = append(p.problems, pr)
}

func (p *parser) errorf(n *node, section, summary, format string, args ...any) {
	p.reportf(Error, n, section, summary, format, args...)
}

func (p *parser) warnf(n *node, section, summary, format string, args ...any) {
	p.reportf(Warning, n, section, summary, format, args...)
}

// readDocument handles one document: a collection action, or a rule. The actions
// are gone from the specification's second version; pySigma keeps them, and
// with them its way of merging.
func (p *parser) readDocument(root *node) {
	p.rule = ""
	if root.kind != mapNode {
		p.errorf(root, "Rules: File Structure", "Not a Sigma rule", "expected a mapping with title, logsource and detection")
		return
	}
	if root.get("rule_metadata") != nil && root.get("title") == nil && root.get("detection") == nil {
		return // the info.yml of a data set, see DataSet
	}
	if root.get("correlation") != nil || root.get("filter") != nil {
		p.addRule(root) // collections are of detections only
		return
	}
	action := root.get("action")
	if action == nil {
		if p.global != nil {
			root = overlay(root, p.global)
		}
		p.previous = root
		p.addRule(root)
		return
	}
	rest := without(root, "action")
	switch action.text {
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
		p.errorf(action, "Rule collections", "Unknown action", "%q; expected global, reset or repeat", action.text)
	}
}

// overlay lays top over base: maps merge deeply, anything else of top wins.
func overlay(base, top *node) *node {
	out := &node{kind: mapNode, line: base.line, col: base.col}
	out.keys = append(out.keys, base.keys...)
	out.items = append(out.items, base.items...)
	for i, k := range top.keys {
		v := top.items[i]
		at := -1
		for j, have := range out.keys {
			if have.text == k.text {
				at = j
			}
		}
		switch {
		case at < 0:
			out.keys = append(out.keys, k)
			out.items = append(out.items, v)
		case v.kind == mapNode && out.items[at].kind == mapNode:
			out.items[at] = overlay(out.items[at], v)
		default:
			out.keys[at], out.items[at] = k, v
		}
	}
	return out
}

func without(n *node, key string) *node {
	out := &node{kind: mapNode, line: n.line, col: n.col}
	for i, k := range n.keys {
		if k.text != key {
			out.keys = append(out.keys, k)
			out.items = append(out.items, n.items[i])
		}
	}
	return out
}

// addRule reads one rule and keeps it if it has no errors.
func (p *parser) addRule(root *node) {
	p.reportedSelections = map[string]bool{}
	before := Errors(p.problems)
	r := &Rule{File: p.file, Line: root.line, keyLines: make(map[string]int, len(root.keys))}
	if len(root.keys) > 0 {
		r.Line = root.keys[0].line
	}
	for _, k := range root.keys {
		r.keyLines[k.text] = k.line
	}
	switch {
	case root.get("correlation") != nil:
		r.Kind = Correlation
	case root.get("filter") != nil:
		r.Kind = Filter
	}
	p.readMetadata(r, root)
	if r.Kind != Detection {
		for _, key := range []string{"detection", "filter", "action"} {
			if root.get(key) != nil && key != r.Kind.String() {
				p.warnf(root.keyNode(key), "Rules: File Structure", "Key ignored", "key %q is ignored in a %s", key, r.Kind)
			}
		}
	}
	switch r.Kind {
	case Correlation:
		r.correlation = p.readCorrelation(root.get("correlation"))
	case Filter:
		r.LogSource = p.readLogSource(r, root)
		r.filter = p.readFilter(root.get("filter"))
	default:
		r.LogSource = p.readLogSource(r, root)
		p.readRule(r, root)
	}
	if Errors(p.problems) == before {
		p.rules = append(p.rules, r)
	}
}

func (p *parser) readRule(r *Rule, root *node) {
	det := root.get("detection")
	switch {
	case det == nil:
		p.errorf(root, "Rules: Detection", "Detection missing", "add \"detection\" with the selections and the condition")
	case det.kind != mapNode:
		p.errorf(det, "Rules: Detection", "Mapping expected", "\"detection\" must be a mapping of names to selections")
	default:
		r.detection = p.readDetection(det, "timeframe")
		if tf := det.get("timeframe"); tf != nil {
			p.warnf(det.keyNode("timeframe"), "Correlation: Time Selection", "Timeframe ignored",
				"\"timeframe\" is ignored: Sigma 2 removed aggregations; use a correlation rule with a timespan")
		}
		p.resolveNames(r.detection)
	}
}
