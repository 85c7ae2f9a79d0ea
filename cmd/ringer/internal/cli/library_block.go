package cli

import (
	"fmt"
	"io/fs"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
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

// firstUse returns a function that returns the library's first block of that type and
// first label, below a comment with its place: HCL to start from.
func firstUse(kind, label string) func() (string, error) {
	return func() (string, error) {
		files, err := fs.Glob(shipped{}, libraryFolder+"/*.hcl")
		if err != nil {
			return "", err
		}
		block := findBlock(files, func(block *hclsyntax.Block) bool {
			return block.Type == kind && len(block.Labels) > 0 && block.Labels[0] == label
		})
		if block.text == "" {
			return "", usageError{fmt.Errorf("the library has no %s %q in HCL: \"ringer show %s\" describes it", kind, label, label)}
		}
		return fmt.Sprintf("# %s:%d\n%s\n", block.file, block.line, block.text), nil
	}
}
