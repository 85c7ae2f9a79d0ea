package tune

import (
	"io/fs"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/sigma"
	"github.com/ringer-lab/ringer/scenarios"
)

// However a rule is written, a filter is added to it or it is said why not: the edit lies
// in the text, all around it stays, and a value comes out as it went in.
func FuzzAFilterIsAddedOrItIsSaidWhyNot(f *testing.F) {
	files, err := fs.Glob(scenarios.FS, "rules/*.yml")
	require.NoError(f, err)
	for _, file := range files[:min(len(files), 20)] {
		text, err := fs.ReadFile(scenarios.FS, file)
		require.NoError(f, err)
		f.Add(string(text), `C:\x*\a?b'`)
	}
	const head = "title: t\nlogsource: {product: windows}\n"
	for _, rest := range []string{
		"detection:\n  a: {b: c}\n  condition: >-\n    a\n    or a\n", "detection:\n  condition:\n  - a\n  - a\n  a:\n    b: c", "detection: {a: {b: c}, condition: a}\n",
		"detection:\r\n  a:\r\n    b: c\r\n  condition: 'a' # x\r\n---\r\n", "detection:\n  a: &x {b: c}\n  condition: a\n...\n", "detection:\n  ? a\n  : {b: c}\n  ? condition\n  : a\n",
		"detection:\n  condition: 1 of *\n  a: {b: c}\n", "detection:\n  condition: \"a\\x20or a\"\n  a: {b: c}\n", "detection:\n    \"condition\": a\n    a: {b: c}\n",
	} {
		f.Add(head+rest, "value")
	}
	f.Fuzz(func(t *testing.T, text, value string) {
		rules, problems := sigma.Parse("rule.yml", []byte(text))
		lines := linesOf(text)
		for _, rule := range rules {
			items := []Item{{Field: "Field", Modifier: "contains", Values: []string{value, "other"}}, {Field: "Image", Values: []string{value}}}
			soughtBy(lines, rule.Line)
			change, err := addFilter(lines, rule.Line, items)
			if err != nil {
				require.ErrorIs(t, err, errUneditable)
				continue
			}
			require.LessOrEqual(t, 0, change.from)
			require.Less(t, change.from, change.to)
			require.LessOrEqual(t, change.to, len(lines))
			edited := change.apply(lines)
			require.Equal(t, lines[:change.from], edited[:change.from])
			require.Equal(t, lines[change.to:], edited[len(edited)-len(lines)+change.to:])
			again, after := sigma.Parse("rule.yml", []byte(strings.Join(edited, "")))
			if sigma.Errors(problems) == 0 && sigma.Errors(after) == 0 && steady("Field", value) {
				require.Len(t, again, len(rules))
			}
			require.NotEmpty(t, patch("rule.yml", lines, change))
		}
	})
}
