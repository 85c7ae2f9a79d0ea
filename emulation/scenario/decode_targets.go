package scenario

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"github.com/ringer-lab/ringer/emulation/argument"
	"github.com/ringer-lab/ringer/emulation/diagnostic"
	"github.com/ringer-lab/ringer/emulation/scenario/schema"
)

// targetTypes are the types of references to what may be in another file.
var targetTypes = map[string]cty.Type{
	"step":     cty.Capsule("step", reflect.TypeFor[string]()),
	"actor":    cty.Capsule("actor", reflect.TypeFor[string]()),
	"scenario": cty.Capsule("scenario", reflect.TypeFor[string]()),
}

// decodeTargets reads references to what may be in another file, one or a list of them.
// Whether it is there is looked up later, see [Exercise.Resolve].
func (d *decoder) decodeTargets(attr *hcl.Attribute, declared schema.Attribute) ([]reference, bool) {
	roots := strings.Split(declared.To, " or ")
	elements, problems := hcl.ExprList(attr.Expr)
	if problems.HasErrors() {
		elements = []hcl.Expression{attr.Expr}
	}
	var out []reference
	ok := true
	for _, element := range elements {
		one := *attr
		one.Expr = element
		found, good := d.targets(&one, roots)
		out, ok = append(out, found...), ok && good
	}
	if ok && len(out) == 0 {
		d.Errorf(diagnostic.AtValue(attr), "Empty list", "%q must name something, such as %s.NAME.", attr.Name, roots[0])
		ok = false
	}
	return out, ok
}

// decodeElsewhere reads one reference to what may be in another file.
func (d *decoder) decodeElsewhere(attr *hcl.Attribute, declared schema.Attribute) (Identifier, bool) {
	found, ok := d.targets(attr, []string{declared.To})
	if ok && len(found) != 1 {
		d.Errorf(diagnostic.AtValue(attr), "Wrong type", "%q is a list; expected a reference such as %s.NAME.", attr.Name, declared.To)
		ok = false
	}
	if !ok {
		return Identifier{}, false
	}
	return found[0].Identifier, true
}

// targets evaluates an expression in which every name below those roots exists.
func (d *decoder) targets(attr *hcl.Attribute, roots []string) ([]reference, bool) {
	in := d.scope.ctx.NewChild()
	in.Variables = map[string]cty.Value{}
	for root, kind := range targetTypes {
		names := map[string]cty.Value{}
		for _, path := range attr.Expr.Variables() {
			if name, second := secondName(path); second && path.RootName() == root {
				names[name] = cty.CapsuleVal(kind, &name)
			}
		}
		in.Variables[root] = cty.ObjectVal(names)
	}
	got, problems := attr.Expr.Value(in)
	if problems.HasErrors() {
		d.Report(d.scope.explainUnknown(problems)...)
		return nil, false
	}
	if !got.IsWhollyKnown() {
		d.Spoil() // its cause has been reported
		return nil, false
	}
	values := []cty.Value{got}
	if kind := got.Type(); !got.IsNull() && (kind.IsTupleType() || kind.IsListType() || kind.IsSetType()) {
		values = got.AsValueSlice()
	}
	var out []reference
	for _, value := range values {
		root := targetRoot(value)
		if !slices.Contains(roots, root) {
			d.Errorf(diagnostic.AtValue(attr), "Wrong type", "%q is %s; %s.", attr.Name, argument.TypeName(value), targetHint(attr.Expr, roots))
			return nil, false
		}
		out = append(out, reference{Identifier: Identifier{Text: *value.EncapsulatedValue().(*string), Range: attr.Expr.Range()}, root: root})
	}
	return out, true
}

// targetRoot is the root of a reference; empty for another value.
func targetRoot(value cty.Value) string {
	for root, kind := range targetTypes {
		if !value.IsNull() && value.Type() == kind {
			return root
		}
	}
	return ""
}

func targetHint(expr hcl.Expression, roots []string) string {
	if _, isName := unwrapped(expr).(*hclsyntax.ScopeTraversalExpr); !isName {
		if name, isText := quoted(expr); isText && namePattern().MatchString(name) {
			return fmt.Sprintf("expected a reference: write %s.%s without quotes", roots[0], name)
		}
	}
	var such []string
	for _, root := range roots {
		such = append(such, root+".NAME")
	}
	return "expected a reference such as " + strings.Join(such, " or ")
}
