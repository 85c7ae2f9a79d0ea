package cli

import (
	"fmt"
	"io/fs"
	"path"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/ringer-lab/ringer/scenarios"
)

// libraryBlock is a block of the library as written, and where it stands.
type libraryBlock struct {
	text, file string
	line       int
}

// findBlock returns the first block of files of the library that is wanted; the zero
// value if there is none.
func findBlock(files []string, wanted func(*hclsyntax.Block) bool) libraryBlock {
	for _, name := range files {
		content, err := readShipped(name)
		if err != nil {
			continue // it is embedded
		}
		file, _ := hclsyntax.ParseConfig(content, name, hcl.InitialPos) // tests check that it has no problems
		for _, block := range file.Body.(*hclsyntax.Body).Blocks {
			if wanted(block) {
				return libraryBlock{string(block.Range().SliceBytes(content)), name, block.DefRange().Start.Line}
			}
		}
	}
	return libraryBlock{}
}

// shippedHCL returns a function that returns a block of the library by its type and first
// label, below a comment with its place: HCL to start from. Of several types the first
// counts that has one.
func shippedHCL(label string, types ...string) func() (string, error) {
	return func() (string, error) {
		for _, kind := range types {
			block := findBlock(libraryFiles(), func(block *hclsyntax.Block) bool {
				return block.Type == kind && len(block.Labels) > 0 && block.Labels[0] == label
			})
			if block.text != "" {
				return fmt.Sprintf("# %s:%d\n%s\n", block.file, block.line, block.text), nil
			}
		}
		return "", usageError{fmt.Errorf("the library has no HCL of %q: \"ringer show %s\" describes it", label, label)}
	}
}

// libraryFiles are the names of the library's files: what scenarios can name, then the
// scenarios, which use it.
func libraryFiles() []string {
	var files []string
	for _, in := range []fs.FS{scenarios.LibraryFS, scenarios.FS} {
		_ = fs.WalkDir(in, ".", func(name string, _ fs.DirEntry, err error) error { // they are embedded
			if err == nil && path.Ext(name) == ".hcl" && !strings.HasPrefix(name, "sigmahq/") {
				files = append(files, libraryFolder+"/"+name)
			}
			return nil
		})
	}
	return files
}
