package cli

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/ringer-lab/ringer/emulation/report"
)

// layOutHelp fits the help of a command, and of those below it, to so many
// columns.
func layOutHelp(cmd *cobra.Command, columns int) {
	cmd.SetUsageTemplate(strings.ReplaceAll(cmd.UsageTemplate(), ".FlagUsages ", fmt.Sprintf(".FlagUsagesWrapped %d ", columns)))
	reflow(cmd, report.Style{Width: columns})
}

// reflow breaks the lines of each paragraph anew, but for those of code, which are
// set in.
func reflow(cmd *cobra.Command, style report.Style) {
	paragraphs := strings.Split(cmd.Long, "\n\n")
	for i, one := range paragraphs {
		if !strings.ContainsAny(one, "\t#") {
			paragraphs[i] = strings.TrimSuffix(style.Beside("", strings.ReplaceAll(one, "\n", " ")), "\n")
		}
	}
	cmd.Long = strings.Join(paragraphs, "\n\n")
	for _, sub := range cmd.Commands() {
		reflow(sub, style)
	}
}
