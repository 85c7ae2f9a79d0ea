package block

import (
	"fmt"
	"iter"
	"slices"
	"strings"
	"sync"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"github.com/ringer-lab/ringer/emulation/argument"
	"github.com/ringer-lab/ringer/emulation/bounded"
	"github.com/ringer-lab/ringer/emulation/diagnostic"
	"github.com/ringer-lab/ringer/emulation/effect"
)

// Evaluator evaluates blocks. What is wrong is reported, and what depends on it is left
// out. All of its expressions together are within one budget ([bounded.Budget]).
type Evaluator struct {
	diagnostic.Reporter
	// Platform is that of the hosts which the blocks are for; it says what a path may be.
	Platform effect.Platform
	// Read are the blocks that were read already; it outlives the evaluator, so that what
	// is wrong in a block is told once.
	Read *Cache

	budget *bounded.Budget // nil before the first expression
}

// Cache has what stands in blocks that were read. The zero value is empty.
type Cache struct{ contents sync.Map }

// Begin gives the evaluator a whole budget, and a time. What it returns must be called
// after the last expression.
func (e *Evaluator) Begin() (end func()) {
	e.budget = bounded.NewBudget()
	e.budget.Begin()
	return e.budget.End
}

// Instance is a block, or one of those that `for_each` or `dynamic` makes of it.
type Instance struct {
	Of      *Block
	Block   *hcl.Block
	Content *hcl.BodyContent
	Ctx     *hcl.EvalContext
}

// read is a block's inside as a kind of block.
type read struct {
	body hcl.Body
	as   *Block
}

// Content reads a block's inside and reports what may not be there.
func (e *Evaluator) Content(body hcl.Body, of *Block) *hcl.BodyContent {
	if of.Any {
		attributes, problems := body.JustAttributes()
		e.Report(problems...)
		return &hcl.BodyContent{Attributes: attributes}
	}
	// A block is read whenever it is planned. What is wrong in it is told once.
	key := read{body, of}
	if known, ok := e.Read.contents.Load(key); ok {
		return known.(*hcl.BodyContent)
	}
	schema := of.schema()
	content, problems := body.Content(schema)
	e.Read.contents.Store(key, content)
	for _, problem := range problems {
		e.Report(explained(problem, schema, content))
	}
	return content
}

// explained is a diagnostic of HCL's that names what may stand there.
func explained(problem *hcl.Diagnostic, schema *hcl.BodySchema, content *hcl.BodyContent) *hcl.Diagnostic {
	if problem.Summary != "Unsupported argument" && problem.Summary != "Unsupported block type" {
		return problem
	}
	detail, _, _ := strings.Cut(problem.Detail, " Did you mean")
	_, from, _ := strings.Cut(detail, `"`)
	name, _, _ := strings.Cut(from, `"`)
	var all []string
	for _, attr := range schema.Attributes {
		if content.Attributes[attr.Name] == nil {
			all = append(all, attr.Name)
		}
	}
	for _, block := range schema.Blocks {
		all = append(all, block.Type)
	}
	hint := "Expected one of: " + strings.Join(all, ", ") + "."
	if near := diagnostic.Nearest(name, all); near != "" {
		hint = fmt.Sprintf("Did you mean %q?", near)
	}
	explained := *problem
	explained.Detail = detail + " " + hint
	return &explained
}

// maxErrors is how many errors are reported before no further block is looked at: a block
// that repeats repeats its mistakes.
const maxErrors = 100

// Each yields the blocks, as often as `when`, `for_each` and `dynamic` say.
func (e *Evaluator) Each(blocks hcl.Blocks, inside *Block, ctx *hcl.EvalContext) iter.Seq[Instance] {
	return func(yield func(Instance) bool) {
		for _, block := range blocks {
			if e.ErrorCount() > maxErrors {
				return
			}
			if block.Type == "dynamic" {
				if !e.eachDynamic(block, inside, ctx, yield) {
					return
				}
				continue
			}
			// A template has blocks of other kinds as well.
			if of := inside.Find(block.Type); of != nil && !e.eachOf(block, of, ctx, yield) {
				return
			}
		}
	}
}

// eachOf yields one block, as often as its `when` and `for_each` say.
func (e *Evaluator) eachOf(block *hcl.Block, of *Block, ctx *hcl.EvalContext, yield func(Instance) bool) bool {
	one := Instance{Of: of, Block: block, Content: e.Content(block.Body, of), Ctx: ctx}
	over := one.Content.Attributes["for_each"]
	if over == nil {
		return !e.when(one) || yield(one)
	}
	for element := range e.elements(over, ctx) {
		one.Ctx = ctx.NewChild()
		one.Ctx.Variables = map[string]cty.Value{"each": element}
		if e.when(one) && !yield(one) {
			return false
		}
	}
	return true
}

func (e *Evaluator) when(one Instance) bool {
	attr := one.Content.Attributes["when"]
	if attr == nil {
		return true
	}
	value, ok := e.Attribute(attr, argument.Argument{Name: "when", Type: "bool"}, one.Ctx)
	return ok && value == true
}

// maxElements is how many elements for_each may have.
const maxElements = 1000

// elements yields the elements of a list, set or object as objects of key and value.
func (e *Evaluator) elements(attr *hcl.Attribute, ctx *hcl.EvalContext) iter.Seq[cty.Value] {
	return func(yield func(cty.Value) bool) {
		over, ok := e.Evaluate(attr, ctx)
		switch {
		case !ok:
			return
		case over.IsNull() || !over.CanIterateElements():
			e.Errorf(diagnostic.AtValue(attr), "Wrong type", "%q is %s; expected a list, a set or an object.", attr.Name, argument.TypeName(over))
			return
		case over.LengthInt() > maxElements:
			e.Errorf(diagnostic.AtValue(attr), "Too many elements", "%q has %d elements; at most %d are allowed.", attr.Name, over.LengthInt(), maxElements)
			return
		}
		Elements(over)(yield)
	}
}

// Elements yields the elements of a value that has some as objects of key and value.
func Elements(over cty.Value) iter.Seq[cty.Value] {
	return func(yield func(cty.Value) bool) {
		for it := over.ElementIterator(); it.Next(); {
			key, value := it.Element()
			if over.Type().IsSetType() {
				key = value
			}
			if !yield(cty.ObjectVal(map[string]cty.Value{"key": key, "value": value})) {
				return
			}
		}
	}
}

var dynamicSchema = &hcl.BodySchema{
	Attributes: []hcl.AttributeSchema{{Name: "for_each", Required: true}, {Name: "iterator"}},
	Blocks:     []hcl.BlockHeaderSchema{{Type: "content"}},
}

// Dynamic reads what a block `dynamic` has, and by which name its blocks refer to the
// current element. ok is false if an error was reported.
func (e *Evaluator) Dynamic(block *hcl.Block) (content *hcl.BodyContent, iterator string, ok bool) {
	content, problems := block.Body.Content(dynamicSchema)
	e.Report(problems...)
	iterator = block.Labels[0]
	if attr := content.Attributes["iterator"]; attr != nil {
		iterator = hcl.ExprAsKeyword(attr.Expr)
	}
	return content, iterator, !problems.HasErrors()
}

// eachDynamic yields the blocks that a block `dynamic` makes.
func (e *Evaluator) eachDynamic(block *hcl.Block, inside *Block, ctx *hcl.EvalContext, yield func(Instance) bool) bool {
	kind := block.Labels[0]
	of := inside.Find(kind)
	content, iterator, ok := e.Dynamic(block)
	if !ok {
		return true
	}
	if of == nil || !of.Repeats || len(content.Blocks) != 1 {
		e.Errorf(diagnostic.AtBlock(block), "Invalid dynamic block", "It must name a block that may be repeated here, and have one block \"content\".")
		return true
	}
	inner := *content.Blocks[0]
	inner.Type = kind
	for range of.Labels {
		inner.Labels = append(inner.Labels, kind)
	}
	for element := range e.elements(content.Attributes["for_each"], ctx) {
		child := ctx.NewChild()
		child.Variables = map[string]cty.Value{iterator: element}
		if !e.eachOf(&inner, of, child, yield) {
			return false
		}
	}
	return true
}

// Fill sets the fields of a struct, which declare a block's attributes. It returns
// false if one of them is wrong or missing.
func (e *Evaluator) Fill(into any, one Instance) bool {
	before := e.ErrorCount()
	given := e.Attributes(one.Content, one.Of.Attributes, one.Ctx)
	for _, argument := range one.Of.Attributes {
		if attr := one.Content.Attributes[argument.Name]; argument.Required && attr == nil {
			e.Missing(one.Block, argument)
		}
	}
	if e.ErrorCount() != before {
		return false
	}
	argument.Fill(into, one.Of.Attributes, given)
	return true
}

// Suits reports a block that hosts of the platform do not know. It returns false for one.
func (e *Evaluator) Suits(block *hcl.Block, of *Block) bool {
	if of.Platform == "" || e.Platform == "" || of.Platform == e.Platform {
		return true
	}
	e.Errorf(diagnostic.AtBlock(block), "Wrong platform", "Only a host of platform %s can have a %s; these are of platform %s.", of.Platform, of.Name, e.Platform)
	return false
}

// Missing reports an attribute that a block must have.
func (e *Evaluator) Missing(block *hcl.Block, what argument.Argument) {
	e.Errorf(diagnostic.AtBlock(block), "Missing attribute", "This %s must have %q: %s.", block.Type, what.Name, what.Doc)
}

// Attributes are the values of the attributes that are there and not null.
func (e *Evaluator) Attributes(content *hcl.BodyContent, declared []argument.Argument, ctx *hcl.EvalContext) map[string]any {
	given := map[string]any{}
	for _, argument := range declared {
		attr := content.Attributes[argument.Name]
		if attr == nil || argument.Type == "reference" {
			continue
		}
		if value, ok := e.Attribute(attr, argument, ctx); ok {
			given[argument.Name] = value
		}
	}
	return given
}

// Attribute is one value, converted and checked. ok is false if it is null, or an
// error was reported.
func (e *Evaluator) Attribute(attr *hcl.Attribute, declared argument.Argument, ctx *hcl.EvalContext) (value any, ok bool) {
	if word := hcl.ExprAsKeyword(attr.Expr); declared.OneOf != nil && declared.Type == "string" && slices.Contains(declared.OneOf, word) {
		return word, true
	}
	got, ok := e.Evaluate(attr, ctx)
	if !ok || got.IsNull() {
		if ok && declared.Required {
			e.Errorf(diagnostic.AtValue(attr), "Missing attribute", "%q cannot be null: %s.", declared.Name, declared.Doc)
		}
		return nil, false
	}
	value, problem := declared.Value(declared.Name, got)
	if problem != "" {
		e.Errorf(diagnostic.AtValue(attr), "Wrong type", "%s", problem)
		return nil, false
	}
	if problem := declared.CheckOn(e.Platform, value); problem != "" {
		e.Errorf(diagnostic.AtValue(attr), "Invalid value", "%q: %s.", declared.Name, problem)
		return nil, false
	}
	return value, true
}

// Written is an attribute's expression, without the budget of the scenario that it is in.
func Written(attr *hcl.Attribute) hclsyntax.Expression {
	if bound, ok := attr.Expr.(*bounded.Expression); ok {
		return bound.Expression
	}
	return attr.Expr.(hclsyntax.Expression)
}

// Evaluate is the value of an expression. ok is false if an error was reported.
func (e *Evaluator) Evaluate(attr *hcl.Attribute, ctx *hcl.EvalContext) (got cty.Value, ok bool) {
	if e.budget == nil {
		e.budget = bounded.NewBudget()
	}
	before := e.budget.Problem()
	bound := e.budget.Expression(Written(attr))
	if attr.Name == "for_each" {
		bound = e.budget.Repeating(Written(attr))
	}
	got, problems := bound.Value(ctx)
	if problem := e.budget.Problem(); problem != before {
		problems = append(problems, problem)
	}
	e.Report(problems...)
	if problems.HasErrors() {
		return cty.NilVal, false
	}
	if !got.IsWhollyKnown() {
		e.Spoil() // its cause has been reported
		return cty.NilVal, false
	}
	return got, true
}
