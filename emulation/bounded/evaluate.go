package bounded

import (
	"errors"
	"fmt"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/ext/customdecode"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/convert"
	"github.com/zclconf/go-cty/cty/function"
)

// value evaluates an expression: its parts first, and then what it makes of their
// values, if that is affordable.
func (b *Budget) value(expr hclsyntax.Expression, ctx *hcl.EvalContext) (cty.Value, hcl.Diagnostics) {
	if !b.spend(nodeBytes, expr) {
		return cty.DynamicVal, nil
	}
	whole := expr
	if nodes := 0; !plain(expr, &nodes) {
		p := parts{budget: b, ctx: ctx}
		whole = p.reduce(expr)
		if p.cost.result > MaxValue {
			return cty.DynamicVal, hcl.Diagnostics{tooLarge(expr)}
		}
		if !b.spend(p.cost.work, expr) {
			return cty.DynamicVal, nil
		}
	}
	got, problems := whole.Value(ctx)
	if len(problems) > maxProblems {
		problems = problems[:maxProblems]
	}
	asWritten(problems, whole, expr)
	size := sizeOf(got)
	if !b.spend(size.bytes()+len(problems)*problemBytes, expr) {
		return cty.DynamicVal, nil
	}
	if size.tooLarge() {
		return cty.DynamicVal, append(problems, tooLarge(expr))
	}
	return got, problems
}

// maxPlain is how many parts an expression may have that is evaluated as a whole.
const maxPlain = 16

// plain reports whether an expression can be evaluated as a whole: it has few parts,
// and none makes more than what it is given. So are most, and taking them apart would
// cost more than evaluating them.
func plain(expr hclsyntax.Expression, nodes *int) bool {
	if *nodes++; *nodes > maxPlain {
		return false
	}
	switch e := expr.(type) {
	case *hclsyntax.LiteralValueExpr:
		return e.Val.Type() != cty.Number || !sizeOf(e.Val).tooLarge()
	case *hclsyntax.ScopeTraversalExpr:
		return true
	case *hclsyntax.ParenthesesExpr:
		return plain(e.Expression, nodes)
	case *hclsyntax.TemplateWrapExpr:
		return plain(e.Wrapped, nodes)
	case *hclsyntax.TemplateExpr:
		return allPlain(e.Parts, nodes)
	case *hclsyntax.TupleConsExpr:
		return allPlain(e.Exprs, nodes)
	case *hclsyntax.ObjectConsExpr:
		for _, item := range e.Items {
			key, ok := item.KeyExpr.(*hclsyntax.ObjectConsKeyExpr)
			if !ok || !plain(key.Wrapped, nodes) || !plain(item.ValueExpr, nodes) {
				return false
			}
		}
		return true
	}
	return false
}

func allPlain(exprs []hclsyntax.Expression, nodes *int) bool {
	for _, expr := range exprs {
		if !plain(expr, nodes) {
			return false
		}
	}
	return true
}

// evaluated is a part of an expression with its value. What is wrong with the part is
// told with the value, as HCL drops it where a condition or a function does not need
// the part.
type evaluated struct {
	hclsyntax.Expression
	value    cty.Value
	problems hcl.Diagnostics
}

// Value returns the value.
func (e *evaluated) Value(*hcl.EvalContext) (cty.Value, hcl.Diagnostics) {
	return e.value, e.problems
}

// parts are the parts of one expression while it is evaluated.
type parts struct {
	budget *Budget
	ctx    *hcl.EvalContext
	cost   cost // of the whole, beside its parts
}

// reduce returns an expression whose parts are values. Parts that are evaluated with
// other variables, as those of a loop, or perhaps not at all, are evaluated within the
// budget later.
func (p *parts) reduce(expr hclsyntax.Expression) hclsyntax.Expression {
	switch e := expr.(type) {
	case *hclsyntax.ParenthesesExpr:
		return p.part(e.Expression)
	case *hclsyntax.TemplateExpr:
		whole := *e
		whole.Parts = p.all(e.Parts)
		for _, part := range whole.Parts {
			p.cost.result = plus(p.cost.result, sizeOf(valueOf(part)).text)
		}
		return &whole
	case *hclsyntax.TemplateWrapExpr:
		return p.part(e.Wrapped)
	case *hclsyntax.TemplateJoinExpr:
		return &hclsyntax.TemplateJoinExpr{Tuple: p.part(e.Tuple)}
	case *hclsyntax.FunctionCallExpr:
		return p.reduceCall(e)
	case *hclsyntax.ConditionalExpr:
		whole := *e
		whole.Condition, whole.TrueResult, whole.FalseResult = p.part(e.Condition), p.part(e.TrueResult), p.part(e.FalseResult)
		if yes, no := valueOf(whole.TrueResult), valueOf(whole.FalseResult); !yes.Type().Equals(no.Type()) {
			p.cost = pairwise([]cty.Value{yes, no}) // they are given one type
		}
		return &whole
	case *hclsyntax.BinaryOpExpr:
		whole := *e
		whole.LHS, whole.RHS = p.part(e.LHS), p.part(e.RHS)
		if e.Op.Impl.Params()[0].Type == cty.Number {
			p.cost.work = plus(asNumber(valueOf(whole.LHS)), asNumber(valueOf(whole.RHS)))
		}
		return &whole
	case *hclsyntax.UnaryOpExpr:
		whole := *e
		whole.Val = p.part(e.Val)
		p.cost.work = asNumber(valueOf(whole.Val))
		return &whole
	case *hclsyntax.IndexExpr:
		whole := *e
		whole.Collection, whole.Key = p.part(e.Collection), p.part(e.Key)
		if kind := valueOf(whole.Collection).Type(); kind.IsListType() || kind.IsTupleType() {
			p.cost.work = asNumber(valueOf(whole.Key))
		}
		return &whole
	case *hclsyntax.RelativeTraversalExpr:
		whole := *e
		whole.Source = p.part(e.Source)
		return &whole
	case *hclsyntax.TupleConsExpr:
		whole := *e
		whole.Exprs = p.all(e.Exprs)
		return &whole
	case *hclsyntax.ObjectConsExpr:
		whole := *e
		whole.Items = make([]hclsyntax.ObjectConsItem, len(e.Items))
		for i, item := range e.Items {
			whole.Items[i] = hclsyntax.ObjectConsItem{KeyExpr: p.key(item.KeyExpr), ValueExpr: p.part(item.ValueExpr)}
		}
		return &whole
	case *hclsyntax.ForExpr:
		whole := *e
		whole.CollExpr = p.part(e.CollExpr)
		whole.KeyExpr, whole.ValExpr, whole.CondExpr = p.later(e.KeyExpr), p.later(e.ValExpr), p.later(e.CondExpr)
		return &whole
	case *hclsyntax.SplatExpr:
		return &hclsyntax.SplatExpr{Source: p.part(e.Source), Each: p.later(e.Each), Item: e.Item, SrcRange: e.SrcRange, MarkerRange: e.MarkerRange}
	}
	return expr // it has no parts
}

// reduceCall reduces the arguments of a function but those that it evaluates itself.
func (p *parts) reduceCall(e *hclsyntax.FunctionCallExpr) hclsyntax.Expression {
	called, ok := findFunction(p.ctx, e.Name)
	if !ok {
		return e // HCL says so
	}
	whole := *e
	whole.Args = make([]hclsyntax.Expression, len(e.Args))
	params, rest := called.Params(), called.VarParam()
	var args []cty.Value
	for i, arg := range e.Args {
		param := rest
		if i < len(params) {
			param = &params[i]
		}
		if param != nil && customdecode.CustomExpressionDecoderForType(param.Type) != nil {
			whole.Args[i] = p.later(arg)
			continue
		}
		whole.Args[i] = p.part(arg)
		value := valueOf(whole.Args[i])
		if param != nil && param.Type == cty.Number {
			p.cost.work = plus(p.cost.work, asNumber(value))
		}
		if e.ExpandFinal && i == len(e.Args)-1 && iterable(value) {
			for it := value.ElementIterator(); it.Next(); {
				_, element := it.Element()
				args = append(args, element)
			}
			continue
		}
		args = append(args, value)
	}
	estimate := costs[e.Name]
	if estimate == nil {
		estimate = pairwise
	}
	would := estimate(args)
	p.cost = cost{would.result, plus(p.cost.work, would.work)}
	return &whole
}

// findFunction finds a function as HCL does.
func findFunction(ctx *hcl.EvalContext, name string) (function.Function, bool) {
	for ; ctx != nil; ctx = ctx.Parent() {
		if found, ok := ctx.Functions[name]; ok {
			return found, true
		}
	}
	return function.Function{}, false
}

// part evaluates a part.
func (p *parts) part(expr hclsyntax.Expression) hclsyntax.Expression {
	value, problems := p.budget.value(expr, p.ctx)
	return &evaluated{expr, value, problems}
}

func (p *parts) all(exprs []hclsyntax.Expression) []hclsyntax.Expression {
	values := make([]hclsyntax.Expression, len(exprs))
	for i, expr := range exprs {
		values[i] = p.part(expr)
	}
	return values
}

// key reduces the key of an object, which may be a bare word.
func (p *parts) key(expr hclsyntax.Expression) hclsyntax.Expression {
	key, ok := expr.(*hclsyntax.ObjectConsKeyExpr)
	if !ok {
		return p.part(expr)
	}
	if _, ok := key.Wrapped.(*hclsyntax.ScopeTraversalExpr); ok && !key.ForceNonLiteral || hcl.ExprAsKeyword(key) != "" {
		return key
	}
	value, problems := p.budget.value(key.Wrapped, p.ctx)
	return &evaluated{key, value, problems}
}

// later is a part that is evaluated while the whole is; nil where there is none.
func (p *parts) later(expr hclsyntax.Expression) hclsyntax.Expression {
	if expr == nil {
		return nil
	}
	return p.budget.Expression(expr)
}

// valueOf is the value of a part; of one that is evaluated later it is unknown.
func valueOf(part hclsyntax.Expression) cty.Value {
	if part, ok := part.(*evaluated); ok {
		return part.value
	}
	return cty.DynamicVal
}

// asWritten has diagnostics name the expressions that were written, and says of a
// function that could not cope with its arguments no more than that.
func asWritten(problems hcl.Diagnostics, whole, written hclsyntax.Expression) {
	for _, problem := range problems {
		switch expr := problem.Expression.(type) {
		case *evaluated:
			problem.Expression = expr.Expression
		case *Expression:
			problem.Expression = expr.Expression
		default:
			if expr == whole {
				problem.Expression = written
			}
		}
		call, ok := hcl.DiagnosticExtra[hclsyntax.FunctionCallDiagExtra](problem)
		if !ok {
			continue
		}
		if _, panicked := errors.AsType[function.PanicError](call.FunctionCallError()); panicked {
			problem.Detail = fmt.Sprintf("The function %q cannot take these values.", call.CalledFunctionName())
		}
	}
}

// Convert converts a value that an expression has to a type within the budget. It fails
// as convert.Convert does; where the budget is used up, the value is unknown.
func (b *Budget) Convert(value cty.Value, kind cty.Type, on hcl.Expression) (cty.Value, error) {
	if !value.Type().Equals(kind) && !b.spend(plus(pairwise([]cty.Value{value}).work, asNumber(value)), on) {
		return cty.DynamicVal, nil
	}
	return convert.Convert(value, kind)
}
