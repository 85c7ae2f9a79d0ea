package sigma

import (
	"github.com/ringer-lab/ringer/emulation/sigma/internal/rulevalue"
	"github.com/ringer-lab/ringer/emulation/sigma/internal/yamldoc"
)

// lintItem warns of what is allowed in an item but rarely meant.
func (p *parser) lintItem(it *item, v *yamldoc.Node) {
	if it.all && len(it.raw) < 2 {
		p.warnf(it.at, "Modifiers: all", "\"all\" on a single value", "modifier \"all\" has no effect on the single value of %q", it)
	}
	for i, val := range it.values {
		n := it.raw[i]
		switch {
		case val.Kind == rulevalue.Null && v.Kind == yamldoc.List:
			p.warnf(n, "Rules: Special Field Values", "Null in a list", "null also matches events without %q", it.field)
		case val.Converted:
			p.warnf(n, "Modifiers: Generic Modifiers", "String modifier on a number", "%s is matched as a string", n.Text)
		case val.Kind == rulevalue.Text && escapedStar(n.Text):
			p.warnf(n, "Rules: Escape Character", "Escaped wildcard in a path", "\"\\*\" matches a literal star; write \"\\\\*\" for a backslash followed by a wildcard")
		}
	}
}

// escapedStar finds `\*\` after a letter: a path whose author meant a wildcard.
func escapedStar(s string) bool {
	for i := 1; i+2 < len(s); i++ {
		if s[i] == '\\' && s[i+1] == '*' && s[i+2] == '\\' && s[i-1] != '\\' {
			return true
		}
	}
	return false
}
