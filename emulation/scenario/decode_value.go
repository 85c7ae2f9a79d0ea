package scenario

import (
	"slices"
	"strconv"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/gocty"

	"github.com/ringer-lab/ringer/emulation/argument"
	"github.com/ringer-lab/ringer/emulation/bounded"
	"github.com/ringer-lab/ringer/emulation/diagnostic"
)

// Values are not converted between types: "3" is not a number and 3 is not a string.
// HCL would convert them, and a mistake would pass unnoticed.

// evaluate returns an attribute's value. If ok is false, an error has been reported.
func (d *decoder) evaluate(attr *hcl.Attribute) (got cty.Value, ok bool) {
	got, problems := attr.Expr.Value(d.scope.ctx)
	d.Report(d.scope.explainUnknown(problems)...)
	switch {
	case problems.HasErrors():
		return cty.NilVal, false
	case !got.IsWhollyKnown():
		d.Spoil() // its cause has been reported
		return cty.NilVal, false
	}
	return got, true
}

// optionalValue is evaluate for an attribute that may be absent: ok is also false if
// it is, or if its value is null.
func (d *decoder) optionalValue(attr *hcl.Attribute) (got cty.Value, ok bool) {
	if attr == nil {
		return cty.NilVal, false
	}
	got, ok = d.evaluate(attr)
	return got, ok && !got.IsNull()
}

// isNull reports whether an attribute is present with the value null.
func (d *decoder) isNull(attr *hcl.Attribute) bool {
	got, problems := attr.Expr.Value(d.scope.ctx)
	return !problems.HasErrors() && got.IsNull()
}

func (d *decoder) reportWrongType(attr *hcl.Attribute, got cty.Value, want string) {
	hint := ""
	if literal, ok := quoted(attr.Expr); ok && validUnquoted(literal, want) {
		hint = " Remove the quotes."
	}
	d.Errorf(diagnostic.AtValue(attr), "Wrong type", "%q is %s; expected %s.%s", attr.Name, argument.TypeName(got), want, hint)
}

// The names of expected types in messages.
const (
	aString      = "a string"
	aWholeNumber = "a whole number"
	aBool        = "true or false"
	aShare       = "a number from 0 to 1"
)

// validUnquoted reports whether a string would have the wanted type if its quotes
// were removed.
func validUnquoted(literal, want string) bool {
	switch want {
	case aWholeNumber:
		_, err := strconv.Atoi(literal)
		return err == nil
	case aBool:
		return literal == "true" || literal == "false"
	}
	return false
}

func unwrapped(expr hcl.Expression) hcl.Expression {
	return hcl.UnwrapExpressionUntil(expr, func(e hcl.Expression) bool {
		_, plain := e.(hclsyntax.Expression)
		_, bound := e.(*bounded.Expression)
		return plain && !bound
	})
}

func (d *decoder) stringValue(attr *hcl.Attribute) (string, bool) {
	got, ok := d.optionalValue(attr)
	if !ok {
		return "", false
	}
	if got.Type() != cty.String {
		d.reportWrongType(attr, got, aString)
		return "", false
	}
	return got.AsString(), true
}

func (d *decoder) intValue(attr *hcl.Attribute) (int, bool) {
	got, ok := d.optionalValue(attr)
	if !ok {
		return 0, false
	}
	n := 0
	if got.Type() != cty.Number || gocty.FromCtyValue(got, &n) != nil {
		d.reportWrongType(attr, got, aWholeNumber)
		return 0, false
	}
	return n, true
}

func (d *decoder) boolValue(attr *hcl.Attribute) (yes, ok bool) {
	got, ok := d.optionalValue(attr)
	if !ok {
		return false, false
	}
	if got.Type() != cty.Bool {
		d.reportWrongType(attr, got, aBool)
		return false, false
	}
	return got.True(), true
}

func (d *decoder) stringsValue(attr *hcl.Attribute) ([]string, bool) {
	got, ok := d.optionalValue(attr)
	if !ok {
		return nil, false
	}
	all := []string{}
	listed := d.eachElement(attr, got, "a list of strings", aString, func(value cty.Value) bool {
		if value.IsNull() || value.Type() != cty.String {
			return false
		}
		all = append(all, value.AsString())
		return true
	})
	return all, listed
}

// eachElement calls take for each element of a list, tuple or set. It reports a value
// of another type, and the first element that take refuses; want and one are the
// expected types of the list and of an element, in words.
func (d *decoder) eachElement(attr *hcl.Attribute, list cty.Value, want, elementType string, take func(cty.Value) bool) bool {
	kind := list.Type()
	if !kind.IsListType() && !kind.IsTupleType() && !kind.IsSetType() {
		d.reportWrongType(attr, list, want)
		return false
	}
	number := 0
	for it := list.ElementIterator(); it.Next(); number++ {
		if _, element := it.Element(); !take(element) {
			d.Errorf(diagnostic.AtValue(attr), "Wrong type", "Element %d of %q is %s; expected %s.", number+1, attr.Name, argument.TypeName(element), elementType)
			return false
		}
	}
	return true
}

// argumentValue evaluates an attribute to what argument.Argument.Value returns for that
// argument.
func (d *decoder) argumentValue(attr *hcl.Attribute, arg argument.Argument) (any, bool) {
	switch arg.Type {
	case "string":
		return asAny(d.stringValue(attr))
	case "number":
		return asAny(d.intValue(attr))
	case "bool":
		return asAny(d.boolValue(attr))
	case "list(string)":
		return asAny(d.stringsValue(attr))
	}
	got, ok := d.optionalValue(attr)
	if !ok {
		return nil, false
	}
	value, problem := arg.Value(attr.Name, got)
	if problem != "" {
		d.Errorf(diagnostic.AtValue(attr), "Wrong type", "%s", problem)
		return nil, false
	}
	return value, true
}

func asAny[T any](value T, ok bool) (any, bool) { return value, ok }

func quoted(expr hcl.Expression) (string, bool) {
	literal, ok := unwrapped(expr).(*hclsyntax.TemplateExpr)
	if !ok || !literal.IsStringLiteral() {
		return "", false
	}
	text, problems := literal.Value(nil)
	return text.AsString(), !problems.HasErrors()
}

// textsValue reads an object that has texts by some of those names.
func textsValue(d *decoder, attr *hcl.Attribute, names []string) (map[string]string, bool) {
	got, ok := d.optionalValue(attr)
	if !ok {
		return nil, false
	}
	if !got.Type().IsObjectType() && !got.Type().IsMapType() || got.LengthInt() == 0 {
		d.reportWrongType(attr, got, "an object such as { "+names[0]+" = \"…\" }")
		return nil, false
	}
	out := map[string]string{}
	for it := got.ElementIterator(); it.Next(); {
		key, element := it.Element()
		name := key.AsString()
		switch {
		case !slices.Contains(names, name):
			d.Errorf(diagnostic.AtValue(attr), "Unknown name", "%q cannot have %q. %s", attr.Name, name, diagnostic.Suggest(name, names))
			ok = false
		case element.IsNull() || element.Type() != cty.String:
			d.Errorf(diagnostic.AtValue(attr), "Wrong type", "%s in %q must be a string.", name, attr.Name)
			ok = false
		default:
			out[name] = element.AsString()
		}
	}
	return out, ok
}
