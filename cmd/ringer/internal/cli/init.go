package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/ringer-lab/ringer/emulation/skeleton/project"
)

func newInit(c *command) *cobra.Command {
	var ci string
	cmd := &cobra.Command{
		Use:   "init [DIR]",
		Short: "Write a scenario, rules, a gate and a pipeline to begin with",
		Long: "Writes what a repository of detections begins with: a scenario, a folder of rules, a gate\n" +
			"and, with --ci, the file of a pipeline that performs and judges them. All of it passes as\n" +
			"it stands, and comments explain each part. A file that is there already is left as it is.\n\n" +
			"Exit codes: 0 written, 2 invalid input (nothing was written).",
		Args: wantArgs(0, 1),
		RunE: func(_ *cobra.Command, args []string) error { return c.init(first(args), ci) },
	}
	cmd.Flags().Var(choose(&ci, ciNone, ciGitHub, ciGitLab), "ci", "also write a pipeline for `CI`: github or gitlab")
	return cmd
}

// init writes the files of a project into a folder, "" is the working folder.
func (c *command) init(folder, ci string) error {
	if folder == "" {
		folder = "."
	}
	if about, err := os.Stat(folder); err == nil && !about.IsDir() {
		return usageError{fmt.Errorf("%s is not a folder: name one to write into", folder)}
	}
	written := 0
	for _, file := range project.Files(project.CI(ci)) {
		name := filepath.Join(folder, filepath.FromSlash(file.Path))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			return usageError{writing(filepath.Dir(name), err)}
		}
		if _, err := os.Lstat(name); !errors.Is(err, fs.ErrNotExist) {
			fmt.Fprintf(c.Stdout, "%s is already there: left as it is\n", name)
			continue
		}
		if err := createFile(name, file.Content); err != nil {
			return err
		}
		written++
		fmt.Fprintf(c.Stdout, "%s written: %s\n", name, file.About)
	}
	if written == 0 {
		return nil
	}
	scenarios, rules := shellWord(filepath.Join(folder, "scenarios")), shellWord(filepath.Join(folder, "rules"))
	_, err := fmt.Fprintf(c.Stdout, "next  ringer run %s --rules %s --no-default-rules\n", scenarios, rules)
	return err
}
