package cli

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/spf13/cobra"

	"github.com/ringer-lab/ringer/emulation/behaviour"
	"github.com/ringer-lab/ringer/emulation/report/audit"
)

func newAudit(c *command) *cobra.Command {
	var asJSON bool
	var flags scenarioFlags
	cmd := &cobra.Command{
		Use:   "audit PATH...",
		Short: "Show what behaviours of others could do, without performing anything",
		Long: "Reads behaviours, ordinary days and hosts, of files and folders of libraries or of\n" +
			"scenarios with libraries, and shows what each could do: programs and their command\n" +
			"lines, and every act with the places that it reads or changes. What a condition leaves\n" +
			"out is shown too. ${arg.NAME} stands for what a scenario chooses.\n\n" +
			"It ends with a digest of the files that were read: where it is the same, the files are\n" +
			"those that were allowed. A folder's other files are not read by ringer.\n\n" +
			"Exit codes: 0 shown, 2 invalid input.",
		Args: wantArgs(1, 0),
		RunE: func(_ *cobra.Command, args []string) error { return c.audit(args, flags, asJSON) },
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print everything as one JSON document")
	flags.variables = variables{}
	cmd.Flags().Var(flags.variables, "var", "set a variable; may be given several times")
	addLibraries(cmd, &flags.libraries)
	return cmd
}

func (c *command) audit(paths []string, flags scenarioFlags, asJSON bool) error {
	var sources []audit.Source
	var libraries []*behaviour.Library
	for _, path := range paths {
		read, err := load([]string{path}, flags)
		if err != nil {
			return err
		}
		if err := c.reportProblems(read.Set, read.problems); err != nil {
			return err
		}
		sources = append(sources, sourceOf(path, read.Files))
		libraries = append(libraries, read.Libraries...)
		for _, scenario := range read.Scenarios {
			for _, library := range scenario.Libraries {
				if !slices.Contains(libraries, library) {
					libraries = append(libraries, library)
				}
			}
		}
	}
	shown := audit.Of(sources, libraries)
	if asJSON {
		return c.printJSON(shown)
	}
	return audit.Text(c.Stdout, shown, c.style())
}

// sourceOf are the files that were read for a path, with their digests.
func sourceOf(path string, files map[string]*hcl.File) audit.Source {
	source := audit.Source{Path: path, Files: []audit.File{}}
	var lines strings.Builder
	folder := filepath.ToSlash(filepath.Clean(path)) + "/"
	for _, name := range slices.Sorted(maps.Keys(files)) {
		sum := sha256.Sum256(files[name].Bytes)
		file := audit.File{Name: strings.TrimPrefix(name, folder), Digest: hex.EncodeToString(sum[:]), Bytes: len(files[name].Bytes)}
		if name == filepath.ToSlash(path) {
			file.Name = filepath.Base(path)
		}
		source.Files = append(source.Files, file)
		fmt.Fprintf(&lines, "%s  %s\n", file.Digest, file.Name)
	}
	sum := sha256.Sum256([]byte(lines.String()))
	source.Digest = hex.EncodeToString(sum[:])
	return source
}
