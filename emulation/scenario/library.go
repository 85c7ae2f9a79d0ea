package scenario

import (
	"fmt"
	"io"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"github.com/ringer-lab/ringer/emulation/behaviour"
	"github.com/ringer-lab/ringer/emulation/diagnostic"
	"github.com/ringer-lab/ringer/emulation/scenario/schema"
)

// maxLibraryFiles is how many files a library may have.
const maxLibraryFiles = 1000

// OwnLibrary is the name by which steps call the blocks of a library that stand in the
// scenario itself.
const OwnLibrary = "scenario"

// isLibraryBlock reports whether a block is one that a library has, and a scenario can
// have too. Locals are either's.
func isLibraryBlock(kind string) bool {
	return kind != "locals" && slices.ContainsFunc(behaviour.Blocks(), func(b *behaviour.Block) bool { return b.Name == kind })
}

// libraryBlocks counts a file's blocks that only a library has; only is false if it has
// others than these and locals.
func (s source) libraryBlocks() (blocks int, only bool) {
	body, ok := s.file.Body.(*hclsyntax.Body)
	if !ok {
		return 0, false
	}
	for _, block := range body.Blocks {
		switch {
		case isLibraryBlock(block.Type):
			blocks++
		case block.Type != "locals":
			return 0, false
		}
	}
	return blocks, true
}

// isLibrary reports whether files, those on top of a folder, are of a library: they have
// its blocks and no others, or locals for those below.
func isLibrary(files []source, below bool) bool {
	any := below
	for _, f := range files {
		blocks, only := f.libraryBlocks()
		if !only {
			return false
		}
		any = any || blocks > 0
	}
	return any
}

// loadLibraries reads the libraries of the options.
func (l *loader) loadLibraries() {
	for _, name := range l.opt.Libraries {
		l.loadLibrary(filepath.ToSlash(name))
	}
}

// loadLibrary reads a library of the options, or one that was named in the place of a
// scenario.
func (l *loader) loadLibrary(name string) {
	if library := l.library(name, l.reportError); library != nil && !slices.Contains(l.set.Libraries, library) {
		l.set.Libraries = append(l.set.Libraries, library)
	}
}

// library reads a library's file, or its folder with all below it. It returns nil where
// that cannot be read, which it reports.
func (l *loader) library(name string, report func(summary, detail string)) *behaviour.Library {
	if known, ok := l.libraries[path.Clean(name)]; ok {
		return known
	}
	files, err := l.libraryFiles(name)
	if err == nil && len(files) == 0 {
		err = fmt.Errorf("library %s contains no .hcl file", name)
	}
	if err != nil {
		report("Cannot read library", fmt.Sprintf("%s.", err))
		return nil
	}
	from := behaviour.Source{Name: strings.TrimSuffix(path.Base(path.Clean(name)), ".hcl"), Uses: l.vocabulary().Libraries}
	for _, f := range files {
		if f.parsed {
			from.Files = append(from.Files, f.file)
		}
	}
	library, problems := behaviour.ReadSource(from)
	l.Report(append(problems, library.Check()...)...)
	l.libraries[path.Clean(name)] = library
	return library
}

// libraryFiles parses the files of a library.
func (l *loader) libraryFiles(name string) ([]source, error) {
	about, err := fs.Stat(l.in, name)
	if err != nil {
		return nil, err
	}
	if !about.IsDir() {
		return l.parseAgain(l.in, []string{name}, func(name string) string { return name }), nil
	}
	in, err := l.openFolder(name)
	if err != nil {
		return nil, err
	}
	if opened, ok := in.(io.Closer); ok {
		defer opened.Close()
	}
	var names []string
	err = fs.WalkDir(in, ".", func(file string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() || path.Ext(file) != ".hcl" || strings.HasPrefix(path.Base(file), "."):
			return nil
		case len(names) == maxLibraryFiles:
			return fmt.Errorf("library %s has more than %d files", name, maxLibraryFiles)
		}
		names = append(names, file)
		return nil
	})
	if err != nil {
		return nil, err
	}
	return l.parseAgain(in, names, func(file string) string { return inFolder(name, file) }), nil
}

// parseAgain parses files as parseFiles does, and returns those that it knows already.
func (l *loader) parseAgain(in fs.FS, names []string, joined func(string) string) []source {
	var all []source
	for _, name := range names {
		if known, ok := l.set.Files[joined(name)]; ok {
			all = append(all, source{joined(name), known, known.Body != nil})
			continue
		}
		all = append(all, l.parseFiles(in, []string{name}, joined)...)
	}
	return all
}

// librariesOf reads the libraries that a scenario's files name, and returns them with
// those of the options. complete is false if one of them could not be read.
func (l *loader) librariesOf(files []source) (all []*behaviour.Library, complete bool) {
	all, complete = slices.Clone(l.set.Libraries), !l.incomplete
	for _, f := range files {
		for _, attr := range libraryAttributes(f.file.Body) {
			for _, library := range l.namedLibraries(f.name, attr) {
				switch {
				case library == nil:
					complete = false
				case !slices.Contains(all, library):
					all = append(all, library)
				}
			}
		}
	}
	return all, complete
}

// libraryAttributes are the attributes of a file that name libraries.
func libraryAttributes(body hcl.Body) []*hcl.Attribute {
	content, _, _ := body.PartialContent(&hcl.BodySchema{Blocks: []hcl.BlockHeaderSchema{scenarioBlock.Header()}})
	var all []*hcl.Attribute
	for _, block := range content.Blocks {
		inside, _, _ := block.Body.PartialContent(&hcl.BodySchema{Attributes: []hcl.AttributeSchema{{Name: "library"}}})
		if attr := inside.Attributes["library"]; attr != nil {
			all = append(all, attr)
		}
	}
	return all
}

// namedLibraries reads what an attribute names; nil is for one that cannot be read. It is
// read before anything that it could refer to.
func (l *loader) namedLibraries(file string, attr *hcl.Attribute) []*behaviour.Library {
	got, problems := attr.Expr.Value(nil)
	if problems.HasErrors() {
		l.Report(problems...)
		return []*behaviour.Library{nil}
	}
	if kind := got.Type(); !kind.IsTupleType() && !kind.IsListType() {
		return nil // decodeHeader reports it
	}
	var all []*behaviour.Library
	for it := got.ElementIterator(); it.Next(); {
		_, element := it.Element()
		if element.IsNull() || element.Type() != cty.String {
			return all
		}
		name := filepath.ToSlash(element.AsString())
		if !path.IsAbs(name) && filepath.VolumeName(name) == "" {
			name = inFolder(folderOf(file), name)
		}
		all = append(all, l.library(name, func(summary, detail string) { l.Errorf(diagnostic.AtValue(attr), summary, "%s", detail) }))
	}
	return all
}

// folderOf returns the folder that a file is in.
func folderOf(file string) string {
	volume := filepath.VolumeName(file)
	return volume + path.Dir(file[len(volume):])
}

// libraryBlocks are the heads of the blocks of a library that a scenario can have.
func libraryBlocks() *hcl.BodySchema {
	body := &hcl.BodySchema{}
	for _, block := range behaviour.Blocks() {
		if isLibraryBlock(block.Name) {
			body.Blocks = append(body.Blocks, hcl.BlockHeaderSchema{Type: block.Name, LabelNames: block.Labels})
		}
	}
	return body
}

// decodeOwnBlocks reads the blocks of a library that stand in the scenario. They can
// refer to its locals and variables, and name the hosts and templates of its libraries.
func (d *decoder) decodeOwnBlocks(blocks hcl.Blocks) {
	if d.vocabulary.incomplete || len(blocks) == 0 && len(d.vocabulary.Libraries) < 2 {
		return // there is nothing to read, nor two libraries that could have the same host
	}
	own, problems := behaviour.ReadSource(behaviour.Source{
		Name: OwnLibrary, Blocks: blocks, Uses: d.vocabulary.Libraries,
		Values: map[string]cty.Value{"local": cty.ObjectVal(d.scope.values["local"]), "var": cty.ObjectVal(d.scope.values["var"])},
	})
	d.Report(problems...)
	d.Report(own.Check()...)
	d.vocabulary = d.vocabulary.with(own)
}

var libraryAttribute = schema.Attribute{
	Name: "library", Type: schema.Strings, Default: "none", Doc: "Files, or folders with all below them, of behaviours, hosts and ordinary days of your own: see [libraries]. A path that " +
		"is not absolute begins at the folder of the file. The paths are written out, without references.",
}
