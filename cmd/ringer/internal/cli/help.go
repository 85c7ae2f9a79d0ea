package cli

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/ringer-lab/ringer/emulation/report"
)

// wrapHelp wraps the help of a command and of its subcommands at that many columns.
func wrapHelp(cmd *cobra.Command, columns int) {
	cmd.SetUsageTemplate(strings.ReplaceAll(cmd.UsageTemplate(), ".FlagUsages ", fmt.Sprintf(".FlagUsagesWrapped %d ", columns)))
	rewrapHelp(cmd, report.Style{Width: columns})
}

// rewrapHelp wraps each paragraph again, except indented code.
func rewrapHelp(cmd *cobra.Command, style report.Style) {
	paragraphs := strings.Split(cmd.Long, "\n\n")
	for i, paragraph := range paragraphs {
		if !strings.ContainsAny(paragraph, "\t#") {
			paragraphs[i] = strings.TrimSuffix(style.Beside("", strings.ReplaceAll(paragraph, "\n", " ")), "\n")
		}
	}
	cmd.Long = strings.Join(paragraphs, "\n\n")
	for _, sub := range cmd.Commands() {
		rewrapHelp(sub, style)
	}
}
