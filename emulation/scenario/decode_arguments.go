package scenario

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"

	"github.com/ringer-lab/ringer/emulation/argument"
	"github.com/ringer-lab/ringer/emulation/behaviour"
	"github.com/ringer-lab/ringer/emulation/diagnostic"
	"github.com/ringer-lab/ringer/emulation/scenario/schema"
)

var withBlock = &schema.Block{
	Name: "with",
	Doc:  "Chooses how the behaviour of a step is performed.",
	Open: "Its attributes are the arguments of the behaviour: `ringer show BEHAVIOUR` lists them, each with its type, what it may be and its default. " +
		"An argument that is absent or `null` has its default. No value can name a path outside of the asset or reach a shell.",
	Most: 1,
	Example: `
step "owa_web_shell_drop" "page" {
  by = actor.emissary_panda
  on = asset.mail

  with {
    folder = "owa"
    name   = "errorEE.aspx"
  }
}
`,
}

// decodeArguments decodes the block `with { … }` into the arguments that the
// behaviour takes.
func (d *decoder) decodeArguments(step *hcl.Block, blocks hcl.Blocks, of behaviour.Behaviour) map[string]any {
	given, known := map[string]any{}, map[string]argument.Argument{}
	for _, arg := range of.Arguments {
		known[arg.Name] = arg
	}
	missing := maps.Clone(known)
	for _, block := range blocks {
		for _, attr := range d.sortedAttributes(block) {
			arg, ok := known[attr.Name]
			delete(missing, attr.Name)
			switch {
			case ok:
				d.setArgument(given, attr, arg)
			case of.Name == "": // nothing is known of its arguments
				d.optionalValue(attr)
			default:
				d.Errorf(diagnostic.AtName(attr), "Unknown argument", "The behaviour %s has no argument %q. %s", of.Name, attr.Name, diagnostic.Suggest(attr.Name, slices.Collect(maps.Keys(known))))
			}
		}
	}
	for _, arg := range of.Arguments {
		if _, open := missing[arg.Name]; open && arg.Required {
			d.Errorf(missingAt(step, blocks), "Missing argument", "The behaviour %s requires the argument %q (%s): %s.", of.Name, arg.Name, describeType(arg), arg.Doc)
		}
	}
	return given
}

// setArgument checks and sets one argument; null leaves it at its default.
func (d *decoder) setArgument(given map[string]any, attr *hcl.Attribute, arg argument.Argument) {
	value, ok := d.argumentValue(attr, arg)
	switch {
	case !ok && arg.Required && d.isNull(attr):
		d.Errorf(diagnostic.AtValue(attr), "Missing argument", "%q cannot be null: it has no default.", attr.Name)
		return
	case !ok:
		return
	}
	if problem := arg.Check(value); problem != "" {
		d.Errorf(diagnostic.AtValue(attr), "Invalid argument", "%s.%s", problem, nearArgument(value, arg))
		return
	}
	given[attr.Name] = value
}

func nearArgument(value any, arg argument.Argument) string {
	if text, ok := value.(string); ok {
		if near := diagnostic.Nearest(text, arg.OneOf); near != "" {
			return " Did you mean \"" + near + "\"?"
		}
	}
	return ""
}

// sortedAttributes returns the attributes of a block that may have any, in the order
// in which they are written. It reads them by Content, which unlike JustAttributes
// evaluates them with a dynamic block's iterator.
func (d *decoder) sortedAttributes(block *hcl.Block) []*hcl.Attribute {
	found, _ := block.Body.JustAttributes()
	body := &hcl.BodySchema{}
	for name := range found {
		body.Attributes = append(body.Attributes, hcl.AttributeSchema{Name: name})
	}
	return slices.SortedFunc(maps.Values(d.decodeBody(block.Body, body).Attributes), func(a, b *hcl.Attribute) int {
		return cmp.Compare(a.Range.Start.Byte, b.Range.Start.Byte)
	})
}

func missingAt(step *hcl.Block, blocks hcl.Blocks) diagnostic.Location {
	if len(blocks) > 0 {
		return diagnostic.AtBlock(blocks[0])
	}
	return diagnostic.AtBlock(step)
}

// describeType returns an argument's type in words, such as "string, one of a, b".
func describeType(arg argument.Argument) string {
	switch {
	case arg.OneOf != nil:
		return arg.Type + ", one of " + strings.Join(arg.OneOf, ", ")
	case arg.Like != "":
		return arg.Type + " like " + arg.Like
	}
	return arg.Type
}
