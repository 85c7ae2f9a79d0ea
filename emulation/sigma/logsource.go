package sigma

import (
	"strings"

	"github.com/ringer-lab/ringer/emulation/sigma/internal/yamldoc"
	"github.com/ringer-lab/ringer/emulation/sigma/logevent"
)

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
