package rulevalue

import (
	"fmt"
	"regexp"
	"regexp/syntax"
	"strings"
	"testing"

	"github.com/ringer-lab/ringer/emulation/sigma/internal/regexlit"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestLongRepeats(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		source, unit string // what is repeated in the texts
		least, most  int
	}{
		{"^x{2500}$", "x", 2500, 2500},
		{"^x{2500,}$", "x", 2500, 1 << 30},
		{"^x{1500,2600}$", "x", 1500, 2600},
		{"^x{0,1200}$", "x", 0, 1200},
		{"x{9999,}", "x", 9999, 1 << 30},
		{"^x{1,1001}?$", "x", 1, 1001},
		{`^[^]\]{}a]{1001}$`, "x", 1001, 1001},
		{`^[[:alpha:]]{1001}$`, "x", 1001, 1001},
		{`^\x{78}{1001}$`, "x", 1001, 1001},
		{`^(?:a|xy){1001}$`, "xy", 1001, 1001},
		{`^(x(y)){1001}$`, "xy", 1001, 1001},
		{`^é{1001}$`, "é", 1001, 1001},
		{`^\{{1001}$`, "{", 1001, 1001},
	} {
		t.Run(c.source, func(t *testing.T) {
			t.Parallel()
			v := Value{Kind: Regex, Source: c.source}
			re, err := v.compile()
			require.NoError(t, err)
			for _, n := range []int{c.least - 1, c.least, c.least + 1, c.most, c.most + 1} {
				if n >= 0 && n < 10_000 {
					assert.Equal(t, n >= c.least && n <= c.most, re.MatchString(strings.Repeat(c.unit, n)), "%d", n)
				}
			}
		})
	}
}

// Nothing else changes: what compiled before is not even read.
func TestLongRepeatsThatCannotBe(t *testing.T) {
	t.Parallel()
	for _, source := range []string{"x{10001}", "x{2000,1000}", "(a{1000}){1500}", "{2000}", "x*{2000}", "(x{2000}", "[x{2000}", "x{2000}+", "x{2000}{2}", `\Qx\E{2000}`, strings.Repeat("(", 5) + "x{2000}", fmt.Sprintf("(%s){9999}", strings.Repeat("x", 1<<16))} {
		v := Value{Kind: Regex, Source: source}
		_, err := v.compile()
		assert.Error(t, err, "%.40s", source)
	}
}

func FuzzUnrollRepeats(f *testing.F) {
	for _, s := range []string{"x{1001}", "(a|[b]{1100}){3}", `\p{L}{2000,}`, "[]{2}]{1001}", "^(?i:a{1,1500})$", "0{01100}", `\`, "[^", "(((", "{", `\x{`, `\Qa`} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, source string) {
		out := regexlit.UnrollRepeats(source)
		if _, err := syntax.Parse(source, syntax.Perl); err == nil {
			assert.Equal(t, source, out, "what Go can count stays as it is")
		}
		_, _ = regexp.Compile(out)
	})
}
