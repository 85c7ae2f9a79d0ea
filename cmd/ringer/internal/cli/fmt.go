package cli

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/spf13/cobra"

	"github.com/ringer-lab/ringer/emulation/attack"
	"github.com/ringer-lab/ringer/emulation/scenario"
	"github.com/ringer-lab/ringer/emulation/userfile"
)

func newFmt(c *command) *cobra.Command {
	var check bool
	var speak string
	cmd := &cobra.Command{
		Use:   "fmt PATH...",
		Short: "Format scenario files in canonical style; list the files changed",
		Args:  wantArgs(1, 0),
		RunE: func(_ *cobra.Command, args []string) error {
			files, err := hclFiles(args)
			if err != nil {
				return usageError{err}
			}
			format := scenario.Format
			if speak != "" {
				version, ok := attack.FindVersion(speak)
				if !ok {
					return usageError{fmt.Errorf("there is no version %q of ATT&CK here: expected %s", speak, strings.Join(versionWords(), " or "))}
				}
				format = func(name string, text []byte) ([]byte, hcl.Diagnostics) { return formatSpeaking(name, text, version) }
			}
			return c.formatFiles(files, format, check)
		},
	}
	cmd.Flags().StringVar(&speak, "attack", "", "rewrite ATT&CK techniques to those of this `version`, such as 19")
	cmd.Flags().BoolVar(&check, "check", false, "change nothing; exit 1 if a file would change")
	return cmd
}

// formatter gives a file's text as it is to be.
type formatter func(name string, text []byte) ([]byte, hcl.Diagnostics)

// formatSpeaking formats a file whose techniques become those of a version of ATT&CK.
func formatSpeaking(name string, text []byte, version attack.Version) ([]byte, hcl.Diagnostics) {
	spoken, problems := scenario.Speak(name, text, version)
	if problems.HasErrors() {
		return nil, problems
	}
	formatted, more := scenario.Format(name, spoken)
	return formatted, append(problems, more...)
}

// formatFiles formats files. It goes on after one that cannot be read or parsed, so
// that all are reported.
func (c *command) formatFiles(files []formattedFile, format formatter, check bool) error {
	var changed, broken bool
	for _, file := range files {
		text, err := file.read()
		if err != nil {
			fmt.Fprintf(c.Stderr, "Error: %v\n", err)
			broken = true
			continue
		}
		formatted, problems := format(file.name, text)
		c.writeDiagnostics(c.Stderr, c.stderrWidth(), map[string]*hcl.File{file.name: {Bytes: text}}, problems)
		if problems.HasErrors() {
			broken = true
			continue
		}
		if bytes.Equal(text, formatted) {
			continue
		}
		changed = true
		if _, err := fmt.Fprintln(c.Stdout, file.name); err != nil {
			return err
		}
		if check {
			continue
		}
		if err := replaceFile(file.name, formatted); err != nil {
			return fmt.Errorf("format %s: %w", file.name, err)
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

// formattedFile is a file to be formatted. One that was found in a folder is read
// there, so that no link leads to another's file.
type formattedFile struct {
	name string
	read func() ([]byte, error)
}

// hclFiles lists the files named and the *.hcl below the folders named.
func hclFiles(args []string) ([]formattedFile, error) {
	var files []formattedFile
	for _, arg := range args {
		about, err := os.Stat(arg)
		switch {
		case err != nil:
			return nil, err
		case about.IsDir():
			found, err := hclFilesBelow(arg)
			if err != nil {
				return nil, err
			}
			files = append(files, found...)
		case filepath.Ext(arg) != ".hcl":
			return nil, fmt.Errorf("%s is not a scenario file: its name must end in .hcl", arg)
		default:
			files = append(files, formattedFile{arg, func() ([]byte, error) { return userfile.Read(arg, scenario.MaxSource) }})
		}
	}
	slices.SortStableFunc(files, func(a, b formattedFile) int { return strings.Compare(a.name, b.name) })
	return slices.CompactFunc(files, func(a, b formattedFile) bool { return a.name == b.name }), nil
}

func hclFilesBelow(folder string) ([]formattedFile, error) {
	in, err := userfile.OpenFolder(folder)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	var files []formattedFile
	err = fs.WalkDir(in, ".", func(inside string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || path.Ext(inside) != ".hcl" {
			return err
		}
		files = append(files, formattedFile{filepath.Join(folder, filepath.FromSlash(inside)), func() ([]byte, error) {
			in, err := userfile.OpenFolder(folder)
			if err != nil {
				return nil, err
			}
			defer in.Close()
			return userfile.ReadFS(in, inside, scenario.MaxSource)
		}})
		return nil
	})
	return files, err
}
