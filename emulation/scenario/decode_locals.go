package scenario

import (
	"maps"
	"slices"

	"github.com/hashicorp/hcl/v2"
	"github.com/zclconf/go-cty/cty"

	"github.com/ringer-lab/ringer/emulation/diagnostic"
	"github.com/ringer-lab/ringer/emulation/scenario/schema"
)

var localsBlock = &schema.Block{
	Name: "locals",
	Doc:  "Names values that are used several times.",
	Open: "Each attribute is a local value, of any type; expressions refer to it as `local.NAME`. It can refer to variables and to other locals, in any block and order, but not back to itself.",
	Example: `
locals {
  weeks   = 3
  pages   = { owa_auth = "errorEE.aspx", owa = "logoff.aspx" }
  removed = "${local.weeks * 7}d"
}

step "owa_web_shell_drop" "page" {
  by = actor.emissary_panda
  on = asset.mail
  at = local.removed

  with {
    name = local.pages["owa_auth"]
  }
}
`,
}

// decodeLocals evaluates all locals, each after those that it refers to.
func (d *decoder) decodeLocals(blocks []*hcl.Block) {
	l := &localValues{decoder: d, pending: map[string]*hcl.Attribute{}, values: map[string]cty.Value{}, resolving: map[string]bool{}}
	var order []string
	for _, block := range blocks {
		for _, attr := range d.sortedAttributes(block) {
			if d.claimName("local", "local", Identifier{attr.Name, attr.NameRange}, attr.Range) {
				l.pending[attr.Name] = attr
				order = append(order, attr.Name)
			}
		}
	}
	// All can be referred to from the start, as unknown values.
	for _, name := range order {
		l.values[name] = cty.DynamicVal
	}
	d.scope.set("local", l.values)
	for _, name := range order {
		l.resolve(name)
	}
	d.scope.set("local", l.values)
}

type localValues struct {
	*decoder
	pending   map[string]*hcl.Attribute // not yet evaluated
	values    map[string]cty.Value
	resolving map[string]bool // being evaluated
}

func (l *localValues) resolve(name string) {
	attr, waiting := l.pending[name]
	if !waiting {
		return
	}
	delete(l.pending, name)
	l.resolving[name] = true
	defer delete(l.resolving, name)
	needed := map[string]cty.Value{}
	for _, other := range l.localsIn(attr.Expr) {
		if l.resolving[other] {
			l.Errorf(diagnostic.AtValue(attr), "Circular reference", "local.%s refers to local.%s, which refers back to it.", name, other)
			return
		}
		l.resolve(other)
		if value, ok := l.values[other]; ok {
			needed[other] = value
		}
	}
	// Only the locals that it needs: an object of all would be built anew each time.
	l.scope.ctx.Variables["local"] = cty.ObjectVal(needed)
	if value, ok := l.evaluate(attr); ok {
		l.values[name] = value
	}
}

// localsIn lists the locals that an expression refers to; `local` alone refers to
// all.
func (l *localValues) localsIn(expr hcl.Expression) []string {
	var all []string
	for _, path := range expr.Variables() {
		if path.RootName() != "local" {
			continue
		}
		if name, ok := secondName(path); ok {
			all = append(all, name)
			continue
		}
		return slices.Sorted(maps.Keys(l.values))
	}
	return all
}
