package possible

import (
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/convert"

	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/block"
)

// maxNesting is how deep an expression is taken apart, maxSteps how often that is done in
// one outline.
const (
	maxNesting = 50
	maxSteps   = 20_000
)

// Texts are what an attribute can be, each once: a word from a closed list as it is
// written, a list with blanks between its elements.
func (f *Finder) Texts(attr *hcl.Attribute, s Scope) []string {
	expr := block.Written(attr)
	if word := hcl.ExprAsKeyword(expr); word != "" && word != "null" && s.Known[word] == nil {
		return []string{word}
	}
	return f.textsOf(expr, s, 0)
}

func (f *Finder) textsOf(expr hclsyntax.Expression, s Scope, depth int) []string {
	if values, ok := f.Values(expr, s); ok {
		var texts []string
		for _, value := range values {
			texts = append(texts, textOf(value))
		}
		return unique(texts)
	}
	if f.steps++; depth == maxNesting || f.steps > maxSteps {
		return []string{dependsOn(expr)}
	}
	var texts []string
	switch e := expr.(type) {
	case *hclsyntax.TemplateExpr:
		texts = f.joined(e.Parts, "", s, depth)
	case *hclsyntax.TemplateWrapExpr:
		texts = f.textsOf(e.Wrapped, s, depth+1)
	case *hclsyntax.ParenthesesExpr:
		texts = f.textsOf(e.Expression, s, depth+1)
	case *hclsyntax.ConditionalExpr:
		texts = append(f.textsOf(e.TrueResult, s, depth+1), f.textsOf(e.FalseResult, s, depth+1)...)
	case *hclsyntax.TupleConsExpr:
		texts = f.joined(e.Exprs, " ", s, depth)
	case *hclsyntax.ObjectConsExpr:
		var entries []hclsyntax.Expression
		for _, item := range e.Items {
			entries = append(entries, item.ValueExpr)
		}
		texts = f.joined(entries, " ", s, depth)
	case *hclsyntax.ScopeTraversalExpr:
		texts = f.referred(e, s, depth)
	case *hclsyntax.FunctionCallExpr:
		texts = f.marked(e, s, depth)
	}
	if texts = unique(texts); len(texts) == 0 || len(texts) > MostValues {
		return []string{dependsOn(expr)}
	}
	return texts
}

// joined are the texts of several expressions, one after the other.
func (f *Finder) joined(exprs []hclsyntax.Expression, separator string, s Scope, depth int) []string {
	all := []string{""}
	for i, expr := range exprs {
		next := f.textsOf(expr, s, depth+1)
		if len(all)*len(next) > MostValues {
			next = []string{dependsOn(expr)}
		}
		var more []string
		for _, before := range all {
			for _, text := range next {
				if i > 0 {
					text = separator + text
				}
				more = append(more, before+text)
			}
		}
		all = more
	}
	return all
}

// marked are the texts of a call that adds ringer's marker to one; none for others, as what
// they make of a text that cannot be told cannot be told either.
func (f *Finder) marked(call *hclsyntax.FunctionCallExpr, s Scope, depth int) []string {
	mark, ok := map[string]func(string) []byte{"inert": artifact.Marked, "inert_comment": artifact.MarkedComment}[call.Name]
	if !ok || len(call.Args) != 1 {
		return nil
	}
	var texts []string
	for _, text := range f.textsOf(call.Args[0], s, depth+1) {
		texts = append(texts, string(mark(text)))
	}
	return texts
}

// referred are the texts of what a reference is to, where that is written in the block or
// given to it; none for others.
func (f *Finder) referred(e *hclsyntax.ScopeTraversalExpr, s Scope, depth int) []string {
	if len(e.Traversal) != 2 {
		return nil
	}
	name := block.SecondName(e.Traversal)
	switch own, given := s.Locals[name], s.Given[name]; {
	case e.Traversal.RootName() == "local" && own != nil:
		return f.textsOf(block.Written(own), s, depth+1)
	case e.Traversal.RootName() == "with" && given.Expr != nil:
		return f.textsOf(given.Expr, given.Scope, depth+1)
	}
	return nil
}

// dependsOn is what stands for a value that cannot be told.
func dependsOn(expr hclsyntax.Expression) string {
	var names []string
	for _, path := range expr.Variables() {
		name := path.RootName()
		for _, step := range path[1:] {
			if attr, ok := step.(hcl.TraverseAttr); ok {
				name += "." + attr.Name
			}
		}
		names = append(names, name)
	}
	return "${" + strings.Join(unique(names), ", ") + "}"
}

// textOf is a value in words.
func textOf(value cty.Value) string {
	if value.IsNull() {
		return ""
	}
	if text, err := convert.Convert(value, cty.String); err == nil {
		return text.AsString()
	}
	if !value.CanIterateElements() {
		return value.Type().FriendlyName()
	}
	var parts []string
	for it := value.ElementIterator(); it.Next(); {
		key, element := it.Element()
		text := textOf(element)
		if value.Type().IsObjectType() || value.Type().IsMapType() {
			text = key.AsString() + "=" + text
		}
		parts = append(parts, text)
	}
	return strings.Join(parts, " ")
}

func unique(texts []string) []string {
	var all []string
	for _, text := range texts {
		if !slices.Contains(all, text) {
			all = append(all, text)
		}
	}
	return all
}
