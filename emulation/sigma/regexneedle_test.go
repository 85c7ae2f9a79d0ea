package sigma

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

// TestRequiredLiterals: one of the literals stands in every match, and they are
// as long as they can be told to be.
func TestRequiredLiterals(t *testing.T) {
	t.Parallel()
	for source, want := range map[string][]string{
		`ab+c`:                  {"ab"},
		`x(?:\{[01]\})+y`:       {"x{0}", "x{1}"},
		`(?:ab)+`:               {"ab"},
		`-(W|R)\s?(\s|"|')x{9}`: {"-r\t", "-r\n", "-r\f", "-r\r", "-r ", "-r\"", "-r'", "-w\t", "-w\n", "-w\f", "-w\r", "-w ", "-w\"", "-w'"},
		`\w+[@]\w+`:             {"@"},
		`[a-z]+`:                nil,
		`(?:é|x)+`:              nil,
	} {
		assert.ElementsMatch(t, want, requiredLiterals(source), source)
	}
}

func TestRequiredLiteralsOfDeepNesting(t *testing.T) {
	t.Parallel()
	deep := strings.Repeat("(?:", 300) + "ab" + strings.Repeat("+c)", 300)
	assert.NotEmpty(t, requiredLiterals(deep))
}
