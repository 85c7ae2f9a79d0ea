package behaviour

import (
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
)

// mostValues is how many values are told of one expression: of more it is told what they
// depend on.
const mostValues = 64

// outlineScope is what the expressions of a block can refer to.
type outlineScope struct {
	library *Library
	// locals are those of the behaviour or template itself.
	locals map[string]*hcl.Attribute
	// known has all values of what can be told beforehand: of "host", of arguments that are
	// one of some words (arg.NAME), of a template's (with.NAME), and of what a block is
	// repeated over, by the name of the iterator.
	known map[string][]cty.Value
	// given are a template's arguments as they are written.
	given map[string]outlineGiven
}

type outlineGiven struct {
	expr  hclsyntax.Expression
	scope outlineScope
}

func (s outlineScope) content(body hcl.Body, of *Block) *hcl.BodyContent {
	e := newEvaluation(s.library)
	return e.Content(body, of)
}

// withLocals is the scope with the locals that stand in a block.
func (s outlineScope) withLocals(content *hcl.BodyContent) outlineScope {
	s.locals = map[string]*hcl.Attribute{}
	for _, block := range content.Blocks.OfType("locals") {
		maps.Copy(s.locals, s.content(block.Body, localsBlock).Attributes)
	}
	return s
}

// with is the scope with values of one more name; nil is that they cannot be told.
func (s outlineScope) with(name string, values []cty.Value) outlineScope {
	s.known = maps.Clone(s.known)
	delete(s.known, name)
	if values != nil {
		s.known[name] = values
	}
	return s
}

// needs adds to keys what an expression depends on of what is known. It returns false if it
// depends on anything else. seen are the locals that were looked at.
func (s outlineScope) needs(expr hclsyntax.Expression, keys, seen map[string]bool) bool {
	for _, path := range expr.Variables() {
		root, name := path.RootName(), secondName(path)
		switch key := root + "." + name; {
		case root == "local":
			own, ok := s.locals[name]
			switch {
			case name == "" && len(s.locals) > 0:
				return false
			case !ok || seen[name]:
				continue
			}
			seen[name] = true
			if !s.needs(written(own), keys, seen) {
				return false
			}
		case s.known[root] != nil:
			keys[root] = true
		case s.known[key] != nil && name != "":
			keys[key] = true
		default:
			if _, ok := s.library.root.Variables[root]; !ok {
				return false
			}
		}
	}
	return true
}

func secondName(path hcl.Traversal) string {
	if len(path) > 1 {
		if step, ok := path[1].(hcl.TraverseAttr); ok {
			return step.Name
		}
	}
	return ""
}

// values are all values that an expression can have. ok is false if they cannot be told.
func (o *outliner) values(expr hclsyntax.Expression, s outlineScope) (all []cty.Value, ok bool) {
	keys := map[string]bool{}
	if o.budget.Problem() != nil || !s.needs(expr, keys, map[string]bool{}) {
		return nil, false
	}
	choices := []map[string]cty.Value{{}}
	for _, key := range slices.Sorted(maps.Keys(keys)) {
		if len(choices)*len(s.known[key]) > mostValues {
			return nil, false
		}
		var more []map[string]cty.Value
		for _, choice := range choices {
			for _, value := range s.known[key] {
				with := maps.Clone(choice)
				with[key] = value
				more = append(more, with)
			}
		}
		choices = more
	}
	for _, choice := range choices {
		value, told := o.evaluate(expr, s, choice, map[string]cty.Value{})
		if told && !slices.ContainsFunc(all, value.RawEquals) {
			all = append(all, value)
		}
	}
	return all, len(all) > 0
}

// evaluate is the value of an expression where each that it depends on has one value. ok is
// false where it has none: such a choice cannot be performed. own are the locals that were
// evaluated.
func (o *outliner) evaluate(expr hclsyntax.Expression, s outlineScope, choice, own map[string]cty.Value) (got cty.Value, ok bool) {
	locals := maps.Clone(s.library.values)
	if locals == nil {
		locals = map[string]cty.Value{}
	}
	for _, path := range expr.Variables() {
		name := secondName(path)
		if path.RootName() != "local" || s.locals[name] == nil {
			continue
		}
		if _, known := own[name]; !known {
			own[name] = cty.NilVal // one that refers to itself has no value
			if own[name], ok = o.evaluate(written(s.locals[name]), s, choice, own); !ok {
				return cty.NilVal, false
			}
		}
		if locals[name] = own[name]; own[name] == cty.NilVal {
			return cty.NilVal, false
		}
	}
	ctx := s.library.root.NewChild()
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
	got, problems := o.budget.Expression(expr).Value(ctx)
	return got, !problems.HasErrors() && got.IsWhollyKnown() && o.budget.Problem() == nil
}
