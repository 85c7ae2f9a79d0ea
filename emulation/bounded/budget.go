package bounded

import (
	"fmt"
	"sync/atomic"
	"time"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
)

const (
	// MaxValue is the most bytes of a value: its text, and nodeBytes for each value in
	// it.
	MaxValue = 1 << 20
	// MaxTotal is the most bytes that all expressions together may make. The largest
	// scenario of the library makes a hundredth of it.
	MaxTotal = 16 << 20
	// maxTime is how long all expressions together may take. It counts once half of
	// MaxTotal is used, so that what is written by hand does not fail on a busy
	// machine.
	maxTime = 3 * time.Second
)

const (
	nodeBytes = 64
	// blockBytes is what a block costs that is made for an element of for_each.
	blockBytes = 1 << 10
	// problemBytes is what a diagnostic costs, and maxProblems how many of one
	// expression are kept: a loop can report the same in each turn.
	problemBytes = 512
	maxProblems  = 100
)

// Budget is what expressions may cost that are evaluated together. When it is used up,
// every expression is an unknown value from then on.
type Budget struct {
	left    int
	timer   *time.Timer
	late    atomic.Bool
	problem *hcl.Diagnostic // where it is used up
}

// NewBudget returns a budget of which nothing is used, without a limit of time.
func NewBudget() *Budget { return &Budget{left: MaxTotal} }

// Begin gives the whole budget anew, and time, for expressions that have nothing to do
// with those before; one that was used up stays so. End must be called after it.
func (b *Budget) Begin() {
	b.End()
	b.left = MaxTotal
	b.late.Store(false)
	b.timer = time.AfterFunc(maxTime, func() { b.late.Store(true) })
}

// End stops the time, if it runs. Afterwards expressions can still be evaluated.
func (b *Budget) End() {
	if b.timer != nil {
		b.timer.Stop()
	}
}

// Problem tells by which expression the budget was used up; nil if it was not. It is no
// diagnostic of the expression itself, as a condition may have dropped that.
func (b *Budget) Problem() *hcl.Diagnostic { return b.problem }

// Bind has the expressions of a body evaluated within the budget from then on. The body
// is changed; what is asked of it without evaluating stays as it was.
func (b *Budget) Bind(body *hclsyntax.Body) {
	b.bind(body, "")
}

func (b *Budget) bind(body *hclsyntax.Body, block string) {
	for _, attr := range body.Attributes {
		bound := b.Expression(attr.Expr)
		bound.makesBlocks = block == "dynamic" && attr.Name == "for_each"
		attr.Expr = bound
	}
	for _, block := range body.Blocks {
		b.bind(block.Body, block.Type)
	}
}

// Expression returns an expression that is evaluated within the budget.
func (b *Budget) Expression(expr hclsyntax.Expression) *Expression {
	return &Expression{Expression: expr, budget: b}
}

// Repeating returns an expression that is evaluated within the budget, and of whose value
// each element makes a block, which costs something too.
func (b *Budget) Repeating(expr hclsyntax.Expression) *Expression {
	return &Expression{Expression: expr, budget: b, makesBlocks: true}
}

// Expression is an expression that is evaluated within a budget.
type Expression struct {
	hclsyntax.Expression
	budget      *Budget
	makesBlocks bool // one for each element
}

// UnwrapExpression returns the expression as it was written, to those who ask what kind
// of expression it is.
func (e *Expression) UnwrapExpression() hcl.Expression { return e.Expression }

// Value evaluates as HCL does, or reports that the value would be too large. Where the
// budget is used up, the value is unknown.
func (e *Expression) Value(ctx *hcl.EvalContext) (cty.Value, hcl.Diagnostics) {
	got, problems := e.budget.value(e.Expression, ctx)
	if e.makesBlocks && iterable(got) && !e.budget.spend(times(got.LengthInt(), blockBytes), e.Expression) {
		return cty.DynamicVal, problems
	}
	return got, problems
}

// spend takes bytes off the budget. It returns false where the budget is used up.
func (b *Budget) spend(bytes int, on hcl.Expression) bool {
	b.left -= min(bytes, MaxTotal+1)
	switch {
	case b.problem != nil:
	case b.left < 0:
		b.problem = tooMuch(on, fmt.Sprintf("The expressions of a scenario may make values of %d MiB in all, and this one goes beyond that", MaxTotal>>20))
	case b.left < MaxTotal/2 && b.late.Load():
		b.problem = tooMuch(on, fmt.Sprintf("The expressions of a scenario may take %.0f s in all, and this one was being evaluated then", maxTime.Seconds()))
	}
	return b.problem == nil
}

func tooMuch(on hcl.Expression, why string) *hcl.Diagnostic {
	return &hcl.Diagnostic{
		Severity: hcl.DiagError, Summary: "Too much to evaluate", Subject: on.Range().Ptr(),
		Detail: why + ". Nothing more is evaluated. Repeat less: a loop in a loop, or a text that is joined with itself, soon grows large.",
	}
}

func tooLarge(on hcl.Expression) *hcl.Diagnostic {
	return &hcl.Diagnostic{
		Severity: hcl.DiagError, Summary: "Value too large", Subject: on.Range().Ptr(),
		Detail: fmt.Sprintf("The value of this expression would have more than %d bytes, which is the most that a value may have: its text, and %d bytes for each value in it.", MaxValue, nodeBytes),
	}
}
