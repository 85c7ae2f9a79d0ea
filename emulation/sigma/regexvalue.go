package sigma

import (
	"fmt"
	"regexp"
	"regexp/syntax"
	"strings"
)

func asRegex(v *value, _ map[string][]string) error {
	v.kind, v.source = valueRegex, v.at.text
	return nil
}

func regexFlag(flag string) func(*value, map[string][]string) error {
	return func(v *value, _ map[string][]string) error {
		if !strings.Contains(v.flags, flag) {
			v.flags += flag
		}
		return nil
	}
}

// finish compiles what the modifiers only described, once all flags are known.
func finish(v *value, n *node) *nodeError {
	if v.kind != valueRegex || v.unfilled != "" {
		return nil
	}
	source := v.source
	if v.pinStart || v.pinEnd {
		source = "(?:" + source + ")"
		if v.pinStart {
			source = `\A` + source
		}
		if v.pinEnd {
			source += `\z`
		}
	}
	if v.flags != "" {
		source = "(?" + v.flags + ")" + source
	}
	re, err := regexp.Compile(source)
	if err != nil {
		detail := err.Error()
		if e, ok := err.(*syntax.Error); ok {
			detail = fmt.Sprintf("%s: %q in %q", e.Code, e.Expr, v.source)
			if e.Code == syntax.ErrInvalidPerlOp || e.Code == syntax.ErrInvalidEscape || e.Code == syntax.ErrInvalidNamedCapture {
				detail += "; look-around and back-references are not part of Sigma's dialect"
			}
		}
		return &nodeError{line: n.line, col: n.col, summary: "Broken regular expression", detail: detail, section: "Modifiers: Regular Expression"}
	}
	v.re = re
	return nil
}
