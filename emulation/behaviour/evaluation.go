package behaviour

import (
	"fmt"
	"iter"
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"github.com/ringer-lab/ringer/emulation/argument"
	"github.com/ringer-lab/ringer/emulation/bounded"
	"github.com/ringer-lab/ringer/emulation/diagnostic"
	"github.com/ringer-lab/ringer/emulation/effect"
)

// evaluation evaluates blocks. What is wrong is reported, and what depends on it is
// left out.
type evaluation struct {
	diagnostic.Reporter
	library  *Library
	platform effect.Platform
	// root is what every expression of the library may refer to, and everywhere what those
	// of every library may, besides that; nil is nothing.
	root, everywhere *hcl.EvalContext
	// budget is of all expressions together; nil before the first.
	budget *bounded.Budget
}

// within does something with what another library's blocks can name.
func (e *evaluation) within(other *Library, do func()) {
	outer := e.library
	e.library = other
	do()
	e.library = outer
}

// rootOf is what every expression of a library may refer to.
func (e *evaluation) rootOf(l *Library) *hcl.EvalContext {
	root := l.root.NewChild()
	if e.everywhere != nil {
		root.Variables, root.Functions = e.everywhere.Variables, e.everywhere.Functions
	}
	return root
}

// instance is a block, or one of those that `for_each` or `dynamic` makes of it.
type instance struct {
	of      *Block
	block   *hcl.Block
	content *hcl.BodyContent
	ctx     *hcl.EvalContext
}

// read is a block's inside as a kind of block.
type read struct {
	body hcl.Body
	as   *Block
}

// content reads a block's inside and reports what may not be there.
func (e *evaluation) content(body hcl.Body, of *Block) *hcl.BodyContent {
	if of.Any {
		attributes, problems := body.JustAttributes()
		e.Report(problems...)
		return &hcl.BodyContent{Attributes: attributes}
	}
	// A block is read whenever it is planned. What is wrong in it is told once.
	key := read{body, of}
	if known, ok := e.library.contents.Load(key); ok {
		return known.(*hcl.BodyContent)
	}
	schema := of.schema()
	content, problems := body.Content(schema)
	e.library.contents.Store(key, content)
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

// each yields the blocks, as often as `when`, `for_each` and `dynamic` say.
func (e *evaluation) each(blocks hcl.Blocks, inside *Block, ctx *hcl.EvalContext) iter.Seq[instance] {
	return func(yield func(instance) bool) {
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
			if of := inside.find(block.Type); of != nil && !e.eachOf(block, of, ctx, yield) {
				return
			}
		}
	}
}

// eachOf yields one block, as often as its `when` and `for_each` say.
func (e *evaluation) eachOf(block *hcl.Block, of *Block, ctx *hcl.EvalContext, yield func(instance) bool) bool {
	one := instance{of: of, block: block, content: e.content(block.Body, of), ctx: ctx}
	over := one.content.Attributes["for_each"]
	if over == nil {
		return !e.when(one) || yield(one)
	}
	for element := range e.elements(over, ctx) {
		one.ctx = ctx.NewChild()
		one.ctx.Variables = map[string]cty.Value{"each": element}
		if e.when(one) && !yield(one) {
			return false
		}
	}
	return true
}

func (e *evaluation) when(one instance) bool {
	attr := one.content.Attributes["when"]
	if attr == nil {
		return true
	}
	value, ok := e.attribute(attr, argument.Argument{Name: "when", Type: "bool"}, one.ctx)
	return ok && value == true
}

// maxElements is how many elements for_each may have.
const maxElements = 1000

// elements yields the elements of a list, set or object as objects of key and value.
func (e *evaluation) elements(attr *hcl.Attribute, ctx *hcl.EvalContext) iter.Seq[cty.Value] {
	return func(yield func(cty.Value) bool) {
		over, ok := e.evaluate(attr, ctx)
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

var (
	dynamicSchema = &hcl.BodySchema{
		Attributes: []hcl.AttributeSchema{{Name: "for_each", Required: true}, {Name: "iterator"}},
		Blocks:     []hcl.BlockHeaderSchema{{Type: "content"}},
	}
)

// eachDynamic yields the blocks that a block `dynamic` makes.
func (e *evaluation) eachDynamic(block *hcl.Block, inside *Block, ctx *hcl.EvalContext, yield func(instance) bool) bool {
	kind := block.Labels[0]
	of := inside.find(kind)
	content, problems := block.Body.Content(dynamicSchema)
	e.Report(problems...)
	if problems.HasErrors() {
		return true
	}
	if of == nil || !of.Repeats || len(content.Blocks) != 1 {
		e.Errorf(diagnostic.AtBlock(block), "Invalid dynamic block", "It must name a block that may be repeated here, and have one block \"content\".")
		return true
	}
	iterator := kind
	if attr := content.Attributes["iterator"]; attr != nil {
		iterator = hcl.ExprAsKeyword(attr.Expr)
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

// fill sets the fields of a struct, which declare a block's attributes. It returns
// false if one of them is wrong or missing.
func (e *evaluation) fill(into any, one instance) bool {
	before := e.ErrorCount()
	given := e.attributes(one.content, one.of.Attributes, one.ctx)
	for _, argument := range one.of.Attributes {
		if attr := one.content.Attributes[argument.Name]; argument.Required && attr == nil {
			e.missing(one.block, argument)
		}
	}
	if e.ErrorCount() != before {
		return false
	}
	argument.Fill(into, one.of.Attributes, given)
	return true
}

// missing reports an attribute that a block must have.
func (e *evaluation) missing(block *hcl.Block, what argument.Argument) {
	e.Errorf(diagnostic.AtBlock(block), "Missing attribute", "This %s must have %q: %s.", block.Type, what.Name, what.Doc)
}

// attributes are the values of the attributes that are there and not null.
func (e *evaluation) attributes(content *hcl.BodyContent, declared []argument.Argument, ctx *hcl.EvalContext) map[string]any {
	given := map[string]any{}
	for _, argument := range declared {
		attr := content.Attributes[argument.Name]
		if attr == nil || argument.Type == "reference" {
			continue
		}
		if value, ok := e.attribute(attr, argument, ctx); ok {
			given[argument.Name] = value
		}
	}
	return given
}

// attribute is one value, converted and checked. ok is false if it is null, or an
// error was reported.
func (e *evaluation) attribute(attr *hcl.Attribute, declared argument.Argument, ctx *hcl.EvalContext) (value any, ok bool) {
	if word := hcl.ExprAsKeyword(attr.Expr); declared.OneOf != nil && declared.Type == "string" && slices.Contains(declared.OneOf, word) {
		return word, true
	}
	got, ok := e.evaluate(attr, ctx)
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
	if problem := declared.CheckOn(e.platform, value); problem != "" {
		e.Errorf(diagnostic.AtValue(attr), "Invalid value", "%q: %s.", declared.Name, problem)
		return nil, false
	}
	return value, true
}

// written is an attribute's expression, without the budget of the scenario that it is in.
func written(attr *hcl.Attribute) hclsyntax.Expression {
	if bound, ok := attr.Expr.(*bounded.Expression); ok {
		return bound.Expression
	}
	return attr.Expr.(hclsyntax.Expression)
}

// evaluate is the value of an expression. ok is false if an error was reported.
func (e *evaluation) evaluate(attr *hcl.Attribute, ctx *hcl.EvalContext) (got cty.Value, ok bool) {
	if e.budget == nil {
		e.budget = bounded.NewBudget()
	}
	before := e.budget.Problem()
	bound := e.budget.Expression(written(attr))
	if attr.Name == "for_each" {
		bound = e.budget.Repeating(written(attr))
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

// locals evaluates values by name, each after those that it refers to, and returns
// them with those that are there already.
func (e *evaluation) locals(attributes []hcl.Attributes, ctx *hcl.EvalContext, known map[string]cty.Value) map[string]cty.Value {
	l := &locals{evaluation: e, ctx: ctx.NewChild(), pending: map[string]*hcl.Attribute{}, values: maps.Clone(known)}
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
	*evaluation
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
	if value, ok := l.evaluate(attr, l.ctx); ok {
		l.values[name] = value
	}
}

// named are the locals that a reference is to; `local` alone is to all.
func (l *locals) named(path hcl.Traversal) []string {
	if len(path) > 1 {
		if second, ok := path[1].(hcl.TraverseAttr); ok {
			return []string{second.Name}
		}
	}
	return slices.Concat(slices.Collect(maps.Keys(l.pending)), slices.Collect(maps.Keys(l.values)))
}
