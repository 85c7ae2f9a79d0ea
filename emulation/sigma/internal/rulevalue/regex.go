package rulevalue

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

func toRegex(v *Value, _ map[string][]string) error {
	v.Kind, v.Source = Regex, v.at.Text
	return nil
}

func regexFlag(flag string) func(*Value, map[string][]string) error {
	return func(v *Value, _ map[string][]string) error {
		if !strings.Contains(v.Flags, flag) {
			v.Flags += flag
		}
		return nil
	}
}

// finishRegex compiles what the modifiers only described, once all flags are known.
func finishRegex(v *Value, n *yamldoc.Node) *yamldoc.Error {
	if v.Kind != Regex || v.MissingPlaceholder != "" {
		return nil
	}
	re, err := v.compile()
	if err != nil {
		detail := err.Error()
		if e, ok := err.(*syntax.Error); ok {
			detail = fmt.Sprintf("%s: %q in %q", e.Code, textline.Shorten(e.Expr, 80), textline.Shorten(v.Source, 120))
			if e.Code == syntax.ErrInvalidPerlOp || e.Code == syntax.ErrInvalidEscape || e.Code == syntax.ErrInvalidNamedCapture {
				detail += "; look-around and back-references are not supported by Sigma"
			}
		}
		return &yamldoc.Error{Line: n.Line, Col: n.Col, Summary: "Invalid regular expression", Detail: detail, Section: "Modifiers: Regular Expression"}
	}
	v.Re = re
	return nil
}

// Expression is a regular expression as the rule has it, with its flags.
func (v *Value) Expression() string {
	source := v.Source
	if v.PinStart || v.PinEnd {
		source = "(?:" + source + ")"
		if v.PinStart {
			source = `\A` + source
		}
		if v.PinEnd {
			source += `\z`
		}
	}
	if v.Flags != "" {
		source = "(?" + v.Flags + ")" + source
	}
	return source
}

func (v *Value) compile() (*regexp.Regexp, error) {
	source := v.Expression()
	re, err := regexp.Compile(regexlit.DollarBeforeNewline(source))
	if e, ok := errors.AsType[*syntax.Error](err); ok && e.Code == syntax.ErrInvalidRepeatSize {
		if again, err := regexp.Compile(regexlit.DollarBeforeNewline(regexlit.UnrollRepeats(source))); err == nil {
			return again, nil
		}
	}
	return re, err
}

// Regexp is the compiled expression, one that matches nothing where a
// placeholder is missing and the rule is not used. A value read from a cache
// compiled once before.
func (v *Value) Regexp() *regexp.Regexp {
	if v.Re != nil {
		return v.Re
	}
	if v.MissingPlaceholder == "" {
		if re, err := v.compile(); err == nil {
			return re
		}
	}
	return unmatchable()
}

var unmatchable = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`[^\x00-\x{10FFFF}]`) })
