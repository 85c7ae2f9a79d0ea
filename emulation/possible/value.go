package possible

import (
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"github.com/ringer-lab/ringer/emulation/block"
	"github.com/ringer-lab/ringer/emulation/bounded"
)

// MostValues is how many values are told of one expression: of more it is told what they
// depend on.
const MostValues = 64

// Scope is what expressions can refer to.
type Scope struct {
	// Root is what all can refer to, but locals; Shared are the values of locals that have
	// one for all blocks.
	Root   *hcl.EvalContext
	Shared map[string]cty.Value
	// Locals are those of the block itself.
	Locals map[string]*hcl.Attribute
	// Known has all values of what can be told beforehand: of "host", of arguments that are
	// one of some words (arg.NAME), of a template's (with.NAME), and of what a block is
	// repeated over, by the name of the iterator.
	Known map[string][]cty.Value
	// Given are a template's arguments as they are written.
	Given map[string]Given
}

// Given is an argument as it is written, and what that can refer to.
type Given struct {
	Expr  hclsyntax.Expression
	Scope Scope
}

// With is the scope with values of one more name; nil is that they cannot be told.
func (s Scope) With(name string, values []cty.Value) Scope {
	s.Known = maps.Clone(s.Known)
	delete(s.Known, name)
	if values != nil {
		s.Known[name] = values
	}
	return s
}

// needs adds to keys what an expression depends on of what is known. It returns false if it
// depends on anything else. seen are the locals that were looked at.
func (s Scope) needs(expr hclsyntax.Expression, keys, seen map[string]bool) bool {
	for _, path := range expr.Variables() {
		root, name := path.RootName(), block.SecondName(path)
		switch key := root + "." + name; {
		case root == "local":
			own, ok := s.Locals[name]
			switch {
			case name == "" && len(s.Locals) > 0:
				return false
			case !ok || seen[name]:
				continue
			}
			seen[name] = true
			if !s.needs(block.Written(own), keys, seen) {
				return false
			}
		case s.Known[root] != nil:
			keys[root] = true
		case s.Known[key] != nil && name != "":
			keys[key] = true
		default:
			if _, ok := s.Root.Variables[root]; !ok {
				return false
			}
		}
	}
	return true
}

// Finder finds out what expressions can be, within a budget that [Finder.Begin] gives.
type Finder struct {
	budget *bounded.Budget
	steps  int // in which expressions were taken apart
}

// Begin gives the budget. What it returns must be called after the last expression.
func (f *Finder) Begin() (end func()) {
	f.budget = bounded.NewBudget()
	f.budget.Begin()
	return f.budget.End
}

// Values are all values that an expression can have. ok is false if they cannot be told.
func (f *Finder) Values(expr hclsyntax.Expression, s Scope) (all []cty.Value, ok bool) {
	keys := map[string]bool{}
	if f.budget.Problem() != nil || !s.needs(expr, keys, map[string]bool{}) {
		return nil, false
	}
	choices := []map[string]cty.Value{{}}
	for _, key := range slices.Sorted(maps.Keys(keys)) {
		if len(choices)*len(s.Known[key]) > MostValues {
			return nil, false
		}
		var more []map[string]cty.Value
		for _, choice := range choices {
			for _, value := range s.Known[key] {
				with := maps.Clone(choice)
				with[key] = value
				more = append(more, with)
			}
		}
		choices = more
	}
	for _, choice := range choices {
		value, told := f.evaluate(expr, s, choice, map[string]cty.Value{})
		if told && !slices.ContainsFunc(all, value.RawEquals) {
			all = append(all, value)
		}
	}
	return all, len(all) > 0
}

// evaluate is the value of an expression where each that it depends on has one value. ok is
// false where it has none: such a choice cannot be performed. own are the locals that were
// evaluated.
func (f *Finder) evaluate(expr hclsyntax.Expression, s Scope, choice, own map[string]cty.Value) (got cty.Value, ok bool) {
	locals := maps.Clone(s.Shared)
	if locals == nil {
		locals = map[string]cty.Value{}
	}
	for _, path := range expr.Variables() {
		name := block.SecondName(path)
		if path.RootName() != "local" || s.Locals[name] == nil {
			continue
		}
		if _, known := own[name]; !known {
			own[name] = cty.NilVal // one that refers to itself has no value
			if own[name], ok = f.evaluate(block.Written(s.Locals[name]), s, choice, own); !ok {
				return cty.NilVal, false
			}
		}
		if locals[name] = own[name]; own[name] == cty.NilVal {
			return cty.NilVal, false
		}
	}
	ctx := s.Root.NewChild()
	ctx.Variables = map[string]cty.Value{"local": cty.ObjectVal(locals)}
	objects := map[string]map[string]cty.Value{}
	for key, value := range choice {
		root, name, inside := strings.Cut(key, ".")
		if !inside {
			ctx.Variables[root] = value
			continue
		}
		if objects[root] == nil {
			objects[root] = map[string]cty.Value{}
		}
		objects[root][name] = value
	}
	for root, entries := range objects {
		ctx.Variables[root] = cty.ObjectVal(entries)
	}
	got, problems := f.budget.Expression(expr).Value(ctx)
	return got, !problems.HasErrors() && got.IsWhollyKnown() && f.budget.Problem() == nil
}
