package cli

import (
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/ringer-lab/ringer/cmd/ringer/internal/exerciseserver"
	"github.com/ringer-lab/ringer/cmd/ringer/internal/exerciseserver/room"
	"github.com/ringer-lab/ringer/emulation/report/debrief"
)

// exerciseExportFlags are those of `ringer exercise export`.
type exerciseExportFlags struct {
	format, table string
	history       historyFlags
	rules         ruleFlags
}

func newExerciseExport(c *command) *cobra.Command {
	var flags exerciseExportFlags
	cmd := &cobra.Command{
		Use:   "export [SESSION] --format FORMAT",
		Short: "Write the debrief of a session: board, scores, findings and the truth",
		Long: "Computes a session of the history again, or the one that was begun last, and writes it to\n" +
			"stdout: as one JSON document, a table of CSV, one HTML page that needs nothing but itself,\n" +
			"or Markdown. It has the truth: it is for instructors, and for trainees after the end.\n\n" +
			"Exit codes: 0 written, 2 invalid input, or there is no such session.",
		Args: wantArgs(0, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.exerciseExport(cmd.Context(), first(args), flags)
		},
	}
	cmd.Flags().Var(choose(&flags.format, "json", "csv", "html", "markdown"), "format", "the `FORMAT` to write")
	cmd.Flags().Var(choose(&flags.table, debrief.Tables()...), "table", "the `TABLE` of CSV")
	flags.history.addName(cmd)
	flags.rules.addTo(cmd)
	return cmd
}

func (c *command) exerciseExport(ctx context.Context, session string, flags exerciseExportFlags) error {
	state, err := c.foldSession(ctx, session, flags.history, flags.rules)
	if err != nil {
		return err
	}
	return visible(debriefWriter(debrief.Of(state, c.Build.Version), flags.format, flags.table))(c.documents)
}

// debriefWriter writes a debrief in a format; table is that of CSV.
func debriefWriter(of debrief.Document, format, table string) func(io.Writer) error {
	return func(w io.Writer) error {
		switch format {
		case "csv":
			return debrief.CSV(w, of, table)
		case "html":
			return debrief.HTML(w, of)
		case "markdown":
			return debrief.Markdown(w, of)
		}
		return debrief.JSON(w, of)
	}
}

// exerciseExports are the documents of a debrief that the instructor's page offers.
func (c *command) exerciseExports(of *room.Room) []exerciseserver.Export {
	var out []exerciseserver.Export
	add := func(name, title, format, table string) {
		out = append(out, exerciseserver.Export{Name: name, Title: title, Write: func(w io.Writer) error {
			return debriefWriter(debrief.Of(of.State(), c.Build.Version), format, table)(w)
		}})
	}
	add("debrief.html", "HTML", "html", "")
	add("debrief.md", "Markdown", "markdown", "")
	add("debrief.json", "JSON", "json", "")
	for _, table := range debrief.Tables() {
		add(fmt.Sprintf("%s.csv", table), "CSV: "+strings.ReplaceAll(table, "_", " "), "csv", table)
	}
	return out
}
