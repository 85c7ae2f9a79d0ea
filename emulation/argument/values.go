package argument

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/gocty"

	"github.com/ringer-lab/ringer/emulation/diagnostic"
)

// Value converts a value of HCL to what the argument takes: string, int, bool,
// []string, map[string]string or map[string]any. at is the argument's name in
// messages. problem says why it cannot be converted; it is empty if it could be. Types
// are not converted into each other: "3" is not a number.
func (a Argument) Value(at string, got cty.Value) (value any, problem string) {
	refuse := func(want string) (any, string) {
		return nil, fmt.Sprintf("%q is %s; expected %s.", at, TypeName(got), want)
	}
	if got.IsNull() || !got.IsWhollyKnown() {
		return refuse("a value")
	}
	switch kind := got.Type(); a.Type {
	case "string":
		if kind != cty.String {
			return refuse("a string")
		}
		return got.AsString(), ""
	case "number":
		n := 0
		if kind != cty.Number || gocty.FromCtyValue(got, &n) != nil {
			return refuse("a whole number")
		}
		return n, ""
	case "bool":
		if kind != cty.Bool {
			return refuse("true or false")
		}
		return got.True(), ""
	case "list(string)":
		if !kind.IsTupleType() && !kind.IsListType() && !kind.IsSetType() {
			return refuse("a list of strings")
		}
		texts := []string{}
		for it := got.ElementIterator(); it.Next(); {
			_, element := it.Element()
			if element.IsNull() || element.Type() != cty.String {
				return nil, fmt.Sprintf("Element %d of %q is %s; expected a string.", len(texts)+1, at, TypeName(element))
			}
			texts = append(texts, element.AsString())
		}
		return texts, ""
	case "any":
		return got, ""
	}
	if !got.Type().IsObjectType() && !got.Type().IsMapType() {
		return refuse("an object such as { … }")
	}
	if a.Type == "object" {
		return a.objectValue(at, got)
	}
	return textsValue(at, got)
}

func (a Argument) objectValue(at string, got cty.Value) (any, string) {
	object := map[string]any{}
	for it := got.ElementIterator(); it.Next(); {
		key, element := it.Element()
		name := key.AsString()
		if element.IsNull() {
			continue // left at its default
		}
		i := slices.IndexFunc(a.Arguments, func(a Argument) bool { return a.Name == name })
		if i < 0 {
			var names []string
			for _, argument := range a.Arguments {
				names = append(names, argument.Name)
			}
			return nil, strings.TrimSpace(fmt.Sprintf("%q has no argument %q. %s", at, name, diagnostic.Suggest(name, names)))
		}
		value, problem := a.Arguments[i].Value(at+"."+name, element)
		if problem != "" {
			return nil, problem
		}
		object[name] = value
	}
	return object, ""
}

func textsValue(at string, got cty.Value) (any, string) {
	texts := map[string]string{}
	for it := got.ElementIterator(); it.Next(); {
		key, element := it.Element()
		if element.IsNull() {
			continue // not there
		}
		text, problem := Argument{Type: "string"}.Value(at+"."+key.AsString(), element)
		if problem != "" {
			return nil, problem
		}
		texts[key.AsString()] = text.(string)
	}
	return texts, ""
}

// TypeName is the type of a value in words, such as "a list".
func TypeName(got cty.Value) string {
	switch kind := got.Type(); {
	case got.IsNull():
		return "null"
	case !got.IsKnown():
		return "not known"
	case kind == cty.Bool:
		return "true or false"
	case kind.IsTupleType():
		return "a list"
	case kind.IsObjectType():
		return "an object"
	default:
		name := kind.FriendlyName()
		if strings.ContainsRune("aeiou", rune(name[0])) {
			return "an " + name
		}
		return "a " + name
	}
}

// inHCL is the inverse of [Argument.Value].
func ToHCL(value any) cty.Value {
	switch v := value.(type) {
	case string:
		return cty.StringVal(v)
	case int:
		return cty.NumberIntVal(int64(v))
	case bool:
		return cty.BoolVal(v)
	case []string:
		return Texts(v)
	case map[string]string:
		texts := map[string]cty.Value{}
		for name, text := range v {
			texts[name] = cty.StringVal(text)
		}
		return cty.ObjectVal(texts)
	case map[string]any:
		values := map[string]cty.Value{}
		for name, inner := range v {
			values[name] = ToHCL(inner)
		}
		return cty.ObjectVal(values)
	case cty.Value:
		return v
	}
	panic(fmt.Sprintf("argument: a value of type %T", value))
}

// Texts is a list of texts in HCL.
func Texts(texts []string) cty.Value {
	if len(texts) == 0 {
		return cty.ListValEmpty(cty.String)
	}
	values := make([]cty.Value, len(texts))
	for i, text := range texts {
		values[i] = cty.StringVal(text)
	}
	return cty.ListVal(values)
}

// filled are the arguments given and the defaults of the rest.
func WithDefaults(arguments []Argument, given map[string]any) map[string]any {
	all := map[string]any{}
	for _, argument := range arguments {
		value, ok := given[argument.Name]
		switch {
		case argument.Type == "object":
			inner, _ := value.(map[string]any)
			all[argument.Name] = WithDefaults(argument.Arguments, inner)
		case ok:
			all[argument.Name] = value
		case argument.Type == "any" || argument.Type == "reference":
		default:
			all[argument.Name] = argument.defaultValue()
		}
	}
	return all
}

// Into sets the fields of the struct that fields points to, of which [Of] made the
// arguments of an object. It returns an error for a value that is no such object.
func (a Argument) Into(fields any, got cty.Value) error {
	given, problem := a.Value(a.Name, got)
	if problem == "" {
		problem = CheckAll("", a.Name, a.Arguments, given.(map[string]any))
	}
	if problem != "" {
		return errors.New(problem)
	}
	Fill(fields, a.Arguments, given.(map[string]any))
	return nil
}
