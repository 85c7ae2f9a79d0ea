package scenario

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
)

// namePattern is what can be written after `asset.` and, as containers and
// reports carry the names too, is ASCII and not too long.
var namePattern = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_-]{0,62}$`) })

func label(block *hcl.Block, i int) Identifier {
	return Identifier{Text: block.Labels[i], Range: block.LabelRanges[i]}
}

// scenarios takes a label as the name of a new thing of that noun. Names are told
// apart by noun; the first one keeps it.
func (d *decoder) declareName(noun string, block *hcl.Block, i int) Identifier {
	name := label(block, i)
	if !namePattern().MatchString(name.Text) {
		d.errorf(atLabel(block, i), "Invalid name",
			"%q is not a valid name for %s: it must be a letter followed by up to 62 letters, digits, dashes and underscores.", name.Text, article(block.Type))
	}
	d.claimName(noun, block.Type, name, block.DefRange)
	return name
}

func (d *decoder) claimName(noun, kind string, name Identifier, around hcl.Range) bool {
	key := noun + "." + name.Text
	first, taken := d.taken[key]
	if !taken {
		d.taken[key] = declaration{kind, name.Range}
		return true
	}
	d.errorf(location{name.Range, around}, "Duplicate name", "There is already %s %q, at %s. Give this %s another name.",
		article(first.kind), name.Text, fileLine(first.at), kind)
	return false
}

// article puts the indefinite article before a noun of the language.
func article(noun string) string {
	if strings.ContainsRune("aeiou", rune(noun[0])) {
		return "an " + noun
	}
	return "a " + noun
}

// declaration is who has a name.
type declaration struct {
	kind string
	at   hcl.Range
}

// decodeKeyword reads a bare word out of a few. A string is taken only from an
// expression that must compute it, as in a dynamic block.
func decodeKeyword[T ~string](d *decoder, attr *hcl.Attribute, among []T) (word T, ok bool) {
	if attr == nil {
		return "", false
	}
	var names []string
	for _, word := range among {
		names = append(names, string(word))
	}
	given := hcl.ExprAsKeyword(attr.Expr)
	if given == "" {
		if literal, quoted := quoted(attr.Expr); quoted {
			d.errorf(atValue(attr), "Quoted keyword", "%q takes a keyword: remove the quotes. %s", attr.Name, wantOneOf(literal, names))
			return "", false
		}
		if given, ok = d.stringValue(attr); !ok {
			return "", false
		}
	}
	if !slices.Contains(names, given) {
		d.errorf(atValue(attr), "Unknown keyword", "%q cannot be %s. %s", attr.Name, given, wantOneOf(given, names))
		return "", false
	}
	return T(given), true
}

func wantOneOf(given string, names []string) string {
	want := "Expected " + strings.Join(names, ", ") + "."
	if near := Nearest(given, names); near != "" {
		return fmt.Sprintf("Did you mean %s? %s", near, want)
	}
	return want
}

func quoted(expr hcl.Expression) (string, bool) {
	literal, ok := unwrapped(expr).(*hclsyntax.TemplateExpr)
	if !ok || !literal.IsStringLiteral() {
		return "", false
	}
	text, problems := literal.Value(nil)
	return text.AsString(), !problems.HasErrors()
}

// decodeReference reads asset.x and its like.
func (d *decoder) decodeReference(attr *hcl.Attribute, kind cty.Type) (Identifier, bool) {
	got, ok := d.optionalValue(attr)
	if !ok {
		return Identifier{}, false
	}
	if got.Type() != kind {
		d.reportNoReference(attr, got, kind)
		return Identifier{}, false
	}
	return Identifier{Text: *got.EncapsulatedValue().(*string), Range: attr.Expr.Range()}, true
}

func (d *decoder) reportNoReference(attr *hcl.Attribute, got cty.Value, kind cty.Type) {
	root := kind.FriendlyName()
	hint := fmt.Sprintf("expected a reference such as %s.NAME", root)
	if name, isText := quoted(attr.Expr); isText && namePattern().MatchString(name) {
		hint = fmt.Sprintf("expected a reference: write %s.%s without quotes", root, name)
	}
	d.errorf(atValue(attr), "Wrong type", "%q is %s; %s.", attr.Name, typeName(got), hint)
}

// decodeReferences reads [step.x, step.y], or what makes such a list. In a list as
// written one mistake does not hide the next.
func (d *decoder) decodeReferences(attr *hcl.Attribute, kind cty.Type) []Identifier {
	var all []Identifier
	if attr == nil {
		return nil
	}
	if elements, problems := hcl.ExprList(attr.Expr); !problems.HasErrors() {
		for _, expression := range elements {
			element := *attr
			element.Expr = expression
			if word, ok := d.decodeReference(&element, kind); ok {
				all = append(all, word)
			}
		}
		return all
	}
	got, ok := d.optionalValue(attr)
	if !ok {
		return nil
	}
	example := fmt.Sprintf("a reference such as %s.NAME", kind.FriendlyName())
	d.eachElement(attr, got, "a list: ["+kind.FriendlyName()+".NAME]", example, func(value cty.Value) bool {
		if value.IsNull() || value.Type() != kind {
			return false
		}
		all = append(all, Identifier{Text: *value.EncapsulatedValue().(*string), Range: attr.Expr.Range()})
		return true
	})
	return all
}
