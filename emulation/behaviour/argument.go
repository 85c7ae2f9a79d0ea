package behaviour

import (
	"fmt"
	"path"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// Argument is one thing a scenario may choose, read from a field's tags:
//
//	Folder string `arg:"folder" doc:"where the page goes" oneof:"owa_auth,ecp_auth" default:"owa_auth"`
//	Name   string `arg:"name" doc:"the page's file name" like:"*.aspx" default:"OutlookEN.aspx"`
//	Files  int    `arg:"files" doc:"how many call records" min:"1" max:"200" default:"3"`
//
// An argument without a default is required. A text argument has `oneof` or
// `like`; a text under `like` is one plain name (letters, digits, `-_. `), so it
// can never hold a path, a quote or a shell's sign.
type Argument struct {
	Name    string   `json:"name"`
	Type    string   `json:"type"` // "string", "number", "bool" or "list(string)"
	Doc     string   `json:"doc"`
	Default string   `json:"default,omitempty"`
	OneOf   []string `json:"oneof,omitempty"`
	Like    string   `json:"like,omitempty"`
	Min     int      `json:"min,omitempty"`
	Max     int      `json:"max,omitempty"`

	Required bool `json:"required"`

	field int
}

var types = map[reflect.Kind]string{reflect.String: "string", reflect.Int: "number", reflect.Bool: "bool", reflect.Slice: "list(string)"}

// argumentsOf reads the tags of a planner's fields.
func argumentsOf(planner Planner) []Argument {
	shape := reflect.TypeOf(planner)
	var all []Argument
	for i := range shape.NumField() {
		tag := shape.Field(i).Tag
		one := Argument{Name: tag.Get("arg"), Type: types[shape.Field(i).Type.Kind()], Doc: tag.Get("doc"), Like: tag.Get("like"), field: i}
		if given := tag.Get("oneof"); given != "" {
			one.OneOf = strings.Split(given, ",")
		}
		var hasDefault bool
		one.Default, hasDefault = tag.Lookup("default")
		one.Required = !hasDefault
		one.Min, one.Max = bound(tag.Get("min")), bound(tag.Get("max"))
		switch texts := one.Type == "string" || one.Type == "list(string)"; {
		case one.Name == "" || one.Doc == "" || one.Type == "":
			panic(fmt.Sprintf("behaviour: field %s.%s needs a type we know and the tags arg and doc", shape, shape.Field(i).Name))
		case texts && one.OneOf == nil && one.Like == "":
			panic(fmt.Sprintf("behaviour: text field %s.%s needs the tag oneof or like", shape, shape.Field(i).Name))
		case one.Type == "number" && one.Max == 0:
			panic(fmt.Sprintf("behaviour: number field %s.%s needs the tags min and max", shape, shape.Field(i).Name))
		}
		all = append(all, one)
	}
	return all
}

func bound(text string) int {
	if text == "" {
		return 0
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		panic("behaviour: bound is no number: " + text)
	}
	return n
}

// plainName is what a text argument may hold: nothing a path, a quoting rule or
// a shell would give a meaning to.
var plainName = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[A-Za-z0-9_][A-Za-z0-9_. -]{0,63}$`) })

// Check says what is wrong with a value of the right type; empty is nothing.
// The value is a string, an int, a bool or a []string, after Type.
func (a Argument) Check(value any) string {
	switch v := value.(type) {
	case string:
		return a.checkText(v)
	case int:
		if v < a.Min || v > a.Max {
			return fmt.Sprintf("%d is out of range: want %d to %d", v, a.Min, a.Max)
		}
	case []string:
		for _, one := range v {
			if wrong := a.checkText(one); wrong != "" {
				return wrong
			}
		}
	}
	return ""
}

func (a Argument) checkText(text string) string {
	switch {
	case a.OneOf != nil && !slices.Contains(a.OneOf, text):
		return fmt.Sprintf("%q is not one of %s", text, strings.Join(a.OneOf, ", "))
	case a.OneOf != nil:
		return ""
	case !plainName().MatchString(text):
		return fmt.Sprintf("%q is no plain name: want 1 to 64 letters, digits, blanks or any of -_. (no path, no quote)", text)
	}
	if fits, err := path.Match(a.Like, text); err != nil || !fits {
		return fmt.Sprintf("%q does not fit %q", text, a.Like)
	}
	return ""
}

// With fills the arguments in: those given, by name, each of the type that its
// Argument states and checked, and the defaults of the rest. It returns an
// error for a name, type or value that Check would have refused.
func (b Behaviour) With(given map[string]any) (Planner, error) {
	planner := reflect.New(reflect.TypeOf(b.plain())).Elem()
	for name := range given {
		if !slices.ContainsFunc(b.Arguments, func(a Argument) bool { return a.Name == name }) {
			return nil, fmt.Errorf("%s has no argument %q", b.Name, name)
		}
	}
	for _, arg := range b.Arguments {
		value, ok := given[arg.Name]
		if !ok {
			if arg.Required {
				return nil, fmt.Errorf("%s needs the argument %q", b.Name, arg.Name)
			}
			value = arg.defaultValue()
		}
		into := planner.Field(arg.field)
		if value == nil || reflect.TypeOf(value) != into.Type() {
			return nil, fmt.Errorf("%s: %s is %T, want %s", b.Name, arg.Name, value, arg.Type)
		}
		if wrong := arg.Check(value); wrong != "" {
			return nil, fmt.Errorf("%s: %s: %s", b.Name, arg.Name, wrong)
		}
		into.Set(reflect.ValueOf(value))
	}
	return planner.Interface().(Planner), nil
}

// defaultValue is the default as a value of the argument's type.
func (a Argument) defaultValue() any {
	switch a.Type {
	case "number":
		return bound(a.Default)
	case "bool":
		return a.Default == "true"
	case "list(string)":
		return strings.FieldsFunc(a.Default, func(r rune) bool { return r == ',' })
	}
	return a.Default
}
