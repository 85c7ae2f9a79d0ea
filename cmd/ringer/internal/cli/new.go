package cli

import (
	"fmt"
	"strings"

	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/spf13/cobra"

	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/skeleton"
	"github.com/ringer-lab/ringer/scenarios"
)

func newNew(c *command) *cobra.Command {
	group := &cobra.Command{
		Use:   "new",
		Short: "Write a behaviour or a scenario to begin with",
		Long: "Writes a file to begin with: HCL with a comment beside each attribute, which is valid\n" +
			"and can be performed as it stands. A file that is there already is left as it is.",
	}
	group.AddCommand(newNewBehaviour(c), newNewScenario(c))
	groupArgs(group)
	for _, cmd := range group.Commands() {
		cmd.Args = usageArgs(wantArgs(1, 1))
	}
	return group
}

// maxName is how many letters the name of a block can have.
const maxName = 63

// checkName returns a usage error for what cannot be the name of a block.
func checkName(name string) error {
	if !hclsyntax.ValidIdentifier(name) || len(name) > maxName {
		return usageError{fmt.Errorf("%q cannot be a name: expected a letter, followed by up to %d letters, digits, dashes and underscores", name, maxName-1)}
	}
	return nil
}

// anyPlatform is the platform that the acts need.
const anyPlatform = "any"

func newNewBehaviour(c *command) *cobra.Command {
	var from []string
	var platform, out string
	cmd := &cobra.Command{
		Use:   "behaviour NAME",
		Short: "Write a behaviour made of acts, with comments",
		Long: "Writes a behaviour that is made of the acts named, each with all its attributes, with\n" +
			"values that do no harm and what each means. `ringer show ACT` describes an act;\n" +
			"the acts are\n" + strings.Join(skeleton.Acts(), ", ") + ".\n\n" +
			"The file can be taken in as a library, or its block copied into a scenario.\n\n" +
			"Exit codes: 0 written, 2 invalid input (nothing was written).",
		RunE: func(_ *cobra.Command, args []string) error {
			return c.newBehaviour(args[0], from, platform, out)
		},
	}
	cmd.Flags().StringSliceVar(&from, "from", []string{"write"}, "the `ACTS` that it is made of, with commas between them")
	cmd.Flags().Var(choose(&platform, anyPlatform, string(effect.Linux), string(effect.Windows)), "platform", "the `PLATFORM` of its hosts: linux, windows, or any that has the acts")
	cmd.Flags().StringVar(&out, "out", "", "the `FILE` to write (default NAME.hcl)")
	return cmd
}

// fileOf is the name that a file has, or would have if it were not written to stdout.
func fileOf(name, out string) string {
	if out == "" || isStdout(out) {
		return name + ".hcl"
	}
	return out
}

// writeNew writes a file to begin with, and says so with the command that is next; to
// stdout the text alone.
func (c *command) writeNew(file, out string, text []byte, said, next string) error {
	if isStdout(out) {
		_, err := c.documents.Write(text)
		return err
	}
	if err := createFile(file, text); err != nil {
		return err
	}
	_, err := fmt.Fprintf(c.Stdout, "%s written: %s\nnext  ringer %s %s\n", file, said, next, shellWord(file))
	return err
}

func (c *command) newBehaviour(name string, from []string, platform, out string) error {
	if err := checkName(name); err != nil {
		return err
	}
	if platform == anyPlatform {
		platform = ""
	}
	file := fileOf(name, out)
	text, err := skeleton.Behaviour{Name: name, File: file, Acts: from, Platform: effect.Platform(platform), Library: scenarios.Library()}.Text()
	if err != nil {
		return usageError{err}
	}
	return c.writeNew(file, out, text, fmt.Sprintf("the behaviour %s, of %s", name, strings.Join(from, ", ")), "try")
}
