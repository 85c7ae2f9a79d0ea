package cli

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"github.com/hashicorp/hcl/v2"
	"github.com/spf13/cobra"

	"github.com/ringer-lab/ringer/emulation/scenario"
)

func newFmt(c *command) *cobra.Command {
	var check bool
	cmd := &cobra.Command{
		Use:   "fmt PATH...",
		Short: "Format scenario files in canonical style; list the files changed",
		Args:  wantArgs(1, 0),
		RunE: func(_ *cobra.Command, args []string) error {
			files, err := hclFiles(args)
			if err != nil {
				return usageError{err}
			}
			return c.formatFiles(files, check)
		},
	}
	cmd.Flags().BoolVar(&check, "check", false, "change nothing; exit 1 if a file would change")
	return cmd
}

// formatFiles formats files. It goes on after one that cannot be parsed, so that all
// are reported.
func (c *command) formatFiles(files []string, check bool) error {
	var changed, broken bool
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			return usageError{err}
		}
		formatted, problems := scenario.Format(name, text)
		if problems.HasErrors() {
			c.writeDiagnostics(c.Stderr, c.stderrWidth(), map[string]*hcl.File{name: {Bytes: text}}, problems)
			broken = true
			continue
		}
		if bytes.Equal(text, formatted) {
			continue
		}
		changed = true
		if _, err := fmt.Fprintln(c.Stdout, name); err != nil {
			return err
		}
		if check {
			continue
		}
		if err := replaceFile(name, formatted); err != nil {
			return fmt.Errorf("format %s: %w", name, err)
		}
	}
	switch {
	case broken:
		return errInvalid
	case check && changed:
		return errNotMet
	}
	return nil
}

// hclFiles lists the files named and the *.hcl below the folders named.
func hclFiles(args []string) ([]string, error) {
	var files []string
	for _, arg := range args {
		err := filepath.WalkDir(arg, func(path string, entry fs.DirEntry, err error) error {
			switch {
			case err != nil:
				return err
			case path == arg && !entry.IsDir() && filepath.Ext(path) != ".hcl":
				return fmt.Errorf("%s is not a scenario file: its name must end in .hcl", path)
			case !entry.IsDir() && filepath.Ext(path) == ".hcl":
				files = append(files, path)
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	slices.Sort(files)
	return slices.Compact(files), nil
}
