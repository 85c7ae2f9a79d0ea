package argument_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/zclconf/go-cty/cty"

	"github.com/ringer-lab/ringer/emulation/argument"
	"github.com/ringer-lab/ringer/emulation/effect"
)

// page has a field of each type.
type page struct {
	Path  string            `arg:"path" doc:"where it is" form:"page" max:"20"`
	Kind  string            `arg:"kind" doc:"what it is" oneof:"plain,script" default:"plain"`
	Name  string            `arg:"name" doc:"its name" like:"*.html" default:"a.html"`
	Sizes []string          `arg:"sizes" doc:"its sizes" oneof:"small,large" default:"small"`
	Days  int               `arg:"days" doc:"its age" min:"1" max:"9" default:"2"`
	New   bool              `arg:"new" doc:"whether it is new" default:"true"`
	Tags  map[string]string `arg:"tags" doc:"what it is about" form:"line" max:"10" default:""`
	By    author            `arg:"by" doc:"who wrote it"`
}

type author struct {
	Name  string   `arg:"name" doc:"the name" form:"line" max:"20" default:"eve"`
	Hosts []string `arg:"hosts" doc:"where" like:"*" default:""`
}

func object() argument.Argument {
	return argument.Argument{Name: "page", Type: "object", Arguments: argument.Of[page]()}
}

func TestAStructIsFilledFromAnObjectAndDefaults(t *testing.T) {
	t.Parallel()
	var got page
	assert.NoError(t, object().Into(&got, cty.ObjectVal(map[string]cty.Value{
		"path": cty.StringVal("/a"), "days": cty.NumberIntVal(9), "tags": cty.MapVal(map[string]cty.Value{"a": cty.StringVal("b")}),
		"by": cty.ObjectVal(map[string]cty.Value{"hosts": cty.TupleVal([]cty.Value{cty.StringVal("one"), cty.StringVal("two")}), "name": cty.NullVal(cty.String)}),
	})))
	assert.Equal(t, page{
		Path: "/a", Kind: "plain", Name: "a.html", Sizes: []string{"small"}, Days: 9, New: true, Tags: map[string]string{"a": "b"},
		By: author{Name: "eve", Hosts: []string{"one", "two"}},
	}, got)
}

func TestWhatAnObjectMayNotHaveIsSaid(t *testing.T) {
	t.Parallel()
	text := cty.StringVal
	for want, entries := range map[string]map[string]cty.Value{
		`page requires the argument "path"`:                                   {},
		`"page" has no argument "pat". Did you mean "path"?`:                  {"pat": text("/a")},
		`page: path: "b" must begin with one slash and be printable ASCII`:    {"path": text("b")},
		`page: path: a value of 21 bytes is too long: at most 20 are allowed`: {"path": text("/12345678901234567890")},
		`page: kind: "wild" must be one of plain, script`:                     {"path": text("/a"), "kind": text("wild")},
		`page: name: "a.txt" must match "*.html"`:                             {"path": text("/a"), "name": text("a.txt")},
		`"page.days" is a string; expected a whole number.`:                   {"path": text("/a"), "days": text("3")},
		`page: days: 10 is out of range: must be 1 to 9`:                      {"path": text("/a"), "days": cty.NumberIntVal(10)},
		`Element 2 of "page.sizes" is a number; expected a string.`:           {"path": text("/a"), "sizes": cty.TupleVal([]cty.Value{text("small"), cty.NumberIntVal(1)})},
		`page: by: by: hosts: "../etc" must be a plain name: 1 to 64 letters, digits, blanks or any of -_., without paths or quotes`: {
			"path": text("/a"), "by": cty.ObjectVal(map[string]cty.Value{"hosts": cty.TupleVal([]cty.Value{text("../etc")})}),
		},
	} {
		var into page
		assert.EqualError(t, object().Into(&into, cty.ObjectVal(entries)), want)
	}
}

// A default is taken as it is declared, also where its form would not let it through.
func TestADefaultNeedNotFitTheForm(t *testing.T) {
	t.Parallel()
	a := argument.Argument{Name: "path", Type: "string", Form: "path", Max: 10}
	assert.Empty(t, a.CheckOn(effect.Linux, ""))
	a.Required = true
	assert.NotEmpty(t, a.CheckOn(effect.Linux, ""))
}

func TestAFieldWithoutBoundsIsRefused(t *testing.T) {
	t.Parallel()
	assert.Panics(t, func() {
		argument.Of[struct {
			Text string `arg:"text" doc:"anything"`
		}]()
	})
	assert.Panics(t, func() {
		argument.Of[struct {
			Text string `arg:"text" doc:"anything" form:"line"`
		}]()
	}, "a form needs a length")
}

func TestAValueComesBackAsItWas(t *testing.T) {
	t.Parallel()
	for kind, value := range map[string]any{
		"string": "a", "number": 3, "bool": true, "list(string)": []string{"a", "b"}, "map(string)": map[string]string{"a": "b"},
	} {
		got, problem := argument.Argument{Name: "a", Type: kind}.Value("a", argument.ToHCL(value))
		assert.Empty(t, problem)
		assert.Equal(t, value, got)
	}
}
