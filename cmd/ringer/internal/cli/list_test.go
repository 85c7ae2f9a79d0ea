package cli

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestAListIsCutToATerminalButNotToOneOfAFewColumns(t *testing.T) {
	t.Parallel()
	name, title := strings.Repeat("n", 36), strings.Repeat("t", 60)
	for columns, want := range map[int]string{
		0:  name + "  " + title,
		20: name + "  " + title[:1] + "…",
		40: name + "  " + title[:1] + "…",
		60: name + "  " + title[:21] + "…",
		80: name + "  " + title[:41] + "…",
		90: name + "  " + title[:51] + "…",
	} {
		c := &command{State: &State{Env: func(string) string { return "" }, StdoutSize: func() Size { return Size{Columns: columns} }}}
		var out strings.Builder
		require.NoError(t, writeRows(&out, []listRow{{Name: name, Title: title}}, []string{"title"}, c.lineWidth()))
		assert.Equal(t, want+"\n", out.String(), columns)
	}
}
