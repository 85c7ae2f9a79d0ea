package behaviour

import (
	"maps"
	"slices"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/block"
	"github.com/ringer-lab/ringer/emulation/diagnostic"
	"github.com/ringer-lab/ringer/emulation/functions/hostfunc"
)

// names are what can follow a word in a reference; nil is whatever its value has.
type names map[string]names

// with returns names with one more.
func (n names) with(name string, inside names) names {
	more := maps.Clone(n)
	more[name] = inside
	return more
}

// argumentNames are the arguments that blocks declare.
func argumentNames(blocks hcl.Blocks) names {
	all := names{}
	for _, block := range blocks {
		content, _, _ := block.Body.PartialContent(&hcl.BodySchema{Blocks: []hcl.BlockHeaderSchema{{Type: "argument", LabelNames: argumentBlock.Labels}}})
		all[blockName(block)] = nil
		if len(content.Blocks) > 0 {
			all[blockName(block)] = argumentNames(content.Blocks)
		}
	}
	return all
}

// hostNames are what expressions can ask of a host that is of one of some kinds.
func hostNames(kinds []asset.Kind) names {
	accounts := names{}
	for _, kind := range kinds {
		for role := range kind.Accounts {
			accounts[role] = nil
		}
	}
	if len(accounts) == 0 {
		accounts = nil
	}
	return names{"kind": nil, "hostname": nil, "platform": nil, "service": nil, "accounts": accounts, "files": nil}
}

// hostBlockNames are what expressions in a host can ask of it.
var hostBlockNames = names{"kind": nil, "hostname": nil, "accounts": nil, "users": nil}

// expression reports references and functions that there are not. It returns false if
// there is one.
func (c *inspection) expression(attr *hcl.Attribute, scope names) bool {
	before := c.ErrorCount()
	expr := block.Written(attr)
	for _, path := range expr.Variables() {
		c.reference(path, scope)
	}
	_ = hclsyntax.VisitAll(expr, func(node hclsyntax.Node) hcl.Diagnostics { // it reports nothing
		call, ok := node.(*hclsyntax.FunctionCallExpr)
		if !ok || call.Name == hostfunc.FileContent {
			return nil
		}
		if _, known := hostfunc.Table()[call.Name]; !known {
			all := append(slices.Collect(maps.Keys(hostfunc.Table())), hostfunc.FileContent)
			c.Errorf(diagnostic.Location{Subject: call.NameRange, Context: attr.Range}, "Unknown function", "There is no function %q. %s", call.Name, diagnostic.Suggest(call.Name, all))
		}
		return nil
	})
	return c.ErrorCount() == before
}

// reference reports the first part of a reference that there is not.
func (c *inspection) reference(path hcl.Traversal, scope names) {
	at := path[0].SourceRange()
	if _, known := c.library.root.Variables[path.RootName()]; known && path.RootName() != "local" {
		return // a scenario's own: evaluating it tells
	}
	inside, known := scope[path.RootName()]
	if !known {
		c.Errorf(diagnostic.Location{Subject: at, Context: path.SourceRange()}, "Unknown reference", "There is nothing named %q to refer to here. %s", path.RootName(), scope.suggest(path.RootName()))
		return
	}
	said := path.RootName()
	for _, step := range path[1:] {
		name, ok := diagnostic.StepName(step)
		if inside == nil || !ok {
			return
		}
		next, known := inside[name]
		at = hcl.RangeBetween(at, step.SourceRange())
		if !known {
			c.Errorf(diagnostic.Location{Subject: at, Context: path.SourceRange()}, "Unknown reference", "There is no %s.%s. %s", said, name, diagnostic.Suggest(name, slices.Collect(maps.Keys(inside))))
			return
		}
		inside, said = next, said+"."+name
	}
}

// suggest is the sentence that helps on from an unknown word: what it was left out of, or
// the nearest.
func (n names) suggest(name string) string {
	for _, root := range slices.Sorted(maps.Keys(n)) {
		if _, ok := n[root][name]; ok {
			return "Did you mean \"" + root + "." + name + "\"?"
		}
	}
	return diagnostic.Suggest(name, slices.Collect(maps.Keys(n)))
}

// isConstant reports whether an expression is a value that is written out.
func isConstant(expr hclsyntax.Expression) bool {
	constant := len(expr.Variables()) == 0
	_ = hclsyntax.VisitAll(expr, func(node hclsyntax.Node) hcl.Diagnostics { // it reports nothing
		if call, ok := node.(*hclsyntax.FunctionCallExpr); ok && call.Name == hostfunc.FileContent {
			constant = false
		}
		return nil
	})
	return constant
}
