package regexlit

import (
	"regexp"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The answers are those of PCRE.
func TestDollarFitsBeforeOneLastLineBreak(t *testing.T) {
	t.Parallel()
	for source, answers := range map[string]map[string]bool{
		`^b$`:         {"b": true, "b\n": true, "b\n\n": false, "b\nc": false, "a\nb": false, "b\r\n": false},
		`b\z`:         {"b": true, "b\n": false},
		`(?m)^b$`:     {"b\nc": true, "b\n": true, "a\nb\n\n": true},
		`(?i)(B$|c)x`: {"bx": false, "b\n": false, "cx": true},
		`b[$]`:        {"b$": true, "b\n": false},
		`b\$`:         {"b$": true, "b\n": false},
		`\Qb$\E$`:     {"b$": true, "b$\n": true, "b": false},
		`(?:a|b$)`:    {"xb\n": true, "b\nx": false, "a\nx": true},
		`^.*$`:        {"a\n": true, "a\nb": false, "": true},
		`(?s)^.b$`:    {"\nb\n": true},
		`(?:b$)+`:     {"b\n": true, "b\n\n": false},
	} {
		re, err := regexp.Compile(DollarBeforeNewline(source))
		require.NoError(t, err, source)
		for text, want := range answers {
			assert.Equal(t, want, re.MatchString(text), "%s in %q", source, text)
		}
	}
	assert.Equal(t, `a(`, DollarBeforeNewline(`a(`))
	assert.Equal(t, `\x41+?`, DollarBeforeNewline(`\x41+?`), "nothing to rewrite")
}
