package functions

import (
	"strings"
	"sync"

	"github.com/hashicorp/hcl/v2/ext/tryfunc"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"
	"github.com/zclconf/go-cty/cty/function/stdlib"

	"github.com/ringer-lab/ringer/emulation/bounded"
)

// Function is a function that expressions can call.
type Function struct {
	Name  string
	Group string // what it is for, as a heading
	// Doc says in Markdown what it returns.
	Doc string
	// Example is an expression, and Result one of the same value.
	Example, Result string

	function function.Function
}

// The groups of functions.
const (
	ofStrings     = "Strings"
	ofNumbers     = "Numbers"
	ofCollections = "Lists, sets and maps"
	ofTypes       = "Types, and what may fail"
)

// All returns all functions, those of a group together. They are those that
// Terraform users know and that need nothing from outside: none reads a file, the clock
// or the environment, so a scenario always reads the same.
var All = sync.OnceValue(func() []Function {
	return []Function{
		{"chomp", ofStrings, "The string without line breaks at its end.", `chomp("a\n")`, `"a"`, stdlib.ChompFunc},
		{"endswith", ofStrings, "Whether a string ends with a text.", `endswith("page.aspx", ".aspx")`, `true`, stringTest(strings.HasSuffix)},
		{"format", ofStrings, "A string built as by `printf`: `%s` is a string, `%d` a whole number, `%02d` one of two digits, `%q` a quoted string.", `format("host-%02d", 7)`, `"host-07"`, stdlib.FormatFunc},
		{"formatlist", ofStrings, "`format` for each element of a list.", `formatlist("%s.aspx", ["a", "b"])`, `["a.aspx", "b.aspx"]`, stdlib.FormatListFunc},
		{"indent", ofStrings, "The string with that many spaces after each line break.", `indent(2, "a\nb")`, `"a\n  b"`, stdlib.IndentFunc},
		{"join", ofStrings, "The elements of a list in one string, with a separator between them.", `join(", ", ["a", "b"])`, `"a, b"`, stdlib.JoinFunc},
		{"jsondecode", ofStrings, "The value that a JSON text stands for.", `jsondecode("{\"a\": 1}").a`, `1`, stdlib.JSONDecodeFunc},
		{"jsonencode", ofStrings, "A value as JSON text.", `jsonencode({ a = 1 })`, `"{\"a\":1}"`, stdlib.JSONEncodeFunc},
		{"lower", ofStrings, "The string in lower case.", `lower("MAIL01")`, `"mail01"`, stdlib.LowerFunc},
		{"regex", ofStrings, "The first match of a regular expression (RE2), or what its groups matched: a list, or an object if they have names. It is an error if nothing matches.", `regex("[0-9]+", "MAIL01")`, `"01"`, stdlib.RegexFunc},
		{"regexall", ofStrings, "A list of all matches; empty if nothing matches.", `regexall("[0-9]", "a1b2")`, `["1", "2"]`, stdlib.RegexAllFunc},
		{"replace", ofStrings, "The string with each occurrence of a text replaced. Unlike in Terraform, the text is never a regular expression.", `replace("a.b.c", ".", "-")`, `"a-b-c"`, stdlib.ReplaceFunc},
		{"split", ofStrings, "A list of the parts of a string between separators.", `split(",", "a,b")`, `["a", "b"]`, stdlib.SplitFunc},
		{"startswith", ofStrings, "Whether a string begins with a text.", `startswith("srv-mail", "srv-")`, `true`, stringTest(strings.HasPrefix)},
		{"strcontains", ofStrings, "Whether a text is in a string.", `strcontains("workstation", "sta")`, `true`, stringTest(strings.Contains)},
		{"strlen", ofStrings, "The number of characters of a string.", `strlen("mail")`, `4`, stdlib.StrlenFunc},
		{"strrev", ofStrings, "The string backwards.", `strrev("abc")`, `"cba"`, stdlib.ReverseFunc},
		{"substr", ofStrings, "The part of a string from an offset, counted from 0, and of a length; -1 is all that follows.", `substr("workstation", 4, 3)`, `"sta"`, stdlib.SubstrFunc},
		{"title", ofStrings, "The string with each word's first letter in upper case.", `title("call records")`, `"Call Records"`, stdlib.TitleFunc},
		{"trim", ofStrings, "The string without any of some characters at its beginning and end.", `trim("--a-b--", "-")`, `"a-b"`, stdlib.TrimFunc},
		{"trimprefix", ofStrings, "The string without a text at its beginning.", `trimprefix("srv-mail", "srv-")`, `"mail"`, stdlib.TrimPrefixFunc},
		{"trimspace", ofStrings, "The string without blanks and line breaks at its beginning and end.", `trimspace("  a ")`, `"a"`, stdlib.TrimSpaceFunc},
		{"trimsuffix", ofStrings, "The string without a text at its end.", `trimsuffix("page.aspx", ".aspx")`, `"page"`, stdlib.TrimSuffixFunc},
		{"upper", ofStrings, "The string in upper case.", `upper("mail")`, `"MAIL"`, stdlib.UpperFunc},

		{"abs", ofNumbers, "The number without its sign.", `abs(-3)`, `3`, stdlib.AbsoluteFunc},
		{"ceil", ofNumbers, "The least whole number that is not less.", `ceil(1.2)`, `2`, stdlib.CeilFunc},
		{"floor", ofNumbers, "The largest whole number that is not more.", `floor(1.8)`, `1`, stdlib.FloorFunc},
		{"max", ofNumbers, "The largest of some numbers.", `max(1, 3, 2)`, `3`, stdlib.MaxFunc},
		{"min", ofNumbers, "The least of some numbers.", `min(1, 3, 2)`, `1`, stdlib.MinFunc},
		{"parseint", ofNumbers, "The whole number that a string stands for, in a base from 2 to 62.", `parseint("ff", 16)`, `255`, stdlib.ParseIntFunc},
		{"range", ofNumbers, "A list of numbers: from 0 to before an end, or from a start to before an end, by steps of 1 or as given.", `range(1, 7, 2)`, `[1, 3, 5]`, stdlib.RangeFunc},

		{"alltrue", ofCollections, "Whether all elements of a list are true.", `alltrue([true, false])`, `false`, truthFunction(false)},
		{"anytrue", ofCollections, "Whether an element of a list is true.", `anytrue([true, false])`, `true`, truthFunction(true)},
		{"chunklist", ofCollections, "The list cut into lists of at most that many elements.", `chunklist(["a", "b", "c"], 2)`, `[["a", "b"], ["c"]]`, stdlib.ChunklistFunc},
		{"compact", ofCollections, "The list of strings without those that are empty or null.", `compact(["a", "", "b"])`, `["a", "b"]`, stdlib.CompactFunc},
		{"concat", ofCollections, "One list of the elements of several.", `concat(["a"], ["b", "c"])`, `["a", "b", "c"]`, stdlib.ConcatFunc},
		{"contains", ofCollections, "Whether a list or set has an element.", `contains(["a", "b"], "b")`, `true`, stdlib.ContainsFunc},
		{"distinct", ofCollections, "The list with each element once.", `distinct(["a", "b", "a"])`, `["a", "b"]`, stdlib.DistinctFunc},
		{"element", ofCollections, "The element of a list at a position, counted from 0 and again from the beginning after the end.", `element(["a", "b"], 3)`, `"b"`, stdlib.ElementFunc},
		{"flatten", ofCollections, "One list of the elements of lists in a list.", `flatten([["a"], ["b", ["c"]]])`, `["a", "b", "c"]`, stdlib.FlattenFunc},
		{"index", ofCollections, "The element with a key or at a position, as in brackets. Unlike in Terraform, it does not search for an element.", `index(["a", "b"], 1)`, `"b"`, stdlib.IndexFunc},
		{"keys", ofCollections, "The keys of a map or object, sorted.", `keys({ b = 1, a = 2 })`, `["a", "b"]`, stdlib.KeysFunc},
		{"length", ofCollections, "The number of elements. Unlike in Terraform, that of a string is `strlen`.", `length(["a", "b"])`, `2`, stdlib.LengthFunc},
		{"lookup", ofCollections, "The element of a map with a key, or a default.", `lookup({ a = "x" }, "b", "none")`, `"none"`, stdlib.LookupFunc},
		{"merge", ofCollections, "One map or object of several; of two elements with the same key the last counts.", `merge({ a = 1 }, { a = 2, b = 3 })`, `{ a = 2, b = 3 }`, stdlib.MergeFunc},
		{"reverse", ofCollections, "The list backwards.", `reverse(["a", "b"])`, `["b", "a"]`, stdlib.ReverseListFunc},
		{"setproduct", ofCollections, "Each combination of an element of each of several lists or sets.", `setproduct(["a", "b"], ["c"])`, `[["a", "c"], ["b", "c"]]`, stdlib.SetProductFunc},
		{"setunion", ofCollections, "A set of all elements of several.", `setunion(["a"], ["a", "b"])`, `toset(["a", "b"])`, stdlib.SetUnionFunc},
		{"slice", ofCollections, "The elements of a list from a position to before another.", `slice(["a", "b", "c"], 1, 3)`, `["b", "c"]`, stdlib.SliceFunc},
		{"sort", ofCollections, "The list of strings in order.", `sort(["b", "a"])`, `["a", "b"]`, stdlib.SortFunc},
		{"values", ofCollections, "The elements of a map or object, in the order of their keys.", `values({ b = 1, a = 2 })`, `[2, 1]`, stdlib.ValuesFunc},
		{"zipmap", ofCollections, "A map of a list of keys and a list of elements.", `zipmap(["a", "b"], [1, 2])`, `{ a = 1, b = 2 }`, stdlib.ZipmapFunc},

		{"can", ofTypes, "Whether an expression can be evaluated.", `can(regex("x", "a"))`, `false`, tryfunc.CanFunc},
		{"coalesce", ofTypes, "The first of some values that is not null.", `coalesce(null, "a")`, `"a"`, stdlib.CoalesceFunc},
		{"tobool", ofTypes, "The string `\"true\"` or `\"false\"` as a bool.", `tobool("true")`, `true`, stdlib.MakeToFunc(cty.Bool)},
		{"tolist", ofTypes, "A list of the elements of a set or list.", `tolist(toset(["b", "a", "b"]))`, `["a", "b"]`, stdlib.MakeToFunc(cty.List(cty.DynamicPseudoType))},
		{"tomap", ofTypes, "An object as a map, whose elements all have one type.", `tomap({ a = 1 })["a"]`, `1`, stdlib.MakeToFunc(cty.Map(cty.DynamicPseudoType))},
		{"tonumber", ofTypes, "A string as a number.", `tonumber("5") + 1`, `6`, stdlib.MakeToFunc(cty.Number)},
		{"toset", ofTypes, "A set: each element once, in no order but its own.", `length(toset(["a", "b", "a"]))`, `2`, stdlib.MakeToFunc(cty.Set(cty.DynamicPseudoType))},
		{"tostring", ofTypes, "A number or bool as a string.", `tostring(5)`, `"5"`, stdlib.MakeToFunc(cty.String)},
		{"try", ofTypes, "The first of some expressions that can be evaluated.", `try({ a = 1 }.b, "none")`, `"none"`, tryfunc.TryFunc},
	}
})

// Table returns all functions by name, as an expression finds them.
var Table = sync.OnceValue(func() map[string]function.Function {
	all := map[string]function.Function{}
	for _, f := range All() {
		if !bounded.Known(f.Name) {
			panic("functions: nobody knows what the function " + f.Name + " costs")
		}
		all[f.Name] = f.function
	}
	return all
})

func stringTest(is func(text, part string) bool) function.Function {
	return function.New(&function.Spec{
		Params: []function.Parameter{{Name: "text", Type: cty.String}, {Name: "part", Type: cty.String}},
		Type:   function.StaticReturnType(cty.Bool),
		Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
			return cty.BoolVal(is(args[0].AsString(), args[1].AsString())), nil
		},
	})
}

// truthFunction is that one of a list is true, or that all are.
func truthFunction(one bool) function.Function {
	return function.New(&function.Spec{
		Params: []function.Parameter{{Name: "list", Type: cty.List(cty.Bool)}},
		Type:   function.StaticReturnType(cty.Bool),
		Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
			if !args[0].IsWhollyKnown() {
				return cty.UnknownVal(cty.Bool), nil
			}
			for it := args[0].ElementIterator(); it.Next(); {
				if _, element := it.Element(); !element.IsNull() && element.True() == one {
					return cty.BoolVal(one), nil
				}
			}
			return cty.BoolVal(!one), nil
		},
	})
}
