package bounded_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/ext/dynblock"
	"github.com/hashicorp/hcl/v2/ext/tryfunc"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"
	"github.com/zclconf/go-cty/cty/function/stdlib"

	"github.com/ringer-lab/ringer/emulation/bounded"
)

// scope is what the expressions of these tests refer to.
func scope() *hcl.EvalContext {
	return &hcl.EvalContext{
		Functions: map[string]function.Function{
			"can": tryfunc.CanFunc, "try": tryfunc.TryFunc, "join": stdlib.JoinFunc, "range": stdlib.RangeFunc, "upper": stdlib.UpperFunc,
			"format": stdlib.FormatFunc, "formatlist": stdlib.FormatListFunc, "indent": stdlib.IndentFunc, "distinct": stdlib.DistinctFunc,
			"flatten": stdlib.FlattenFunc, "setunion": stdlib.SetUnionFunc, "replace": stdlib.ReplaceFunc, "split": stdlib.SplitFunc,
			"trim": stdlib.TrimFunc, "jsondecode": stdlib.JSONDecodeFunc, "jsonencode": stdlib.JSONEncodeFunc, "regexall": stdlib.RegexAllFunc,
			"parseint": stdlib.ParseIntFunc, "length": stdlib.LengthFunc, "max": stdlib.MaxFunc, "concat": stdlib.ConcatFunc,
			"tolist": stdlib.MakeToFunc(cty.List(cty.DynamicPseudoType)), "tonumber": stdlib.MakeToFunc(cty.Number), "coalesce": stdlib.CoalesceFunc,
		},
		Variables: map[string]cty.Value{
			"word": cty.StringVal("mail"), "none": cty.NullVal(cty.String), "later": cty.DynamicVal, "number": cty.NumberIntVal(7),
			"kilobyte": cty.StringVal(strings.Repeat("0123456789abcdef", 64)), "digits": cty.StringVal(strings.Repeat("9", 100_000)),
			"list":   cty.ListVal([]cty.Value{cty.StringVal("a"), cty.StringVal("b")}),
			"object": cty.ObjectVal(map[string]cty.Value{"name": cty.StringVal("n"), "inner": cty.ObjectVal(map[string]cty.Value{"x": cty.True})}),
			"rows": cty.TupleVal([]cty.Value{
				cty.ObjectVal(map[string]cty.Value{"id": cty.NumberIntVal(1), "tags": cty.ListVal([]cty.Value{cty.StringVal("t")})}),
				cty.ObjectVal(map[string]cty.Value{"id": cty.NumberIntVal(2), "tags": cty.ListValEmpty(cty.String)}),
			}),
		},
	}
}

func parse(t *testing.T, text string) hclsyntax.Expression {
	t.Helper()
	expr, problems := hclsyntax.ParseExpression([]byte(text), "test.hcl", hcl.InitialPos)
	require.False(t, problems.HasErrors(), "%s: %s", text, problems)
	return expr
}

// shown is all that a diagnostic tells.
func shown(problems hcl.Diagnostics) []string {
	var all []string
	for _, problem := range problems {
		said := fmt.Sprintf("%s: %s at %s", problem.Summary, problem.Detail, problem.Subject)
		if problem.Expression != nil {
			said += fmt.Sprintf(" of %T %s", problem.Expression, problem.Expression.Range())
		}
		all = append(all, said)
	}
	return all
}

// What is affordable is evaluated as HCL does, with the same diagnostics.
func TestValuesAndProblemsAreHCLsOwn(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		`1`, `-number`, `!true`, `(1 + 2) * 3 - 4 / 5 % 3`, `"a" == "a" && 1 != 2 || false`, `number > 3 && number <= 7`, `null`, `none`,
		`"literal"`, `"${word}"`, `"${word}-${number}-${true}"`, `"${[word]}"`, `"%{ if number > 3 }big%{ else }small%{ endif }"`,
		`"%{ for x in list }<${x}>%{ endfor }"`, `"%{ for x in later }${x}%{ endfor }"`, "<<EOT\n${word}\n  two\nEOT\n",
		`[1, "a", [true]]`, `{ a = 1, "b" = 2, (word) = 3, "${word}s" = 4 }`, `{ object.name = 1 }`, `{ (none) = 1 }`, `{ (list) = 1 }`, `{ (nowhere) = 1 }`,
		`[for x in list : upper(x)]`, `[for i, x in list : "${i}${x}" if x != "a"]`, `{ for k, v in object : k => v }`, `{ for r in rows : r.id => r.tags... }`,
		`{ for x in ["a", "a"] : x => 1 }`, `[for x in none : x]`, `[for x in number : x]`, `[for x in later : x]`, `[for x in list : x.y]`, `[for x in list : x if none]`,
		`rows[*].id`, `rows.*.id`, `rows[*].tags[0]`, `none[*]`, `word[*]`, `later[*].x`, `number[*].x`, `nowhere[*].x`, `rows[*].nothing`,
		`list[0]`, `list[number]`, `list["0"]`, `object["name"]`, `object[word]`, `rows[0].tags`, `(rows)[0].id`, `object.inner.x`, `{ a = 1 }.b`,
		`true ? 1 : "a"`, `number > 3 ? word : none`, `none == null ? "default" : nowhere`, `true ? [1] : { a = 1 }`, `none ? 1 : 2`, `later ? 1 : 2`, `true ? list : ["c"]`,
		`false && nowhere`, `true || nowhere`, `true && nowhere`, `nowhere && false`, `word + 1`, `1 + later`, `-word`, `1 / 0`,
		`join(",", list)`, `join(",", list...)`, `max([1, 3, 2]...)`, `max(none...)`, `max(number...)`, `upper()`, `upper("a", "b")`, `upper(list)`, `upper(none)`, `lowr("a")`,
		`try(nowhere, 1)`, `try(object.none.x, object.name)`, `can(nowhere)`, `can(word)`, `try(nowhere)`, `range(3)`, `range(2000)`, `format("%02d %s %q", number, word, word)`,
		`formatlist("%s!", list)`, `indent(2, "a\nb")`, `distinct(["a", "b", "a"])`, `setunion(["a"], ["b"])`, `tolist([1, "a"])`, `jsondecode("{\"a\": [1, 2]}").a`, `jsondecode("{")`,
		`jsonencode(rows)`, `regexall("[0-9]", "a1b2")`, `regexall("(", "a")`, `parseint("ff", 16)`, `replace("a.b", ".", "-")`, `split(",", "a,b")`, `trim("--a-", "-")`, `coalesce(none, word)`,
		`nowhere`, `object.nothing`, `word.x`, `later.x`, `list.x`, `tonumber("12")`, `"7" + 1`, `concat(list, ["c"])`, `flatten([[1], [2, [3]]])`, `length(list)`,
	} {
		t.Run(text, func(t *testing.T) {
			t.Parallel()
			want, wrong := parse(t, text).Value(scope())
			budget := bounded.NewBudget()
			defer budget.End()
			got, problems := budget.Expression(parse(t, text)).Value(scope())
			assert.True(t, want.RawEquals(got), "%#v instead of %#v", got, want)
			assert.Equal(t, shown(wrong), shown(problems))
			assert.Nil(t, budget.Problem())
		})
	}
}

// What would take too much is reported, before it is made: each of these would take all
// memory, or minutes.
func TestWhatWouldTakeTooMuchIsReported(t *testing.T) {
	t.Parallel()
	const large, much = "Value too large", "Too much to evaluate"
	doubled := "kilobyte"
	for range 40 {
		doubled = "[for x in [" + doubled + "] : \"${x}${x}\"][0]"
	}
	shared := "x39 == x39"
	for i := 39; i > 0; i-- {
		shared = fmt.Sprintf("[for x%d in [[x%d, x%d]] : %s]", i, i-1, i-1, shared)
	}
	types := "[true ? null : x39]"
	for i := 39; i > 0; i-- {
		types = fmt.Sprintf("[for x%d in [true ? null : [x%d, x%d]] : %s]", i, i-1, i-1, types)
	}
	for _, tt := range []struct{ text, want string }{
		{`indent(1000000000, "\n")`, large},
		{`format("%1000000000d", 1)`, large},
		{`format("%.1000000000f", 1)`, large},
		{`format("%s%[1]s%[1]s", join("", [for x in range(1000) : kilobyte]))`, large},
		{`formatlist("%100000d", range(1024))`, large},
		{`join(kilobyte, [for x in range(1024) : kilobyte])`, large},
		{`join("", [for a in range(1024) : join("", [for b in range(1024) : kilobyte])])`, much},
		{`"` + strings.Repeat("${kilobyte}", 2000) + `"`, large},
		{`"%{ for a in range(1024) }%{ for b in range(1024) }x%{ endfor }%{ endfor }"`, much},
		{`[for a in range(1024) : [for b in range(1024) : [for c in range(1024) : c]]]`, much},
		{`[for a in range(1024) : 1 if length([for b in range(1024) : 1 if false]) > 1]`, much},
		{`false && length([for a in range(1024) : [for b in range(1024) : b]]) > 1`, much},
		{`try([for a in range(1024) : [for b in range(1024) : b]], 1)`, much},
		{`[for a in range(1024) : [for b in range(1024) : b.c]]`, much},
		{`{ for a in range(1024) : a => { for b in range(1024) : "same" => b } }`, much},
		{`distinct(flatten([for a in range(10) : range(1000)]))`, much},
		{`setunion(flatten([for a in range(10) : range(1000)]), [1])`, much},
		{`tolist(flatten([for a in range(10) : [for b in range(1000) : b > 500 ? b : "b"]]))`, much},
		{`coalesce(flatten([for a in range(10) : range(1000)])...)`, much},
		{`true ? flatten([for a in range(10) : range(1000)]) : [true]`, much},
		{`replace(join("", [for x in range(500) : kilobyte]), "", kilobyte)`, large},
		{`split("", join("", [for x in range(500) : kilobyte]))`, large},
		{`trim(digits, digits)`, much},
		{`regexall("(a?){1000}b", join("", [for x in range(500) : kilobyte]))`, much},
		{`regexall("` + strings.Repeat("a{1000}", 1000) + `", "a")`, large},
		{`jsondecode("[${join(",", [for x in range(20) : join(",", range(1024))])}]")`, large},
		{`jsondecode(digits)`, much}, {`tonumber(digits)`, much}, {`parseint(digits, 10)`, much}, {`digits * 1`, much}, {`-digits`, much},
		{`max(digits, 1)`, much}, {`format("%d", digits)`, much}, {`list[digits]`, much},
		{`"${1e100000000}"`, large}, {`1e100000000 % 3`, large}, {`0.1e-100000000 + 1`, large},
		{doubled, large}, {shared, large}, {types, much},
	} {
		t.Run(tt.text[:min(len(tt.text), 60)], func(t *testing.T) {
			t.Parallel()
			budget := bounded.NewBudget()
			defer budget.End()
			ctx := scope()
			ctx.Variables["x0"] = cty.True
			_, problems := budget.Expression(parse(t, tt.text)).Value(ctx)
			if budget.Problem() != nil {
				problems = append(problems, budget.Problem())
			}
			var got []string
			for _, problem := range problems {
				got = append(got, problem.Summary)
				assert.Equal(t, "test.hcl", problem.Subject.Filename)
				assert.NotZero(t, problem.Subject.Start.Line)
			}
			require.NotEmpty(t, got)
			assert.Equal(t, tt.want, got[len(got)-1])
		})
	}
}

func TestAFunctionThatPanicsSaysNoMoreThanThat(t *testing.T) {
	t.Parallel()
	budget := bounded.NewBudget()
	defer budget.End()
	_, problems := budget.Expression(parse(t, `indent(-1, "a\nb")`)).Value(scope())
	require.Len(t, problems, 1)
	assert.Equal(t, `The function "indent" cannot take these values.`, problems[0].Detail)
}

func TestAUsedUpBudgetIsToldOnceAndStaysUsedUp(t *testing.T) {
	t.Parallel()
	budget := bounded.NewBudget()
	defer budget.End()
	endless := parse(t, `[for a in range(1024) : [for b in range(1024) : b]]`)
	got, problems := budget.Expression(endless).Value(scope())
	assert.Empty(t, problems)
	assert.False(t, got.IsKnown())
	first := budget.Problem()
	require.NotNil(t, first)
	budget.Begin()
	got, problems = budget.Expression(parse(t, `word`)).Value(scope())
	assert.Empty(t, problems)
	assert.Equal(t, cty.DynamicVal, got)
	assert.Same(t, first, budget.Problem())
}

func TestBeginGivesTheBudgetAnew(t *testing.T) {
	t.Parallel()
	budget := bounded.NewBudget()
	defer budget.End()
	half := budget.Expression(parse(t, `length([for a in range(12) : [for b in range(1024) : b]])`))
	for range 9 {
		budget.Begin()
		_, problems := half.Value(scope())
		assert.Empty(t, problems)
	}
	assert.Nil(t, budget.Problem())
	for range 10 {
		_, _ = half.Value(scope()) // only the budget is asked
	}
	assert.NotNil(t, budget.Problem())
}

// A body is bound with all that is below it; what asks for the form of an expression
// finds the one that was written.
func TestABodyIsBound(t *testing.T) {
	t.Parallel()
	const text = `
keyword = fires
list    = [word, word]
row {
  endless = [for a in range(1024) : [for b in range(1024) : b]]
}
dynamic "row" {
  for_each = flatten([for a in range(12) : range(1024)])
  content {}
}
`
	file, problems := hclsyntax.ParseConfig([]byte(text), "test.hcl", hcl.InitialPos)
	require.Empty(t, problems)
	budget := bounded.NewBudget()
	defer budget.End()
	budget.Bind(file.Body.(*hclsyntax.Body))
	schema := &hcl.BodySchema{Attributes: []hcl.AttributeSchema{{Name: "keyword"}, {Name: "list"}}, Blocks: []hcl.BlockHeaderSchema{{Type: "row"}}}
	content, problems := file.Body.Content(&hcl.BodySchema{Attributes: schema.Attributes, Blocks: append(schema.Blocks, hcl.BlockHeaderSchema{Type: "dynamic", LabelNames: []string{"type"}})})
	require.Empty(t, problems)
	assert.Equal(t, "fires", hcl.ExprAsKeyword(content.Attributes["keyword"].Expr))
	elements, problems := hcl.ExprList(content.Attributes["list"].Expr)
	assert.Empty(t, problems)
	assert.Len(t, elements, 2)
	assert.Len(t, content.Attributes["list"].Expr.Variables(), 2)
	inner, _ := content.Blocks[0].Body.JustAttributes()
	_, _ = inner["endless"].Expr.Value(scope())
	assert.NotNil(t, budget.Problem())

	// Each block that is made costs as well: a loop in a loop of them has no expression
	// that is large.
	others := bounded.NewBudget()
	defer others.End()
	file, _ = hclsyntax.ParseConfig([]byte(text), "test.hcl", hcl.InitialPos)
	others.Bind(file.Body.(*hclsyntax.Body))
	for range 2 {
		_, _ = dynblock.Expand(file.Body, scope()).Content(schema)
	}
	require.NotNil(t, others.Problem())
	assert.Equal(t, 8, others.Problem().Subject.Start.Line)
}

// FuzzValue asks of any expression: it ends, and its value is no larger than allowed.
func FuzzValue(f *testing.F) {
	for _, text := range []string{
		`[for a in range(1024) : [for b in range(1024) : indent(1000, "\n")]]`, `"%{ for x in list }${x}%{ endfor }"`, `rows[*].tags[0]`,
		`{ for k, v in object : k => v... }`, `try(format("%100d", number), "${word}")`, `1e1000 * 2`, `[kilobyte, [kilobyte]][*][0]`,
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 2000 || strings.Count(text, "[")+strings.Count(text, "(")+strings.Count(text, "{") > 100 {
			t.Skip("the parser is not asked to take that")
		}
		expr, problems := hclsyntax.ParseExpression([]byte(text), "test.hcl", hcl.InitialPos)
		if problems.HasErrors() {
			t.Skip("no expression")
		}
		budget := bounded.NewBudget()
		defer budget.End()
		got, _ := budget.Expression(expr).Value(scope())
		if got.IsWhollyKnown() && !got.IsNull() && got.Type() == cty.String {
			require.LessOrEqual(t, len(got.AsString()), bounded.MaxValue)
		}
	})
}
