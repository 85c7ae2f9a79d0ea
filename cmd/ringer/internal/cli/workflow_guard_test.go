package cli

import (
	"bytes"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// guardedText is a text as a job of GitHub's sees it, written in two pieces.
func guardedText(t *testing.T, text string, at int) string {
	t.Helper()
	var out bytes.Buffer
	guard := &workflowGuard{to: &out}
	for _, piece := range []string{text[:at], text[at:]} {
		n, err := guard.Write([]byte(piece))
		require.NoError(t, err)
		require.Equal(t, len(piece), n)
	}
	return out.String()
}

func TestNoLineIsACommandToGitHub(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"::add-mask::x\n":         ":\u200b:add-mask::x\n",
		"  ::error::x\n":          "  :\u200b:error::x\n",
		"a ::error::x\n":          "a ::error::x\n",
		"\u00a0\u2003::x":         "\u00a0\u2003:\u200b:x",
		"##[group]x\r##[y":        "##\u200b[group]x\r##\u200b[y",
		"# a comment\n### ringer": "# a comment\n### ringer",
		": one\n\n::":             ": one\n\n:\u200b:",
	} {
		for at := range len(text) + 1 {
			assert.Equal(t, want, guardedText(t, text, at))
		}
	}
}

func FuzzNoLineIsACommandToGitHub(f *testing.F) {
	f.Add("::error::x\n \t::y", 3)
	f.Add("##[z", 1)
	f.Fuzz(func(t *testing.T, text string, at int) {
		got := guardedText(t, text, max(0, min(at, len(text))))
		require.Equal(t, strings.ReplaceAll(text, unseen, ""), strings.ReplaceAll(got, unseen, ""), "nothing else is changed")
		for _, line := range strings.FieldsFunc(got, func(r rune) bool { return r == '\n' || r == '\r' }) {
			begins := strings.TrimSpace(line)
			require.False(t, strings.HasPrefix(begins, "::") || strings.HasPrefix(begins, "##["), "%q", line)
		}
	})
}
