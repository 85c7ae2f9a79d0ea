package cli

import (
	"fmt"
	"io/fs"
	"iter"
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

// findBlock returns the first block of files that is wanted; the zero value if there is
// none.
func findBlock(files iter.Seq2[string, *hcl.File], wanted func(*hclsyntax.Block) bool) libraryBlock {
	for name, file := range files {
		body, ok := file.Body.(*hclsyntax.Body)
		if !ok {
			continue
		}
		for _, block := range body.Blocks {
			if wanted(block) {
				return libraryBlock{string(block.Range().SliceBytes(file.Bytes)), name, block.DefRange().Start.Line}
			}
		}
	}
	return libraryBlock{}
}

// parsedShipped parses files of the library as they are asked for.
func parsedShipped(names []string) iter.Seq2[string, *hcl.File] {
	return func(yield func(string, *hcl.File) bool) {
		for _, name := range names {
			content, err := readShipped(name)
			if err != nil {
				continue // it is embedded
			}
			file, _ := hclsyntax.ParseConfig(content, name, hcl.InitialPos) // tests check that it has no problems
			if !yield(name, file) {
				return
			}
		}
	}
}

// hclOf returns a block by its type and first label, below a comment with its place: HCL
// to start from; "" if there is none. Of several types the first counts that has one.
func hclOf(files iter.Seq2[string, *hcl.File], label string, types []string) string {
	for _, kind := range types {
		block := findBlock(files, func(block *hclsyntax.Block) bool {
			return block.Type == kind && len(block.Labels) > 0 && block.Labels[0] == label
		})
		if block.text != "" {
			return fmt.Sprintf("# %s:%d\n%s\n", block.file, block.line, block.text)
		}
	}
	return ""
}

// shippedHCL returns a function that returns a block of the library, as hclOf does. It
// fails if there is none.
func shippedHCL(label string, types ...string) func() (string, error) {
	return func() (string, error) {
		if text := hclOf(parsedShipped(libraryFiles()), label, types); text != "" {
			return text, nil
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
