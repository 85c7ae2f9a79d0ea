package cli

import (
	"fmt"
	"regexp"
	"strings"
	"sync"

	"github.com/spf13/cobra"

	"github.com/ringer-lab/ringer/emulation/report"
)

// wrapHelp wraps the help of a command and of its subcommands at that many columns.
func wrapHelp(cmd *cobra.Command, columns int) {
	cmd.SetUsageTemplate(strings.ReplaceAll(cmd.UsageTemplate(), ".FlagUsages ", fmt.Sprintf(".FlagUsagesWrapped %d ", columns)))
	rewrapHelp(cmd, report.Style{Width: columns})
}

// helpRow is an indented line of a name and what it is, with blanks between them.
var helpRow = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^(\s+\S+\s{2,})(\S.*)$`) })

// rewrapHelp wraps each paragraph again, and the words beside a name in an indented
// list. Indented code stays as it is.
func rewrapHelp(cmd *cobra.Command, style report.Style) {
	paragraphs := strings.Split(cmd.Long, "\n\n")
	for i, paragraph := range paragraphs {
		var out, words []string
		flush := func() {
			if len(words) > 0 {
				out, words = append(out, style.Beside("", strings.Join(words, " "))), nil
			}
		}
		for line := range strings.SplitSeq(strings.TrimRight(paragraph, "\n"), "\n") {
			row := helpRow().FindStringSubmatch(line)
			switch {
			case !strings.HasPrefix(line, " ") && !strings.HasPrefix(line, "\t") && !strings.HasPrefix(line, "#"):
				words = append(words, line)
				continue
			case row != nil:
				flush()
				out = append(out, style.Beside(row[1], row[2]))
			default:
				flush()
				out = append(out, line+"\n")
			}
		}
		flush()
		paragraphs[i] = strings.TrimSuffix(strings.Join(out, ""), "\n")
	}
	cmd.Long = strings.Join(paragraphs, "\n\n")
	for _, sub := range cmd.Commands() {
		if sub.Long == "" {
			sub.Long = sub.Short
		}
		lead := strings.Repeat(" ", len("  ")+sub.NamePadding()+len(" "))
		sub.Short = strings.TrimSpace(style.Beside(lead, sub.Short))
		rewrapHelp(sub, style)
	}
}
