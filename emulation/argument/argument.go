package argument

import (
	"fmt"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/zclconf/go-cty/cty"

	"github.com/ringer-lab/ringer/emulation/effect"
)

// Argument is one thing that an author may choose: an argument of a behaviour, or an
// attribute of a block. An argument without a default is required. A text has OneOf, Like
// or Form; one under Like is a plain name (letters, digits, `-_. `), so it can never
// contain a path, a quote or a shell's sign.
type Argument struct {
	Name    string   `json:"name"`
	Type    string   `json:"type"` // "string", "number", "bool", "list(string)", "map(string)", "object", "any" or "reference"
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

	// Platform says what a path is. Fallback is the default as a value, where a text does
	// not say it; nil is that Default does.
	Platform effect.Platform `json:"-"`
	Fallback any             `json:"-"`

	field int // the struct's, where there is one
}

// plainName is what a text argument may be: nothing to which a path, a quoting rule or
// a shell would give a meaning to.
var plainName = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[A-Za-z0-9_][A-Za-z0-9_. -]{0,63}$`) })

// Check returns what is wrong with a value, as a message for the author of a
// scenario; empty is that nothing is. The value must be of a Go type that
// [Argument.Value] returns for the argument's type.
func (a Argument) Check(value any) string { return a.CheckOn(a.Platform, value) }

// CheckOn is [Argument.Check] for hosts of a platform.
func (a Argument) CheckOn(on effect.Platform, value any) string {
	switch v := value.(type) {
	case string:
		return a.checkText(on, v)
	case map[string]any:
		return CheckAll(on, a.Name, a.Arguments, v)
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

// CheckAll returns what is wrong with the values given for arguments, by name, as a
// message; empty is that nothing is. of is what has the arguments, such as a behaviour.
func CheckAll(on effect.Platform, of string, arguments []Argument, given map[string]any) string {
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
		if problem := arg.CheckOn(on, value); problem != "" {
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

// defaultValue is the default as a value of the argument's type.
func (a Argument) defaultValue() any {
	if a.Fallback != nil {
		return a.Fallback
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
