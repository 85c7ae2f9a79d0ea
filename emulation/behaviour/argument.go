package behaviour

import (
	"fmt"
	"maps"
	"path"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/zclconf/go-cty/cty"

	"github.com/ringer-lab/ringer/emulation/effect"
)

// Argument is one thing a scenario may choose, read from a field's tags:
//
//	Folder string `arg:"folder" doc:"where the page goes" oneof:"owa_auth,ecp_auth" default:"owa_auth"`
//	Name   string `arg:"name" doc:"the page's file name" like:"*.aspx" default:"OutlookEN.aspx"`
//	Files  int    `arg:"files" doc:"how many call records" min:"1" max:"200" default:"3"`
//
// An argument without a default is required. A text argument has `oneof`, `like`
// or `form`; a text under `like` is one plain name (letters, digits, `-_. `), so
// it can never contain a path, a quote or a shell's sign. The forms are in form.go. A
// field that is a struct is an object with arguments of its own; one that is a map
// has texts by name.
type Argument struct {
	Name    string   `json:"name"`
	Type    string   `json:"type"` // "string", "number", "bool", "list(string)", "map(string)" or "object"
	Doc     string   `json:"doc"`
	Default string   `json:"default,omitempty"`
	OneOf   []string `json:"oneof,omitempty"`
	Like    string   `json:"like,omitempty"`
	Min     int      `json:"min,omitempty"`
	Max     int      `json:"max,omitempty"`
	// Form names what a text, or each text of a map, may be: see form.go. It has at
	// most Max bytes.
	Form string `json:"form,omitempty"`
	// Arguments are an object's.
	Arguments []Argument `json:"arguments,omitempty"`

	Required bool `json:"required"`

	// platform says what a path is; fallback is the default as a value where a text
	// does not say it; field is the struct's, where there is one.
	platform effect.Platform
	fallback any
	field    int
}

// anything is an attribute of any type, reference one that names a template, and
// references one that names several blocks.
type (
	anything   struct{}
	reference  struct{}
	references struct{}
)

var argumentTypes = map[reflect.Kind]string{
	reflect.String: "string", reflect.Int: "number", reflect.Bool: "bool", reflect.Slice: "list(string)",
	reflect.Map: "map(string)", reflect.Struct: "object",
}

// argumentsOf reads the tags of a struct's fields.
func argumentsOf(shape reflect.Type) []Argument {
	var all []Argument
	for i := range shape.NumField() {
		tag := shape.Field(i).Tag
		argument := Argument{Name: tag.Get("arg"), Type: argumentTypes[shape.Field(i).Type.Kind()], Doc: tag.Get("doc"), Like: tag.Get("like"), Form: tag.Get("form"), field: i}
		switch shape.Field(i).Type {
		case reflect.TypeFor[anything]():
			argument.Type = "any"
		case reflect.TypeFor[reference](), reflect.TypeFor[references]():
			argument.Type = "reference"
		}
		if given := tag.Get("oneof"); given != "" {
			argument.OneOf = strings.Split(given, ",")
		}
		var hasDefault bool
		argument.Default, hasDefault = tag.Lookup("default")
		argument.Required = !hasDefault && argument.Type != "object" && argument.Type != "any" && argument.Type != "reference"
		if argument.Type == "object" {
			argument.Arguments = argumentsOf(shape.Field(i).Type)
		}
		argument.Min, argument.Max = parseBound(tag.Get("min")), parseBound(tag.Get("max"))
		switch texts := argument.Type == "string" || argument.Type == "list(string)"; {
		case argument.Name == "" || argument.Doc == "" || argument.Type == "":
			panic(fmt.Sprintf("behaviour: field %s.%s needs a type we know and the tags arg and doc", shape, shape.Field(i).Name))
		case texts && argument.OneOf == nil && argument.Like == "" && argument.Form == "":
			panic(fmt.Sprintf("behaviour: text field %s.%s needs the tag oneof, like or form", shape, shape.Field(i).Name))
		case argument.Form != "" && (forms[argument.Form] == nil || argument.Max == 0), argument.Type == "map(string)" && argument.Form == "":
			panic(fmt.Sprintf("behaviour: field %s.%s needs a form we know and the tag max", shape, shape.Field(i).Name))
		case argument.Type == "number" && argument.Max == 0:
			panic(fmt.Sprintf("behaviour: number field %s.%s needs the tags min and max", shape, shape.Field(i).Name))
		}
		all = append(all, argument)
	}
	return all
}

func parseBound(text string) int {
	if text == "" {
		return 0
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		panic("behaviour: bound must be a number: " + text)
	}
	return n
}

// plainName is what a text argument may be: nothing to which a path, a quoting rule or
// a shell would give a meaning to.
var plainName = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[A-Za-z0-9_][A-Za-z0-9_. -]{0,63}$`) })

// Check returns what is wrong with a value, as a message for the author of a
// scenario; empty is that nothing is. The value must be of the Go type that
// [Behaviour.With] takes for the argument's type.
func (a Argument) Check(value any) string { return a.check(a.platform, value) }

func (a Argument) check(on effect.Platform, value any) string {
	switch v := value.(type) {
	case string:
		return a.checkText(on, v)
	case map[string]any:
		return checkArguments(on, a.Name, a.Arguments, v)
	case map[string]string:
		return a.checkTexts(on, v)
	case int:
		if v < a.Min || v > a.Max {
			return fmt.Sprintf("%d is out of range: must be %d to %d", v, a.Min, a.Max)
		}
	case []string:
		if len(v) > maxTexts {
			return fmt.Sprintf("%d values are too many: at most %d are allowed", len(v), maxTexts)
		}
		for _, text := range v {
			if problem := a.checkText(on, text); problem != "" {
				return problem
			}
		}
	}
	return ""
}

func (a Argument) checkText(on effect.Platform, text string) string {
	switch {
	case a.OneOf != nil && !slices.Contains(a.OneOf, text):
		return fmt.Sprintf("%q must be one of %s", text, strings.Join(a.OneOf, ", "))
	case a.OneOf != nil:
		return ""
	case a.Form != "" && text == a.Default && !a.Required:
		return ""
	case a.Form != "":
		return a.checkForm(on, text)
	case !plainName().MatchString(text):
		return fmt.Sprintf("%q must be a plain name: 1 to 64 letters, digits, blanks or any of -_., without paths or quotes", text)
	}
	if fits, err := path.Match(a.Like, text); err != nil || !fits {
		return fmt.Sprintf("%q must match %q", text, a.Like)
	}
	return ""
}

// checkArguments says what is wrong with the arguments given to a behaviour or an
// object; empty is nothing.
func checkArguments(on effect.Platform, of string, arguments []Argument, given map[string]any) string {
	for _, name := range slices.Sorted(maps.Keys(given)) {
		if !slices.ContainsFunc(arguments, func(a Argument) bool { return a.Name == name }) {
			return fmt.Sprintf("%s has no argument %q", of, name)
		}
	}
	for _, arg := range arguments {
		value, ok := given[arg.Name]
		switch {
		case !ok && arg.Required:
			return fmt.Sprintf("%s requires the argument %q", of, arg.Name)
		case !ok:
			continue
		case !arg.accepts(value):
			return fmt.Sprintf("%s: %s must be %s, found %T", of, arg.Name, arg.Type, value)
		}
		if problem := arg.check(on, value); problem != "" {
			return fmt.Sprintf("%s: %s: %s", of, arg.Name, problem)
		}
	}
	return ""
}

// accepts reports whether a value is of the argument's type.
func (a Argument) accepts(value any) bool {
	switch value.(type) {
	case string:
		return a.Type == "string"
	case int:
		return a.Type == "number"
	case bool:
		return a.Type == "bool"
	case []string:
		return a.Type == "list(string)"
	case map[string]string:
		return a.Type == "map(string)"
	case map[string]any:
		return a.Type == "object"
	case cty.Value:
		return a.Type == "any"
	}
	return false
}

// fillFields sets a struct's fields from checked arguments and from defaults.
func fillFields(into reflect.Value, arguments []Argument, given map[string]any) {
	for _, arg := range arguments {
		value, ok := given[arg.Name]
		field := into.Field(arg.field)
		if arg.Type == "any" || arg.Type == "reference" {
			continue
		}
		if arg.Type == "object" {
			inner, _ := value.(map[string]any)
			fillFields(field, arg.Arguments, inner)
			continue
		}
		if !ok {
			value = arg.defaultValue()
		}
		field.Set(reflect.ValueOf(value))
	}
}

// defaultValue is the default as a value of the argument's type.
func (a Argument) defaultValue() any {
	if a.fallback != nil {
		return a.fallback
	}
	switch a.Type {
	case "number":
		return parseBound(a.Default)
	case "bool":
		return a.Default == "true"
	case "list(string)":
		return strings.FieldsFunc(a.Default, func(r rune) bool { return r == ',' })
	case "map(string)":
		return map[string]string{}
	}
	return a.Default
}
