package behaviour

import (
	"cmp"
	"maps"
	"slices"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"github.com/ringer-lab/ringer/emulation/argument"
	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/block"
	"github.com/ringer-lab/ringer/emulation/diagnostic"
	"github.com/ringer-lab/ringer/emulation/functions/hostfunc"
)

// Library is what scenarios can name: behaviours, ordinary days and kinds of host, and
// the templates and values that these share.
type Library struct {
	// Name is what tells its behaviours and days from those of another library: a step
	// can name a behaviour by Name, a dot and its name.
	Name string
	// uses are the libraries whose hosts and templates its blocks can name as well.
	uses       []*Library
	behaviours map[string]Behaviour
	days       map[string]Baseline
	kinds      map[string]asset.Kind
	templates  map[string]*definition // by kind, a dot and name
	hosts      map[string]*definition
	logs       map[string]*definition
	locals     []hcl.Attributes
	// drafts are the behaviours by their blocks, those with mistakes too.
	drafts map[*hcl.Block]Behaviour
	// broken are the blocks that have mistakes, by type and name.
	broken map[string]bool
	// blocks are all that it was read from.
	blocks hcl.Blocks
	// values are the locals' values; root is what every expression may refer to.
	values map[string]cty.Value
	root   *hcl.EvalContext
	// read are its blocks that were read already.
	read block.Cache
}

// definition is a block that is planned when it is asked for.
type definition struct {
	block     *hcl.Block
	of        *Block
	arguments []argument.Argument
	library   *Library
}

// name is the block's own name: its last label.
func (d *definition) name() string { return d.block.Labels[len(d.block.Labels)-1] }

// reader reads the files of a library.
type reader struct {
	evaluation
	taken map[string]hcl.Range
}

// Parse parses one file of ringer's own library, which is known to be sound; a file of
// somebody's is for bounded.Parse. Diagnostics say what is no HCL.
func Parse(name string, text []byte) (*hcl.File, hcl.Diagnostics) {
	return hclsyntax.ParseConfig(text, name, hcl.InitialPos)
}

// Source is what a library is read from.
type Source struct {
	// Name is the library's.
	Name string
	// Files have nothing but blocks of a library; Blocks are of a file that has others.
	Files  []*hcl.File
	Blocks hcl.Blocks
	// Values are what expressions can refer to besides: objects by the word they begin
	// with, such as var. Where local is among them, the blocks have no locals.
	Values map[string]cty.Value
	// Uses are the libraries whose hosts and templates can be named.
	Uses []*Library
}

// Files are the names of the files that the library was read from, with those of the
// libraries that it uses, each once.
func (l *Library) Files() []string {
	var names []string
	for _, block := range l.blocks {
		names = append(names, block.DefRange.Filename)
	}
	for _, used := range l.uses {
		names = append(names, used.Files()...)
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// Shipped is the name of the library that ringer brings along.
const Shipped = "ringer"

// Read reads ringer's own library from files. Diagnostics say what is wrong in them; what
// is not wrong can be used.
func Read(files ...*hcl.File) (*Library, hcl.Diagnostics) {
	return ReadSource(Source{Name: Shipped, Files: files})
}

// ReadSource reads a library. Diagnostics say what is wrong in it, as far as that shows
// before anything is planned ([Library.Check] says the rest); what is not wrong can be
// used.
func ReadSource(from Source) (*Library, hcl.Diagnostics) {
	l := &Library{
		Name: from.Name, uses: from.Uses,
		behaviours: map[string]Behaviour{}, days: map[string]Baseline{}, kinds: map[string]asset.Kind{},
		templates: map[string]*definition{}, hosts: map[string]*definition{}, logs: map[string]*definition{}, drafts: map[*hcl.Block]Behaviour{}, broken: map[string]bool{},
	}
	r := reader{evaluation: newEvaluation(l), taken: map[string]hcl.Range{}}
	blocks := from.Blocks
	for _, file := range from.Files {
		blocks = append(blocks, r.Content(file.Body, fileOfBlocks).Blocks...)
	}
	l.blocks = blocks
	r.readLocals(blocks, from.Values)
	for _, block := range blocks {
		switch block.Type {
		case "template":
			r.readTemplate(block)
		case "host":
			if r.claim("host", block) {
				l.hosts[block.Labels[0]] = &definition{block: block, of: hostBlock, library: l}
			}
		case "log_source":
			if r.claim("log_source", block) {
				l.logs[block.Labels[0]] = &definition{block: block, of: logSourceBlock, library: l}
				r.readLog(l.logs[block.Labels[0]], "")
			}
		}
	}
	r.checkHostNames()
	for _, name := range slices.Sorted(maps.Keys(l.hosts)) {
		before := r.ErrorCount()
		r.readHost(l.hosts[name])
		l.broken["host "+name] = r.ErrorCount() != before
	}
	for _, block := range blocks {
		before := r.ErrorCount()
		switch block.Type {
		case "behaviour":
			r.readBehaviour(block)
		case "ordinary_day":
			r.readDay(block)
		default:
			continue
		}
		if r.ErrorCount() != before {
			l.broken[block.Type+" "+blockName(block)] = true
		}
	}
	return l, r.Diagnostics()
}

// claim takes a name for a block and reports one that is taken.
func (r *reader) claim(kind string, block *hcl.Block) bool {
	name := block.Labels[len(block.Labels)-1]
	if !hclsyntax.ValidIdentifier(name) {
		r.Errorf(diagnostic.AtLabel(block, len(block.Labels)-1), "Invalid name", "%q is not a name: expected letters, digits and underscores.", name)
		return false
	}
	if at, taken := r.taken[kind+" "+name]; taken {
		r.Errorf(diagnostic.AtLabel(block, len(block.Labels)-1), "Duplicate name", "There is a %s %q already, at %s.", kind, name, diagnostic.FileLine(at))
		return false
	}
	r.taken[kind+" "+name] = block.DefRange
	return true
}

// checkHostNames reports kinds of host of two libraries that have the same name: it is all
// that behaviours say of the hosts that they are for.
func (r *reader) checkHostNames() {
	taken := map[string]hcl.Range{}
	for _, l := range append(slices.Clone(r.library.uses), r.library) {
		for _, name := range slices.Sorted(maps.Keys(l.hosts)) {
			block := l.hosts[name].block
			if at, twice := taken[name]; twice {
				r.Errorf(diagnostic.AtLabel(block, 0), "Duplicate name", "There is a host %q already, at %s. Give this one another name.", name, diagnostic.FileLine(at))
			}
			taken[name] = block.DefRange
		}
	}
}

func (r *reader) readLocals(blocks hcl.Blocks, given map[string]cty.Value) {
	for _, block := range blocks {
		if block.Type == "locals" {
			r.library.locals = append(r.library.locals, r.Content(block.Body, localsBlock).Attributes)
		}
	}
	library := r.library
	values, problems := library.evaluateLocals()
	r.Report(problems...)
	library.values = values
	library.root = &hcl.EvalContext{Functions: hostfunc.Table(), Variables: map[string]cty.Value{"local": cty.ObjectVal(values)}}
	for name, value := range given {
		library.root.Variables[name] = value
		if name == "local" && value.Type().IsObjectType() {
			library.values = value.AsValueMap()
		}
	}
	r.root = library.root
}

func (l *Library) evaluateLocals() (map[string]cty.Value, hcl.Diagnostics) {
	e := newEvaluation(l)
	return e.Locals(l.locals, &hcl.EvalContext{Functions: hostfunc.Table()}, nil), e.Diagnostics()
}

func (r *reader) readTemplate(block *hcl.Block) {
	kinds := []string{"process", "host", "activities"}
	if !slices.Contains(kinds, block.Labels[0]) {
		r.Errorf(diagnostic.AtLabel(block, 0), "Unknown kind of template", "There is no kind of template %q. %s", block.Labels[0], diagnostic.Suggest(block.Labels[0], kinds))
		return
	}
	if !r.claim("template", block) {
		return
	}
	content := r.Content(block.Body, templateBlock)
	r.library.templates[block.Labels[1]] = &definition{
		block: block, of: templateBlock, arguments: r.readArguments(content.Blocks.OfType("argument"), "text"), library: r.library,
	}
}

// template is the template that an attribute names, or nil if that is reported.
func (e *evaluation) template(attr *hcl.Attribute, kind string) *definition {
	name, ok := named(attr.Expr, "template")
	if !ok {
		e.Errorf(diagnostic.AtValue(attr), "Invalid reference", "%q must name a template, such as template.login_shell.", attr.Name)
		return nil
	}
	found := findIn(e, attr, "template", name, func(l *Library) map[string]*definition { return l.templates })
	if found != nil && found.block.Labels[0] != kind {
		e.Errorf(diagnostic.AtValue(attr), "Wrong kind of template", "template.%s is a template of kind %s (%s); expected one of kind %s.",
			name, found.block.Labels[0], diagnostic.FileLine(found.block.DefRange), kind)
		return nil
	}
	return found
}

// named is the name that an expression refers to below a root.
func named(expr hcl.Expression, root string) (name string, ok bool) {
	path, problems := hcl.AbsTraversalForExpr(expr)
	if problems.HasErrors() || len(path) != 2 || path.RootName() != root {
		return "", false
	}
	second, ok := path[1].(hcl.TraverseAttr)
	return second.Name, ok
}

// findIn is the block of that name of the library or, if it has none, of those that it
// uses; nil if what is wrong is reported.
func findIn(e *evaluation, attr *hcl.Attribute, noun, name string, of func(*Library) map[string]*definition) *definition {
	if found, ok := of(e.library)[name]; ok {
		return found
	}
	var found *definition
	names := slices.Collect(maps.Keys(of(e.library)))
	for _, used := range e.library.uses {
		other, ok := of(used)[name]
		if ok && found != nil {
			e.Errorf(diagnostic.AtValue(attr), "Ambiguous reference", "There is a %s %q at %s and at %s. Give one of them another name.",
				noun, name, diagnostic.FileLine(found.block.DefRange), diagnostic.FileLine(other.block.DefRange))
			return nil
		}
		if ok {
			found = other
		}
		names = append(names, slices.Collect(maps.Keys(of(used)))...)
	}
	if found == nil {
		e.Errorf(diagnostic.AtValue(attr), "Unknown reference", "There is no %s %q. %s", noun, name, diagnostic.Suggest(name, names))
	}
	return found
}

// allKinds are the kinds of host that its blocks can name.
func (l *Library) allKinds() []asset.Kind {
	all := l.Kinds()
	for _, used := range l.uses {
		all = append(all, used.Kinds()...)
	}
	return all
}

// Behaviours returns the behaviours, sorted by name.
func (l *Library) Behaviours() []Behaviour {
	return slices.SortedFunc(maps.Values(l.behaviours), func(a, b Behaviour) int { return cmp.Compare(a.Name, b.Name) })
}

// Behaviour returns the behaviour of that name, and whether there is one.
func (l *Library) Behaviour(name string) (Behaviour, bool) {
	found, ok := l.behaviours[name]
	return found, ok
}

// Baselines returns the ordinary days, sorted by name.
func (l *Library) Baselines() []Baseline {
	return slices.SortedFunc(maps.Values(l.days), func(a, b Baseline) int { return cmp.Compare(a.Name, b.Name) })
}

// Baseline returns the ordinary day of that name, and whether there is one.
func (l *Library) Baseline(name string) (Baseline, bool) {
	found, ok := l.days[name]
	return found, ok
}

// Kinds returns the kinds of host, sorted by name.
func (l *Library) Kinds() []asset.Kind {
	return slices.SortedFunc(maps.Values(l.kinds), func(a, b asset.Kind) int { return cmp.Compare(a.Name, b.Name) })
}

// Kind returns the kind of host of that name, and whether there is one.
func (l *Library) Kind(name string) (asset.Kind, bool) {
	found, ok := l.kinds[name]
	return found, ok
}
