package scenario

import (
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/zclconf/go-cty/cty"

	"github.com/ringer-lab/ringer/emulation/argument"
	"github.com/ringer-lab/ringer/emulation/diagnostic"
)

// keywordValue reads a bare word that must be one of a few. A string is accepted only
// where it is computed, as in a dynamic block.
func (d *decoder) keywordValue(attr *hcl.Attribute, among []string) (word string, ok bool) {
	word = hcl.ExprAsKeyword(attr.Expr)
	if word == "" {
		if literal, quoted := quoted(attr.Expr); quoted {
			d.Errorf(diagnostic.AtValue(attr), "Quoted keyword", "%q takes a keyword: remove the quotes. %s", attr.Name, wantOneOf(literal, among))
			return "", false
		}
		if word, ok = d.stringValue(attr); !ok {
			return "", false
		}
	}
	if !slices.Contains(among, word) {
		d.Errorf(diagnostic.AtValue(attr), "Unknown keyword", "%q cannot be %s. %s", attr.Name, word, wantOneOf(word, among))
		return "", false
	}
	return word, true
}

func wantOneOf(given string, names []string) string {
	want := "Expected " + strings.Join(names, ", ") + "."
	if near := diagnostic.Nearest(given, names); near != "" {
		return fmt.Sprintf("Did you mean %s? %s", near, want)
	}
	return want
}

// decodeReference decodes a reference such as asset.mail.
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
	d.Errorf(diagnostic.AtValue(attr), "Wrong type", "%q is %s; %s.", attr.Name, argument.TypeName(got), hint)
}

// decodeReferences decodes a list of references, literal or computed. In a literal
// list every wrong element is reported.
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
