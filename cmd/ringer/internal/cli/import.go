package cli

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/ringer-lab/ringer/emulation/importer"
	"github.com/ringer-lab/ringer/emulation/report"
	"github.com/ringer-lab/ringer/emulation/userfile"
	"github.com/ringer-lab/ringer/scenarios"
)

var importedFile = fileKind{"a scenario written by `ringer import`", byText(func(text []byte) bool { return bytes.HasPrefix(text, []byte(importer.Mark)) })}

// importResult is what `import --json` prints.
type importResult struct {
	Format    string              `json:"format"`
	Scenarios []importer.Scenario `json:"scenarios"`
	Steps     int                 `json:"steps"`
	Mapped    int                 `json:"mapped"`
	Gaps      int                 `json:"gaps"`
	// NotRead says of files why nothing was read of them.
	NotRead []string `json:"not_read,omitempty"`
}

func newImport(c *command) *cobra.Command {
	var asJSON bool
	var out outputName
	var names []string
	for _, format := range importer.Formats() {
		names = append(names, format.Name)
	}
	cmd := &cobra.Command{
		Use:   "import " + strings.Join(names, "|") + " FILE|DIR --out DIR",
		Short: "Write scenarios of Attack Flow, Atomic Red Team, Caldera or CTID's plans",
		Long: "Reads a file, or all files below a folder, and writes a scenario for each plan in\n" +
			"them. Each step becomes a behaviour that ringer has, with the arguments that can be\n" +
			"read in its commands, or a block \"gap\", which says what is missing. No command of the\n" +
			"source is ever run: they are matched as text, and kept as comments.\n\n" +
			"  attack-flow  Attack Flow 2 (STIX), and files of its Builder 3 (.afb)\n" +
			"  atomic       the YAML of Atomic Red Team\n" +
			"  caldera      abilities and adversaries of Caldera\n" +
			"  ctid         the YAML plans of CTID's adversary emulation library\n\n" +
			"What is written has no expectations yet: add an \"expect\" for each rule that must see\n" +
			"a step.\n\n" +
			"Exit codes: 0 written, 2 invalid input (nothing was written).",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 2 {
				return fmt.Errorf("expected a format, one of %s, and a file or folder", strings.Join(names, ", "))
			}
			if _, ok := importer.FormatNamed(args[0]); !ok {
				return fmt.Errorf("there is no format %q: expected one of %s.%s", args[0], strings.Join(names, ", "), didYouMean(args[0], names))
			}
			return nil
		},
		RunE: func(_ *cobra.Command, args []string) error {
			if out == "" {
				return usageError{errors.New("--out is required: the folder that the scenarios are written to")}
			}
			format, _ := importer.FormatNamed(args[0])
			return c.importFiles(format, args[1], string(out), asJSON)
		},
	}
	cmd.Flags().Var(&out, "out", "write the scenarios to this `DIR`")
	cmd.Flags().BoolVar(&asJSON, "json", false, "print the counts as one JSON document")
	return cmd
}

func (c *command) importFiles(format importer.Format, path, out string, asJSON bool) error {
	files, err := filesToImport(format, path)
	if err != nil {
		return usageError{fmt.Errorf("read %s: %w", path, err)}
	}
	plans, problems := format.Read(files)
	written, more := importer.Convert(plans, scenarios.Library())
	problems = append(problems, more...)
	for _, problem := range problems {
		fmt.Fprintf(c.Stderr, "Warning: not imported: %s\n", problem)
	}
	if len(written) == 0 {
		return usageError{fmt.Errorf("nothing of the format %s could be read in %s", format.Name, path)}
	}
	if err := writeImported(written, out); err != nil {
		return err
	}
	result := importResult{Format: format.Name, Scenarios: written}
	for _, scenario := range written {
		result.Steps += scenario.Steps
		result.Mapped += scenario.Mapped
		result.Gaps += scenario.Gaps
	}
	for _, problem := range problems {
		result.NotRead = append(result.NotRead, problem.Error())
	}
	if asJSON {
		return c.printJSON(result)
	}
	return c.writeImportResult(result, out)
}

// filesToImport reads a file, or those below a folder. It fails if nothing can be read.
func filesToImport(format importer.Format, path string) ([]importer.File, error) {
	if about, err := os.Stat(path); err != nil || !about.IsDir() {
		file, err := importer.ReadFile(path)
		return []importer.File{file}, err
	}
	folder, err := userfile.OpenFolder(path)
	if err != nil {
		return nil, err
	}
	defer folder.Close()
	files, err := format.ReadFolder(folder)
	if err == nil && len(files) == 0 {
		err = fmt.Errorf("no file below it ends in %s", strings.Join(format.Endings, " or "))
	}
	return files, err
}

// writeImported writes a file for each scenario. If a file of another kind would be
// overwritten, it writes none.
func writeImported(written []importer.Scenario, out string) error {
	name := func(scenario importer.Scenario) string { return filepath.Join(out, scenario.Name+".hcl") }
	for _, scenario := range written {
		if err := mayReplace("--out", name(scenario), importedFile); err != nil {
			return usageError{err}
		}
	}
	if err := os.MkdirAll(out, 0o755); err != nil {
		return usageError{fmt.Errorf("write scenarios: %w", err)}
	}
	for _, scenario := range written {
		if err := replaceFile(name(scenario), scenario.Text); err != nil {
			return fmt.Errorf("write scenarios: %w", err)
		}
	}
	return nil
}

// writeImportResult writes a line for each scenario, and the share that was mapped.
func (c *command) writeImportResult(result importResult, out string) error {
	width := 0
	for _, scenario := range result.Scenarios {
		width = max(width, len(scenario.Name))
	}
	technique, reenacted := 0, 0
	for _, scenario := range result.Scenarios {
		technique, reenacted = technique+scenario.ByTechnique, reenacted+scenario.Reenacted
		if _, err := fmt.Fprintf(c.Stdout, "%-*s  %4d of %9s mapped, %s\n", width, scenario.Name, scenario.Mapped,
			report.Plural(scenario.Steps, "step"), report.Plural(scenario.Gaps, "gap")); err != nil {
			return err
		}
	}
	_, err := fmt.Fprintf(c.Stdout, "\n%d of %s mapped (%d %%): %d by commands, %d by the technique alone, %d re-enacted; %s\n%s written to %s\n",
		result.Mapped, report.Plural(result.Steps, "step"), 100*result.Mapped/max(1, result.Steps), result.Mapped-technique-reenacted, technique, reenacted,
		report.Plural(result.Gaps, "gap"), report.Plural(len(result.Scenarios), "scenario"), out)
	return err
}
