package sigma

import (
	"errors"
	"fmt"
	"regexp"
	"regexp/syntax"
	"strings"
	"sync"

	"github.com/ringer-lab/ringer/emulation/sigma/internal/regexlit"
	"github.com/ringer-lab/ringer/emulation/sigma/internal/textline"
	"github.com/ringer-lab/ringer/emulation/sigma/internal/yamldoc"
)

func toRegex(v *value, _ map[string][]string) error {
	v.kind, v.source = valueRegex, v.at.Text
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

// finishRegex compiles what the modifiers only described, once all flags are known.
func finishRegex(v *value, n *yamldoc.Node) *yamldoc.Error {
	if v.kind != valueRegex || v.missingPlaceholder != "" {
		return nil
	}
	re, err := v.compile()
	if err != nil {
		detail := err.Error()
		if e, ok := err.(*syntax.Error); ok {
			detail = fmt.Sprintf("%s: %q in %q", e.Code, textline.Shorten(e.Expr, 80), textline.Shorten(v.source, 120))
			if e.Code == syntax.ErrInvalidPerlOp || e.Code == syntax.ErrInvalidEscape || e.Code == syntax.ErrInvalidNamedCapture {
				detail += "; look-around and back-references are not supported by Sigma"
			}
		}
		return &yamldoc.Error{Line: n.Line, Col: n.Col, Summary: "Invalid regular expression", Detail: detail, Section: "Modifiers: Regular Expression"}
	}
	v.re = re
	return nil
}

func (v *value) compile() (*regexp.Regexp, error) {
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
	if e, ok := errors.AsType[*syntax.Error](err); ok && e.Code == syntax.ErrInvalidRepeatSize {
		if again, err := regexp.Compile(regexlit.UnrollRepeats(source)); err == nil {
			return again, nil
		}
	}
	return re, err
}

// regexp is the compiled expression, one that matches nothing where a
// placeholder is missing and the rule is not used. A value read from a cache
// compiled once before.
func (v *value) regexp() *regexp.Regexp {
	if v.re != nil {
		return v.re
	}
	if v.missingPlaceholder == "" {
		if re, err := v.compile(); err == nil {
			return re
		}
	}
	return unmatchable()
}

var unmatchable = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`[^\x00-\x{10FFFF}]`) })
