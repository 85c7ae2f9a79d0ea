package block

import (
	"maps"
	"slices"

	"github.com/hashicorp/hcl/v2"
	"github.com/zclconf/go-cty/cty"

	"github.com/ringer-lab/ringer/emulation/diagnostic"
)

// Locals evaluates values by name, each after those that it refers to, and returns
// them with those that are there already.
func (e *Evaluator) Locals(attributes []hcl.Attributes, ctx *hcl.EvalContext, known map[string]cty.Value) map[string]cty.Value {
	l := &locals{Evaluator: e, ctx: ctx.NewChild(), pending: map[string]*hcl.Attribute{}, values: maps.Clone(known)}
	if l.values == nil {
		l.values = map[string]cty.Value{}
	}
	for _, some := range attributes {
		for name, attr := range some {
			if other, taken := l.pending[name]; taken {
				e.Errorf(diagnostic.AtName(attr), "Duplicate name", "There is a local %q already, at %s.", name, diagnostic.FileLine(other.Range))
			}
			l.pending[name] = attr
			delete(l.values, name)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(l.pending)) {
		l.resolve(name, nil)
	}
	return l.values
}

type locals struct {
	*Evaluator
	ctx     *hcl.EvalContext
	pending map[string]*hcl.Attribute // not yet evaluated
	values  map[string]cty.Value
}

func (l *locals) resolve(name string, above []string) {
	attr, waiting := l.pending[name]
	if !waiting {
		return
	}
	if slices.Contains(above, name) {
		l.Errorf(diagnostic.AtValue(attr), "Circular reference", "local.%s refers to itself by way of local.%s.", name, above[len(above)-1])
		delete(l.pending, name)
		return
	}
	needed := map[string]cty.Value{}
	for _, path := range attr.Expr.Variables() {
		if path.RootName() != "local" {
			continue
		}
		for _, other := range l.named(path) {
			l.resolve(other, append(above, name))
			if value, ok := l.values[other]; ok {
				needed[other] = value
			}
		}
	}
	if _, waiting := l.pending[name]; !waiting {
		return // it was part of a circle
	}
	delete(l.pending, name)
	l.ctx.Variables = map[string]cty.Value{"local": cty.ObjectVal(needed)}
	if value, ok := l.Evaluate(attr, l.ctx); ok {
		l.values[name] = value
	}
}

// named are the locals that a reference is to; `local` alone is to all.
func (l *locals) named(path hcl.Traversal) []string {
	if name := SecondName(path); name != "" {
		return []string{name}
	}
	return slices.Concat(slices.Collect(maps.Keys(l.pending)), slices.Collect(maps.Keys(l.values)))
}

// SecondName is the name that a reference has after its root, as of `local.name`; empty if
// it has none.
func SecondName(path hcl.Traversal) string {
	if len(path) > 1 {
		if step, ok := path[1].(hcl.TraverseAttr); ok {
			return step.Name
		}
	}
	return ""
}
