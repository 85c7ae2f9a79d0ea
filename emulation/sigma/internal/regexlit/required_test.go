package regexlit

import (
	"regexp"
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
		assert.ElementsMatch(t, want, RequiredLiterals(source), source)
	}
}

func TestRequiredLiteralsOfDeepNesting(t *testing.T) {
	t.Parallel()
	deep := strings.Repeat("(?:", 300) + "ab" + strings.Repeat("+c)", 300)
	assert.NotEmpty(t, RequiredLiterals(deep))
}

// TestRegexHintCounts: what several parts of an expression ask for has to stand in
// a text as many times, and each part is asked for.
func TestRegexHintCounts(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, source, text string
		want               bool
	}{
		{"all there", `a.*b.*(?:cd|ef)`, "xa-b-ef", true},
		{"one part missing", `a.*b.*(?:cd|ef)`, "xa-b-c", false},
		{"as often as it has to be", `\{.*\{.*\{`, "{{x{", true},
		{"less often", `\{.*\{.*\{`, "{x{", false},
		{"overlaps count once", `aa.*aa`, "aaa", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			h := NewPrefilter(c.source)
			assert.Equal(t, c.want, h.RunIn(c.text) && h.LiteralsIn(c.text))
			assert.Equal(t, c.want, regexp.MustCompile(c.source).MatchString(c.text), "as the expression itself")
		})
	}
}
