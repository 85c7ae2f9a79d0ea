package bounded

import (
	"bytes"
	"fmt"
	"unicode/utf8"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
)

// HCL's parser recurses for each bracket, and a stack overflow cannot be recovered
// from: 200,000 brackets end the program. No file written by hand comes near these
// limits.
const (
	// MaxSource is the most bytes that a file may have.
	MaxSource = 256 << 10
	// MaxNesting is how deep brackets and operators may be nested.
	MaxNesting = 200
	// maxDepth is how deep the parts of an expression may lie in each other: each
	// operator of a sum has all before it as a part.
	maxDepth = 5000
)

// Parse parses one file. It accepts any bytes: what would take the parser too much is a
// diagnostic.
func Parse(name string, text []byte) (*hcl.File, hcl.Diagnostics) {
	if problem := checkParsable(name, text); problem != nil {
		return &hcl.File{Bytes: text}, hcl.Diagnostics{problem}
	}
	file, problems := hclsyntax.ParseConfig(text, name, hcl.InitialPos)
	body, ok := file.Body.(*hclsyntax.Body)
	if !ok || problems.HasErrors() {
		return file, problems
	}
	if problem := checkDepth(body); problem != nil {
		return &hcl.File{Bytes: text}, append(problems, problem)
	}
	return file, problems
}

// ParseExpression parses an expression from elsewhere than a file, as Parse a file.
func ParseExpression(name string, text []byte) (hclsyntax.Expression, hcl.Diagnostics) {
	if problem := checkParsable(name, text); problem != nil {
		return nil, hcl.Diagnostics{problem}
	}
	expr, problems := hclsyntax.ParseExpression(text, name, hcl.InitialPos)
	if problems.HasErrors() {
		return nil, problems
	}
	if problem := checkDepth(expr); problem != nil {
		return nil, append(problems, problem)
	}
	return expr, problems
}

// checkDepth reports the first part of an expression that lies too deep in others.
func checkDepth(node hclsyntax.Node) *hcl.Diagnostic {
	d := depth{}
	_ = hclsyntax.Walk(node, &d) // it returns what depth does, which is nothing
	if d.deepest == nil {
		return nil
	}
	return &hcl.Diagnostic{
		Severity: hcl.DiagError, Summary: "Nested too deeply",
		Detail:  fmt.Sprintf("More than %d operators follow one another here. Simplify the expression.", maxDepth),
		Subject: d.deepest.Range().Ptr(),
	}
}

// depth is how deep a walk is.
type depth struct {
	nodes   int
	deepest hclsyntax.Node // nil unless one is too deep
}

func (d *depth) Enter(node hclsyntax.Node) hcl.Diagnostics {
	if d.nodes++; d.nodes > maxDepth && d.deepest == nil {
		d.deepest = node
	}
	return nil
}

func (d *depth) Exit(hclsyntax.Node) hcl.Diagnostics {
	d.nodes--
	return nil
}

func checkParsable(name string, text []byte) *hcl.Diagnostic {
	if len(text) > MaxSource {
		return FileTooLarge(name)
	}
	if at, problem := invalidUTF8(text); problem {
		place := hcl.Range{Filename: name, Start: at, End: hcl.Pos{Line: at.Line, Column: at.Column + 1, Byte: at.Byte + 1}}
		return &hcl.Diagnostic{
			Severity: hcl.DiagError, Summary: "Not UTF-8",
			Detail:  "The file is not valid UTF-8 text. Save it as UTF-8.",
			Subject: &place,
		}
	}
	tokens, _ := hclsyntax.LexConfig(text, name, hcl.InitialPos)
	depth, operators := 0, 0
	for _, token := range tokens {
		depth = max(0, depth+nestingChange(token.Type))
		if operators++; token.Type != hclsyntax.TokenBang && token.Type != hclsyntax.TokenMinus {
			operators = 0
		}
		if depth+operators > MaxNesting {
			return &hcl.Diagnostic{
				Severity: hcl.DiagError, Summary: "Nested too deeply",
				Detail:  fmt.Sprintf("More than %d brackets or operators are nested here. Simplify the expression.", MaxNesting),
				Subject: token.Range.Ptr(),
			}
		}
	}
	return nil
}

// FileTooLarge reports a file without a place in it, as a line may be as long as the
// file.
func FileTooLarge(name string) *hcl.Diagnostic {
	return &hcl.Diagnostic{
		Severity: hcl.DiagError, Summary: "File too large",
		Detail: fmt.Sprintf("%s has more than %d bytes, which is the most that a file may have. Split it into several files of one folder.", name, MaxSource),
	}
}

// invalidUTF8 returns where a text stops being UTF-8; HCL's parser would report every
// character from there on. A zero byte counts as well, as UTF-16 can otherwise pass
// for UTF-8.
func invalidUTF8(text []byte) (hcl.Pos, bool) {
	at := 0
	for at < len(text) {
		r, size := utf8.DecodeRune(text[at:])
		if r == 0 || r == utf8.RuneError && size == 1 {
			line := text[bytes.LastIndexByte(text[:at], '\n')+1 : at]
			return hcl.Pos{Line: 1 + bytes.Count(text[:at], []byte("\n")), Column: 1 + utf8.RuneCount(line), Byte: at}, true
		}
		at += size
	}
	return hcl.Pos{}, false
}

// nestingChange returns by how much a token changes the depth of nesting.
func nestingChange(token hclsyntax.TokenType) int {
	switch token {
	case hclsyntax.TokenOBrace, hclsyntax.TokenOBrack, hclsyntax.TokenOParen,
		hclsyntax.TokenTemplateInterp, hclsyntax.TokenTemplateControl, hclsyntax.TokenOQuote, hclsyntax.TokenOHeredoc:
		return 1
	case hclsyntax.TokenCBrace, hclsyntax.TokenCBrack, hclsyntax.TokenCParen,
		hclsyntax.TokenTemplateSeqEnd, hclsyntax.TokenCQuote, hclsyntax.TokenCHeredoc:
		return -1
	}
	return 0
}
