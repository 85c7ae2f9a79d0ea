package cli

import (
	"fmt"
	"iter"
	"maps"
	"slices"

	"github.com/hashicorp/hcl/v2"

	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/behaviour"
	"github.com/ringer-lab/ringer/emulation/scenario"
	"github.com/ringer-lab/ringer/emulation/userfile"
	"github.com/ringer-lab/ringer/scenarios"
)

// itemFlags say where items come from that list and show show.
type itemFlags struct {
	ruleFlags
	// vocabulary has what the shipped library has, and those of --library.
	vocabulary scenario.Vocabulary
	// files are those of the libraries of --library.
	files map[string]*hcl.File
}

// itemFlags reads the libraries that were named. It reports what is wrong in them, and
// fails if one has an error.
func (c *command) itemFlags(rules ruleFlags, libraries []string) (itemFlags, error) {
	flags := itemFlags{ruleFlags: rules}
	all := []*behaviour.Library{scenarios.Library()}
	if len(libraries) > 0 {
		set, problems := scenario.LoadFS(scenario.Options{Vocabulary: scenarios.Vocabulary, Libraries: libraries}, userfile.Disk{})
		if err := c.reportProblems(set, problems); err != nil {
			return flags, err
		}
		all, flags.files = append(all, set.Libraries...), set.Files
	}
	flags.vocabulary = scenario.VocabularyOf(all...)
	return flags, nil
}

// called is the name of what a library has: with the library's, where another has such a
// name as well.
func (f itemFlags) called(library, name string) string {
	if library == behaviour.Shipped {
		return name
	}
	for _, other := range f.vocabulary.Libraries {
		_, behaves := other.Behaviour(name)
		_, happens := other.Baseline(name)
		if other.Name != library && (behaves || happens) {
			return library + "." + name
		}
	}
	return name
}

// libraryOf is the name of the library that has a kind of host.
func (f itemFlags) libraryOf(kind asset.Kind) string {
	for _, library := range f.vocabulary.Libraries {
		if _, ok := library.Kind(kind.Name); ok {
			return library.Name
		}
	}
	return ""
}

// source returns a function that returns a block as written, by its types and first
// label. It fails if there is none.
func (f itemFlags) source(library, label string, types ...string) func() (string, error) {
	if library == behaviour.Shipped {
		return shippedHCL(label, types...)
	}
	return func() (string, error) {
		if text := hclOf(f.sorted(), label, types); text != "" {
			return text, nil
		}
		return "", usageError{fmt.Errorf("library %s has no HCL of %q", library, label)}
	}
}

// sorted are the files by name.
func (f itemFlags) sorted() iter.Seq2[string, *hcl.File] {
	return func(yield func(string, *hcl.File) bool) {
		for _, name := range slices.Sorted(maps.Keys(f.files)) {
			if !yield(name, f.files[name]) {
				return
			}
		}
	}
}
