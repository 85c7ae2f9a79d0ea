package scenario

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"github.com/ringer-lab/ringer/emulation/diagnostic"
	"github.com/ringer-lab/ringer/emulation/functions"
)

// referenceTypes are the types of actor.x, asset.x and step.x. Each is a capsule of a
// name, so that an expression can choose among the names but not make one up.
var referenceTypes = map[string]cty.Type{
	"actor": cty.Capsule("actor", reflect.TypeFor[string]()),
	"asset": cty.Capsule("asset", reflect.TypeFor[string]()),
	"step":  cty.Capsule("step", reflect.TypeFor[string]()),
}

// scope is what expressions can refer to: the names by root (var, local, asset, …).
type scope struct {
	values map[string]map[string]cty.Value
	ctx    *hcl.EvalContext
}

func newScope() *scope {
	return &scope{
		values: map[string]map[string]cty.Value{},
		ctx:    &hcl.EvalContext{Functions: functions.Table(), Variables: map[string]cty.Value{}},
	}
}

// set replaces the names of one root.
func (s *scope) set(root string, values map[string]cty.Value) {
	s.values[root] = values
	s.ctx.Variables[root] = cty.ObjectVal(values)
}

// setReferences sets the names of a root as values of its reference type.
func (s *scope) setReferences(root string, names []string) {
	values := map[string]cty.Value{}
	for _, name := range names {
		values[name] = cty.CapsuleVal(referenceTypes[root], &name)
	}
	s.set(root, values)
}

// explainUnknown replaces HCL's diagnostic for an unknown reference ("this object
// does not have an attribute…") with one that names what is missing, and the nearest
// name.
func (s *scope) explainUnknown(problems hcl.Diagnostics) hcl.Diagnostics {
	var out hcl.Diagnostics
	for _, problem := range problems {
		if call, ok := hcl.DiagnosticExtra[hclsyntax.FunctionCallUnknownDiagExtra](problem); ok {
			out = append(out, unknownFunction(problem, call.CalledFunctionName()))
			continue
		}
		if unknown := s.unknownReferences(problem.Expression, problem.EvalContext); unknown != nil {
			out = append(out, unknown...)
			continue
		}
		out = append(out, problem)
	}
	return out
}

func unknownFunction(problem *hcl.Diagnostic, name string) *hcl.Diagnostic {
	names := slices.Collect(maps.Keys(functions.Table()))
	hint := "Expected one of: " + strings.Join(slices.Sorted(slices.Values(names)), ", ") + "."
	if near := diagnostic.Nearest(name, names); near != "" {
		hint = fmt.Sprintf("Did you mean %q?", near)
	}
	return &hcl.Diagnostic{
		Severity: hcl.DiagError, Summary: "Unknown function", Detail: fmt.Sprintf("There is no function %q. %s", name, hint),
		Subject: problem.Subject, Context: problem.Context,
	}
}

// unknownReferences reports the references of an expression to names that do not
// exist.
func (s *scope) unknownReferences(expr hcl.Expression, in *hcl.EvalContext) hcl.Diagnostics {
	if expr == nil {
		return nil
	}
	var found hcl.Diagnostics
	for _, path := range expr.Variables() {
		if s.defines(path.RootName(), in) {
			found = append(found, s.checkReference(path)...)
		}
	}
	return found
}

// defines reports whether a root is one of this scope, rather than an iterator or a
// variable of a for expression that hides it.
func (s *scope) defines(root string, in *hcl.EvalContext) bool {
	for ; in != nil && in != s.ctx; in = in.Parent() {
		if _, hides := in.Variables[root]; hides {
			return false
		}
	}
	return true
}

func (s *scope) checkReference(path hcl.Traversal) hcl.Diagnostics {
	root, at := path.RootName(), path[0].SourceRange()
	names, known := s.values[root]
	if !known {
		return unknownReference(at, path, fmt.Sprintf("There is nothing named %q to refer to here. %s", root, s.suggestRoot(root)))
	}
	name, second := secondName(path)
	if _, ok := names[name]; ok || !second {
		return nil
	}
	at = hcl.RangeBetween(at, path[1].SourceRange())
	return unknownReference(at, path, fmt.Sprintf("There is no %s %q. %s", rootNoun(root), name, diagnostic.Suggest(name, slices.Collect(maps.Keys(names)))))
}

func unknownReference(at hcl.Range, path hcl.Traversal, detail string) hcl.Diagnostics {
	return hcl.Diagnostics{{
		Severity: hcl.DiagError, Summary: "Unknown reference", Detail: detail,
		Subject: &at, Context: path.SourceRange().Ptr(),
	}}
}

// suggestRoot returns a sentence with the root under which the name exists, as the
// root is often left out, or else with the nearest root.
func (s *scope) suggestRoot(name string) string {
	for _, root := range slices.Sorted(maps.Keys(s.values)) {
		if _, ok := s.values[root][name]; ok {
			return fmt.Sprintf("Did you mean %s.%s?", root, name)
		}
	}
	return diagnostic.Suggest(name, slices.Collect(maps.Keys(s.values)))
}

// secondName returns the name after the root, as in asset.mail or asset["mail"].
func secondName(path hcl.Traversal) (string, bool) {
	if len(path) < 2 {
		return "", false
	}
	return diagnostic.StepName(path[1])
}

func rootNoun(root string) string {
	if root == "var" {
		return "variable"
	}
	return root
}
