package sigma

import "strings"

// LogSource names where events come from, in lower case; an empty part is not
// named. [Rules specification: LogSource]
type LogSource struct {
	Category string
	Product  string
	Service  string
}

// String is "product/category/service" with "*" for what is not named.
func (l LogSource) String() string {
	star := func(s string) string {
		if s == "" {
			return "*"
		}
		return s
	}
	return star(l.Product) + "/" + star(l.Category) + "/" + star(l.Service)
}

// IsZero says that nothing is named at all.
func (l LogSource) IsZero() bool { return l == LogSource{} }

// Contains says whether everything l names is named the same by other: l may
// name fewer parts, not more.
func (l LogSource) Contains(other LogSource) bool {
	return (l.Category == "" || l.Category == other.Category) &&
		(l.Product == "" || l.Product == other.Product) &&
		(l.Service == "" || l.Service == other.Service)
}

// appliesTo says whether a rule of log source l is for an event that belongs to
// sources; nil sources are not checked.
func (l LogSource) appliesTo(sources []LogSource) bool {
	if sources == nil {
		return true
	}
	for _, s := range sources {
		if l.Contains(s) {
			return true
		}
	}
	return false
}

func newLogSource(category, product, service string) LogSource {
	return LogSource{strings.ToLower(category), strings.ToLower(product), strings.ToLower(service)}
}

// readLogSource reads and checks the log source of a rule or filter.
func (p *parser) readLogSource(r *Rule, root *node) LogSource {
	ls := root.get("logsource")
	switch {
	case ls == nil:
		p.errorf(root, "Rules: LogSource", "Log source missing", "add \"logsource\" with a category, product or service")
		return LogSource{}
	case ls.kind != mapNode:
		p.errorf(ls, "Rules: LogSource", "Mapping expected", "\"logsource\" must be a mapping with a category, product or service")
		return LogSource{}
	}
	part := func(key string) string {
		v := ls.get(key)
		if v.isNull() {
			return ""
		}
		if !v.isString() {
			p.errorf(v, "Rules: LogSource", "String expected", "%q must be a string", key)
			return "?"
		}
		if strings.ToLower(v.text) != v.text {
			p.warnf(v, "Rules: LogSource", "Upper case in a log source", "%q is read as %q", v.text, strings.ToLower(v.text))
		}
		return strings.TrimSpace(v.text)
	}
	out := newLogSource(part("category"), part("product"), part("service"))
	if d := ls.get("definition"); d != nil && d.kind == scalarNode {
		r.text.definition = d.text
	}
	if out.IsZero() {
		p.errorf(ls, "Rules: LogSource", "Empty log source", "\"logsource\" must have a category, product or service")
	}
	return out
}
