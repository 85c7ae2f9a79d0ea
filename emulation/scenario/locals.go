package scenario

import (
	"maps"
	"slices"

	"github.com/hashicorp/hcl/v2"
	"github.com/zclconf/go-cty/cty"
)

// locals settles named values, each after those it refers to.
func (d *decoder) locals(blocks []*hcl.Block) {
	l := &localValues{decoder: d, attrs: map[string]*hcl.Attribute{}, values: map[string]cty.Value{}, open: map[string]bool{}}
	var order []string
	for _, block := range blocks {
		for _, attr := range d.attributes(block) {
			if d.claim("local", "local", Word{attr.Name, attr.NameRange}, attr.Range) {
				l.attrs[attr.Name] = attr
				order = append(order, attr.Name)
			}
		}
	}
	// All are referable from the start, with no value as yet.
	for _, name := range order {
		l.values[name] = cty.DynamicVal
	}
	d.scope.set("local", l.values)
	for _, name := range order {
		l.settle(name)
	}
	d.scope.set("local", l.values)
}

type localValues struct {
	*decoder
	attrs  map[string]*hcl.Attribute // those not begun
	values map[string]cty.Value
	open   map[string]bool // begun, not ended
}

func (l *localValues) settle(name string) {
	attr, waiting := l.attrs[name]
	if !waiting {
		return
	}
	delete(l.attrs, name)
	l.open[name] = true
	defer delete(l.open, name)
	needed := map[string]cty.Value{}
	for _, other := range l.needs(attr.Expr) {
		if l.open[other] {
			l.wrongf(atValue(attr), "Circular reference", "local.%s needs local.%s, which needs it in turn.", name, other)
			return
		}
		l.settle(other)
		if value, ok := l.values[other]; ok {
			needed[other] = value
		}
	}
	// Only those it needs, as an object of all would be made anew each time.
	l.scope.ctx.Variables["local"] = cty.ObjectVal(needed)
	if value, ok := l.evaluate(attr); ok {
		l.values[name] = value
	}
}

// needs lists the locals an expression refers to; `local` alone is all.
func (l *localValues) needs(expr hcl.Expression) []string {
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
