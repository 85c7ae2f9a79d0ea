package arch_test

import (
	"go/ast"
	"go/token"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

// unclear are constructions that a message must not have, with what to write.
var unclear = []struct {
	pattern *regexp.Regexp
	instead string
}{
	{regexp.MustCompile(`\b(is|are) (a|an) (text|list of texts)\b`), `it states what is required as if it were so: write "must be a string"`},
	{regexp.MustCompile(`^Text expected\b`), `write "must be a string"`},
	{regexp.MustCompile(`\b(is|are|was) no [a-z]`), `write "is not a …"`},
	{regexp.MustCompile(`\bno [a-z ]*\bholds\b`), `write "is not loaded" or "contains no …"`},
	{regexp.MustCompile(`\b[Ll]et (the|it|its|a|an|%\w)\b[^.]* be\b`), `say what to do: "change verdict to fires"`},
	{regexp.MustCompile(`\b(does|do|did) not fit\b|\b(fits|holds) (the|no|any|none|it|%\w)\b`), `write "does not match" or "contains"`},
	{regexp.MustCompile(`^No [a-z]+: |\bin vain\b|\bcame to nothing\b|\bhas nothing to\b|\bwithout effect: `), `write what was found and what was expected: "invalid date %q: expected YYYY-MM-DD"`},
	{regexp.MustCompile(`\bleft out or\b`), `write "must not be empty; omit it instead"`},
	{regexp.MustCompile(`(^|[:,;] )want (a|an|at|to|up|one|[A-Z%])`), `write "expected …" or "must …"`},
}

// plain is what looks like one of them and is not.
var plain = regexp.MustCompile(`(?i)\bthere (is|are|was) no [a-z]`)

// TestMessagesAreInPlainEnglish looks at every text of the program: what a user
// reads says what must be and what was found, not the opposite as if it were so.
func TestMessagesAreInPlainEnglish(t *testing.T) {
	t.Parallel()
	seen := 0
	walk(t, func(path string, file *ast.File) {
		if strings.HasPrefix(path, "lab/labtest/") {
			return // its texts are those of assertions
		}
		ast.Inspect(file, func(node ast.Node) bool {
			literal, ok := node.(*ast.BasicLit)
			if !ok || literal.Kind != token.STRING {
				return true
			}
			text, err := strconv.Unquote(literal.Value)
			if err != nil || !strings.Contains(text, " ") {
				return true
			}
			seen++
			text = plain.ReplaceAllString(text, "")
			for _, construction := range unclear {
				assert.NotRegexp(t, construction.pattern, text, "%s: %s", path, construction.instead)
			}
			return true
		})
	})
	assert.Greater(t, seen, 1000, "the walk must have found the project's texts")
}

func TestTheUnclearConstructionsAreRecognised(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{
		`"title" is a text`:                              true,
		`"tags" is a list of texts`:                      true,
		`"title" is a string; expected a number`:         false,
		`Document is no rule: a rule is a map`:           true,
		`%q is no time`:                                  true,
		`there is no %q`:                                 false,
		`There are no rules`:                             false,
		`no longer a gap: let the expectation be fires`:  true,
		`the sensor let it through`:                      false,
		`the rule does not fit`:                          true,
		`no selection fits any of its patterns`:          true,
		`No date: "2023-02-29"`:                          true,
		`invalid date "2023-02-29": expected YYYY-MM-DD`: false,
		`"x" is left out or says something`:              true,
		`%q: want at most 3`:                             true,
	} {
		found := false
		for _, construction := range unclear {
			found = found || construction.pattern.MatchString(plain.ReplaceAllString(text, ""))
		}
		assert.Equal(t, want, found, text)
	}
}
