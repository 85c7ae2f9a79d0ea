package cli

import (
	"bytes"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/spf13/cobra"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestHelpFitsATerminal(t *testing.T) {
	t.Parallel()
	for _, columns := range []int{60, 80, 100, 140} {
		var out bytes.Buffer
		root := newRoot(&State{Env: func(string) string { return "" }, Stdout: &out, Stderr: &out, StdoutSize: func() Size { return Size{Columns: columns} }})
		var all func(cmd *cobra.Command)
		all = func(cmd *cobra.Command) {
			out.Reset()
			require.NoError(t, cmd.Help())
			for line := range strings.Lines(out.String()) {
				if columns < 80 && (strings.Contains(line, "ringer") || len(strings.Fields(line)) == 1) {
					continue // a command or a word, which a narrow terminal breaks itself
				}
				assert.LessOrEqual(t, utf8.RuneCountInString(strings.TrimRight(line, " \n")), columns, "%s: %s", cmd.CommandPath(), line)
			}
			for _, sub := range cmd.Commands() {
				all(sub)
			}
		}
		all(root)
	}
}
