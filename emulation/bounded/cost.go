package bounded

import (
	"math"
	"regexp/syntax"
	"strings"

	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/convert"
)

// cost is what a call of a function would cost with those arguments.
type cost struct {
	// result is the most bytes of the text that it would make, and work about how many
	// bytes it would make or look at on the way.
	result, work int
}

// A function is linear if it makes nothing larger than a few times its arguments, and
// looks at each of their values a few times. pairwise looks at each pair of them: HCL
// does so to find a type that all elements of a list have.
func linear(args []cty.Value) cost {
	return cost{work: total(args).bytes()}
}

// pairBytes is what a pair costs.
const pairBytes = 4

func pairwise(args []cty.Value) cost {
	nodes := total(args).nodes
	return cost{work: times(times(nodes, nodes), pairBytes)}
}

// costs are those of all functions that can be called, by name. Those whose text can
// be far larger than what they are given have a size of their own.
var costs = map[string]func(args []cty.Value) cost{
	"abs": linear, "alltrue": linear, "anytrue": linear, "can": linear, "ceil": linear, "chomp": linear, "chunklist": pairwise, "coalesce": pairwise, "compact": linear,
	"concat": pairwise, "contains": linear, "distinct": pairwise, "element": linear, "endswith": linear, "flatten": linear, "floor": linear,
	"format": formatCost, "formatlist": formatListCost, "indent": indentCost, "index": linear, "join": joinCost,
	"jsondecode": jsonDecodeCost, "jsonencode": linear, "keys": linear, "length": linear, "lookup": linear, "lower": linear,
	"max": linear, "merge": linear, "min": linear, "parseint": numberCost, "range": linear, "regex": regexCost, "regexall": regexCost,
	"replace": replaceCost, "reverse": linear, "setproduct": productCost, "setunion": pairwise, "slice": linear, "sort": linear, "split": splitCost,
	"startswith": linear, "strcontains": linear,
	"strlen": linear, "strrev": linear, "substr": linear, "title": linear, "tobool": linear, "tolist": pairwise, "tomap": pairwise,
	"tonumber": numberCost, "toset": pairwise, "tostring": linear, "trim": trimCost, "trimprefix": linear, "trimspace": linear,
	"trimsuffix": linear, "try": linear, "upper": linear, "values": linear, "zipmap": linear,
}

// Known reports whether it is known what a function costs. Others are taken to make
// nothing large, and to look at each pair of values.
func Known(function string) bool { return costs[function] != nil }

func indentCost(args []cty.Value) cost {
	spaces, text := number(args, 0), text(args, 1)
	return cost{result: plus(len(text), times(spaces, strings.Count(text, "\n")))}
}

// productCost is of a function that makes each combination of elements, with all of their
// texts.
func productCost(args []cty.Value) cost {
	combinations, all := 1, total(args)
	for _, arg := range args {
		if iterable(arg) {
			combinations = times(combinations, arg.LengthInt())
		}
	}
	return cost{result: times(combinations, plus(times(len(args)+1, nodeBytes), longestText(args))), work: pairwise(args).work + all.bytes()}
}

// longestText is the most that the texts of one combination can have.
func longestText(args []cty.Value) int {
	sum := 0
	for _, arg := range args {
		longest := 0
		if iterable(arg) {
			for it := arg.ElementIterator(); it.Next(); {
				_, element := it.Element()
				longest = max(longest, sizeOf(element).bytes())
			}
		}
		sum = plus(sum, longest)
	}
	return sum
}

func joinCost(args []cty.Value) cost {
	separator, all := len(text(args, 0)), total(args)
	return cost{result: plus(all.text, times(separator, all.nodes))}
}

func replaceCost(args []cty.Value) cost {
	in, old, with := text(args, 0), text(args, 1), text(args, 2)
	return cost{result: plus(len(in), times(strings.Count(in, old), len(with)))}
}

func splitCost(args []cty.Value) cost {
	separator, in := text(args, 0), text(args, 1)
	return cost{result: plus(len(in), times(strings.Count(in, separator)+1, nodeBytes))}
}

// trimCost is of a function that looks at each character of the one text for each of
// the other.
func trimCost(args []cty.Value) cost {
	return cost{work: times(len(text(args, 0)), len(text(args, 1)))}
}

// jsonDecodeCost counts what separates values in JSON, and finds its longest number.
func jsonDecodeCost(args []cty.Value) cost {
	in := text(args, 0)
	values, longest, digits := 0, 0, 0
	for i := range len(in) {
		digits++
		switch in[i] {
		case ',', '[', '{', ':':
			values++
			digits = 0
		case '"', ' ', '\n', '\t', '\r', ']', '}':
			digits = 0
		}
		longest = max(longest, digits)
	}
	return cost{result: plus(len(in), times(values, nodeBytes)), work: readNumber(longest)}
}

// readNumber is what it costs to read a number of that many digits.
func readNumber(digits int) int { return times(digits, digits) }

// numberCost is of a function that reads a number.
func numberCost(args []cty.Value) cost { return cost{work: readNumber(len(text(args, 0)))} }

// asNumber is what it costs to take a value for a number: a string is read as one.
func asNumber(value cty.Value) int {
	if value.Type() != cty.String || !value.IsKnown() || value.IsNull() {
		return 0
	}
	value, _ = value.Unmark()
	return readNumber(len(value.AsString()))
}

// maxPattern is the most bytes of a regular expression, whose program can be a thousand
// times as large.
const maxPattern = 4 << 10

// regexCost is of a search, which goes through the text with all places in the
// expression where it may be.
func regexCost(args []cty.Value) cost {
	pattern, in := text(args, 0), text(args, 1)
	if len(pattern) > maxPattern {
		return cost{result: math.MaxInt}
	}
	parsed, err := syntax.Parse(pattern, syntax.Perl)
	if err != nil {
		return cost{} // the function says what is wrong with it
	}
	program, err := syntax.Compile(parsed.Simplify())
	if err != nil {
		return cost{}
	}
	return cost{work: times(len(program.Inst), len(in)+nodeBytes)}
}

func formatCost(args []cty.Value) cost {
	if len(args) == 0 {
		return cost{}
	}
	made := written(text(args, 0), args[1:])
	return cost{result: plus(made.result, len(text(args, 0))), work: made.work}
}

func formatListCost(args []cty.Value) cost {
	if len(args) == 0 {
		return cost{}
	}
	rows := 1
	for _, arg := range args[1:] {
		if iterable(arg) {
			rows = max(rows, arg.LengthInt())
		}
	}
	// A row is taken to have all elements of each list, which is too much by far for a
	// long one: no format of a list needs a tenth of what is allowed.
	made := written(text(args, 0), args[1:])
	return cost{result: times(rows, plus(made.result, nodeBytes)), work: times(rows, made.work)}
}

// written is what the verbs of a format make of arguments: any may name any argument,
// and quoted, a byte becomes six.
func written(format string, args []cty.Value) cost {
	var made cost
	longest, asNumbers, numeric, verbs := 0, 0, false, 0
	for _, verb := range strings.Split(format, "%")[1:] {
		verbs++
		n := 0
		letter := strings.IndexFunc(verb, func(r rune) bool {
			switch {
			case r >= '0' && r <= '9':
				n = plus(times(n, 10), int(r-'0'))
			case strings.ContainsRune("+-# .[]*", r):
				made.result, n = plus(made.result, n), 0
			default:
				return true
			}
			return false
		})
		made.result = plus(made.result, n)
		numeric = numeric || letter >= 0 && strings.ContainsRune("bdoxXeEfFgG", rune(verb[letter]))
	}
	for _, arg := range args {
		longest = max(longest, total([]cty.Value{arg}).bytes())
		asNumbers = plus(asNumbers, asNumber(arg))
	}
	made.result = plus(made.result, times(verbs, times(longest, 6)))
	if numeric {
		made.work = times(verbs, asNumbers)
	}
	return made
}

// total measures arguments together.
func total(args []cty.Value) size {
	var all size
	for _, arg := range args {
		all.add(arg)
	}
	return all
}

// text is an argument as a string, and "" where it is none, or not yet known.
func text(args []cty.Value, i int) string {
	if value, ok := converted(args, i, cty.String); ok {
		return value.AsString()
	}
	return ""
}

// number is an argument as a whole number that is not negative.
func number(args []cty.Value, i int) int {
	value, ok := converted(args, i, cty.Number)
	if !ok {
		return 0
	}
	n, _ := value.AsBigFloat().Int64()
	return int(max(0, n))
}

func converted(args []cty.Value, i int, kind cty.Type) (cty.Value, bool) {
	if i >= len(args) {
		return cty.NilVal, false
	}
	value, _ := args[i].Unmark()
	if !value.Type().IsPrimitiveType() || !value.IsKnown() || value.IsNull() {
		return cty.NilVal, false
	}
	value, err := convert.Convert(value, kind)
	return value, err == nil && value.IsKnown() && !value.IsNull()
}

func iterable(value cty.Value) bool {
	return value.IsKnown() && !value.IsNull() && !value.IsMarked() && value.CanIterateElements()
}

// times multiplies numbers that are not negative; what is too large is the largest.
func times(a, b int) int {
	if a != 0 && b > math.MaxInt/a {
		return math.MaxInt
	}
	return a * b
}

// plus adds numbers that are not negative; what is too large is the largest.
func plus(a, b int) int {
	if a > math.MaxInt-b {
		return math.MaxInt
	}
	return a + b
}
