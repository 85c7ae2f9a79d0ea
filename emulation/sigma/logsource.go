package sigma

import (
	"github.com/ringer-lab/ringer/emulation/sigma/internal/yamldoc"
	"strings"
)

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
func (p *parser) readLogSource(r *Rule, root *yamldoc.Node) LogSource {
	ls := root.Get("logsource")
	switch {
	case ls == nil:
		p.errorf(root, "Rules: LogSource", "Log source missing", "add \"logsource\" with a category, product or service")
		return LogSource{}
	case ls.Kind != yamldoc.Map:
		p.errorf(ls, "Rules: LogSource", "Mapping expected", "\"logsource\" must be a mapping with a category, product or service")
		return LogSource{}
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
	out := newLogSource(part("category"), part("product"), part("service"))
	if d := ls.Get("definition"); d != nil && d.Kind == yamldoc.Scalar {
		r.text.definition = d.Text
	}
	if out.IsZero() {
		p.errorf(ls, "Rules: LogSource", "Empty log source", "\"logsource\" must have a category, product or service")
	}
	return out
}
