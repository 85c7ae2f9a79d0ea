package argument

import (
	"fmt"
	"reflect"
	"strconv"
	"strings"
)

// Fields of these types declare what a field cannot hold: Any a value of any type,
// Reference the name of another block, such as template.login_shell, and References a
// list of such names. They stay empty: who declares them evaluates them.
type (
	Any        struct{}
	Reference  struct{}
	References struct{}
)

var types = map[reflect.Kind]string{
	reflect.String: "string", reflect.Int: "number", reflect.Bool: "bool", reflect.Slice: "list(string)",
	reflect.Map: "map(string)", reflect.Struct: "object",
}

// Of returns the arguments that the tags of a struct's fields declare:
//
//	Folder string `arg:"folder" doc:"where the page goes" oneof:"owa_auth,ecp_auth" default:"owa_auth"`
//	Name   string `arg:"name" doc:"the page's file name" like:"*.aspx" default:"OutlookEN.aspx"`
//	Files  int    `arg:"files" doc:"how many call records" min:"1" max:"200" default:"3"`
//
// A field that is a struct is an object with arguments of its own; one that is a map has
// texts by name. Of panics for a field without the tags that its type needs, so that no
// text is without bounds.
func Of[T any]() []Argument { return fieldsOf(reflect.TypeFor[T]()) }

func fieldsOf(shape reflect.Type) []Argument {
	var all []Argument
	for i := range shape.NumField() {
		tag := shape.Field(i).Tag
		argument := Argument{Name: tag.Get("arg"), Type: types[shape.Field(i).Type.Kind()], Doc: tag.Get("doc"), Like: tag.Get("like"), Form: tag.Get("form"), field: i}
		switch shape.Field(i).Type {
		case reflect.TypeFor[Any]():
			argument.Type = "any"
		case reflect.TypeFor[Reference](), reflect.TypeFor[References]():
			argument.Type = "reference"
		}
		if given := tag.Get("oneof"); given != "" {
			argument.OneOf = strings.Split(given, ",")
		}
		var hasDefault bool
		argument.Default, hasDefault = tag.Lookup("default")
		argument.Required = !hasDefault && argument.Type != "object" && argument.Type != "any" && argument.Type != "reference"
		if argument.Type == "object" {
			argument.Arguments = fieldsOf(shape.Field(i).Type)
		}
		argument.Min, argument.Max = parseBound(tag.Get("min")), parseBound(tag.Get("max"))
		switch texts := argument.Type == "string" || argument.Type == "list(string)"; {
		case argument.Name == "" || argument.Doc == "" || argument.Type == "":
			panic(fmt.Sprintf("argument: field %s.%s needs a type we know and the tags arg and doc", shape, shape.Field(i).Name))
		case texts && argument.OneOf == nil && argument.Like == "" && argument.Form == "":
			panic(fmt.Sprintf("argument: text field %s.%s needs the tag oneof, like or form", shape, shape.Field(i).Name))
		case argument.Form != "" && (forms[argument.Form] == nil || argument.Max == 0), argument.Type == "map(string)" && argument.Form == "":
			panic(fmt.Sprintf("argument: field %s.%s needs a form we know and the tag max", shape, shape.Field(i).Name))
		case argument.Type == "number" && argument.Max == 0:
			panic(fmt.Sprintf("argument: number field %s.%s needs the tags min and max", shape, shape.Field(i).Name))
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
		panic("argument: bound must be a number: " + text)
	}
	return n
}

// Fill sets the fields of the struct that into points to, of which [Of] made the
// arguments: from checked values by name, and from the defaults.
func Fill(into any, arguments []Argument, given map[string]any) {
	fillFields(reflect.ValueOf(into).Elem(), arguments, given)
}

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
