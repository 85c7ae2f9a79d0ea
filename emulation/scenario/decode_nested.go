package scenario

import (
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/gocty"

	"github.com/ringer-lab/ringer/emulation/behaviour"
	"github.com/ringer-lab/ringer/emulation/diagnostic"
)

// nestedArgument evaluates an object or a map of strings to what
// behaviour.Behaviour.With takes.
func (d *decoder) nestedArgument(attr *hcl.Attribute, arg behaviour.Argument) (any, bool) {
	got, ok := d.optionalValue(attr)
	if !ok {
		return nil, false
	}
	value, problem := nestedValue(attr.Name, got, arg)
	if problem != "" {
		d.Errorf(diagnostic.AtValue(attr), "Wrong type", "%s", problem)
		return nil, false
	}
	return value, true
}

// nestedValue converts a value to its argument's type. at is the argument's name in
// messages. wrong says why it cannot be converted; it is empty if it could be.
func nestedValue(at string, got cty.Value, arg behaviour.Argument) (value any, problem string) {
	refuse := func(want string) (any, string) {
		return nil, fmt.Sprintf("%q is %s; expected %s.", at, typeName(got), want)
	}
	switch arg.Type {
	case "string":
		if got.IsNull() || got.Type() != cty.String {
			return refuse(aString)
		}
		return got.AsString(), ""
	case "number":
		n := 0
		if got.IsNull() || got.Type() != cty.Number || gocty.FromCtyValue(got, &n) != nil {
			return refuse(aWholeNumber)
		}
		return n, ""
	case "bool":
		if got.IsNull() || got.Type() != cty.Bool {
			return refuse(aBool)
		}
		return got.True(), ""
	case "map(string)", "object":
		if got.IsNull() || !got.Type().IsObjectType() && !got.Type().IsMapType() {
			return refuse("an object such as { … }")
		}
		if arg.Type == "object" {
			return nestedObject(at, got, arg)
		}
		return nestedTexts(at, got)
	}
	panic(fmt.Sprintf("scenario: argument %s has the type %s, which cannot lie in an object", arg.Name, arg.Type))
}

func nestedObject(at string, got cty.Value, arg behaviour.Argument) (any, string) {
	object := map[string]any{}
	for it := got.ElementIterator(); it.Next(); {
		key, element := it.Element()
		name := key.AsString()
		if element.IsNull() {
			continue // left at its default
		}
		i := slices.IndexFunc(arg.Arguments, func(a behaviour.Argument) bool { return a.Name == name })
		if i < 0 {
			var names []string
			for _, argument := range arg.Arguments {
				names = append(names, argument.Name)
			}
			return nil, strings.TrimSpace(fmt.Sprintf("%q has no argument %q. %s", at, name, diagnostic.Suggest(name, names)))
		}
		value, problem := nestedValue(at+"."+name, element, arg.Arguments[i])
		if problem != "" {
			return nil, problem
		}
		object[name] = value
	}
	return object, ""
}

func nestedTexts(at string, got cty.Value) (any, string) {
	texts := map[string]string{}
	for it := got.ElementIterator(); it.Next(); {
		key, element := it.Element()
		text, problem := nestedValue(at+"."+key.AsString(), element, behaviour.Argument{Type: "string"})
		if problem != "" {
			return nil, problem
		}
		texts[key.AsString()] = text.(string)
	}
	return texts, ""
}
