package scenario

import (
	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/ext/typeexpr"
	"github.com/zclconf/go-cty/cty"

	"github.com/ringer-lab/ringer/emulation/bounded"
	"github.com/ringer-lab/ringer/emulation/diagnostic"
	"github.com/ringer-lab/ringer/emulation/scenario/schema"
)

var variableBlock = &schema.Block{
	Name:   "variable",
	Labels: []schema.Label{{Name: "name", Doc: "the name by which expressions refer to its value: `var.NAME`"}},
	Doc: "Declares a value that is given from outside: `--var NAME=VALUE`, once for each. Without a default it must be given. The value of a string, number or bool is the text itself; " +
		"that of another type is written as in HCL, such as `--var 'folders=[\"owa_auth\"]'`. Where no type is declared, it is a string.",
	Example: `
variable "page" {
  type        = string
  default     = "errorEE.aspx"
  description = "The name of the page that is dropped"
}

variable "folders" {
  type    = list(string)
  default = ["owa_auth", "owa"]
}
`,
	Attributes: []schema.Attribute{
		{Name: "type", Type: schema.Constraint, Default: "any", Doc: "The type that the value must have, or is converted to: `string`, `number`, `bool`, `list(…)`, `set(…)`, `map(…)`, `tuple([…])`, `object({…})` or `any`."},
		{Name: "default", Type: schema.Constant, Doc: "The value if none is given; without it one must be given. It cannot refer to anything."},
		{Name: "description", Type: schema.Constant, Doc: "What it is for. It cannot refer to anything."},
	},
}

// decodeVariables decodes the declarations and sets the value of each variable.
func (d *decoder) decodeVariables(blocks []*hcl.Block) {
	values := map[string]cty.Value{}
	for _, block := range blocks {
		name := d.declareName("variable", block, 0)
		d.declared[name.Text] = true
		values[name.Text] = d.decodeVariable(block)
	}
	d.scope.set("var", values)
}

// decodeVariable returns the value given from outside, or else the default. After an
// error it returns an unknown value, so that nothing that depends on it is reported
// too.
func (d *decoder) decodeVariable(block *hcl.Block) cty.Value {
	c := d.decodeBlock(block, variableBlock)
	kind := cty.DynamicPseudoType
	if attr, ok := value[*hcl.Attribute](c, "type"); ok {
		var problems hcl.Diagnostics
		kind, problems = typeexpr.TypeConstraint(attr.Expr)
		d.Report(problems...)
	}
	d.evaluateConstant(c.Attributes["description"])
	fallback := d.decodeDefault(c.Attributes["default"], kind)
	if given, ok := d.variableValues[block.Labels[0]]; ok {
		return d.convertGivenValue(block, given, kind)
	}
	if fallback == cty.NilVal {
		d.Errorf(diagnostic.AtLabel(block, 0), "Missing value", "The variable %q has no default and was given no value. Add a default, or pass --var %s=VALUE.",
			block.Labels[0], block.Labels[0])
		return cty.DynamicVal
	}
	return fallback
}

// evaluateConstant evaluates an expression that must not contain a reference.
func (d *decoder) evaluateConstant(attr *hcl.Attribute) (cty.Value, bool) {
	if attr == nil {
		return cty.NilVal, false
	}
	got, problems := attr.Expr.Value(nil)
	d.Report(problems...)
	return got, !problems.HasErrors()
}

func (d *decoder) decodeDefault(attr *hcl.Attribute, kind cty.Type) cty.Value {
	if attr == nil {
		return cty.NilVal
	}
	got, ok := d.evaluateConstant(attr)
	if !ok {
		return cty.DynamicVal
	}
	converted, err := d.budget.Convert(got, kind, attr.Expr)
	if err != nil {
		d.Errorf(diagnostic.AtValue(attr), "Wrong type", "The default must be of type %s: %s.", kind.FriendlyName(), err)
		return cty.DynamicVal
	}
	return converted
}

// convertGivenValue converts a value given on the command line: a primitive type from
// the text itself, any other type from the text as an HCL expression.
func (d *decoder) convertGivenValue(block *hcl.Block, given string, kind cty.Type) cty.Value {
	name := block.Labels[0]
	written := hcl.Expression(hcl.StaticExpr(cty.StringVal(given), block.LabelRanges[0]))
	if !kind.IsPrimitiveType() && kind != cty.DynamicPseudoType {
		expr, problems := bounded.ParseExpression("--var "+name, []byte(given))
		if problems.HasErrors() {
			return d.reportWrongVariable(block, given, kind, problems[0].Detail)
		}
		written = d.budget.Expression(expr)
	}
	value, problems := written.Value(nil)
	if problems.HasErrors() {
		return d.reportWrongVariable(block, given, kind, problems[0].Detail)
	}
	converted, err := d.budget.Convert(value, kind, written)
	if err != nil {
		return d.reportWrongVariable(block, given, kind, err.Error()+".")
	}
	return converted
}

func (d *decoder) reportWrongVariable(block *hcl.Block, given string, kind cty.Type, why string) cty.Value {
	d.Errorf(diagnostic.AtLabel(block, 0), "Wrong type", "The value %q cannot be used for the variable %q of type %s: %s", given, block.Labels[0], kind.FriendlyName(), why)
	return cty.DynamicVal
}
