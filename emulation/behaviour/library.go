package behaviour

import (
	"cmp"
	"maps"
	"slices"
	"sync"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/diagnostic"
)

// Library is what scenarios can name: behaviours, ordinary days and kinds of host, and
// the templates and values that these share.
type Library struct {
	behaviours map[string]Behaviour
	days       map[string]Baseline
	kinds      map[string]asset.Kind
	templates  map[string]*definition // by kind, a dot and name
	hosts      map[string]*definition
	locals     []hcl.Attributes
	// values are the locals' values; root is what every expression may refer to.
	values map[string]cty.Value
	root   *hcl.EvalContext
	// contents are what was read already, by read.
	contents sync.Map
}

// definition is a block that is planned when it is asked for.
type definition struct {
	block     *hcl.Block
	of        *Block
	arguments []Argument
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

// Read reads a library from files. Diagnostics say what is wrong in them; what is not
// wrong can be used.
func Read(files ...*hcl.File) (*Library, hcl.Diagnostics) {
	l := &Library{
		behaviours: map[string]Behaviour{}, days: map[string]Baseline{}, kinds: map[string]asset.Kind{},
		templates: map[string]*definition{}, hosts: map[string]*definition{},
	}
	r := reader{evaluation: evaluation{library: l}, taken: map[string]hcl.Range{}}
	var blocks hcl.Blocks
	for _, file := range files {
		content, problems := file.Body.Content((&Block{Blocks: Blocks}).schema())
		r.Report(problems...)
		blocks = append(blocks, content.Blocks...)
	}
	r.readLocals(blocks)
	for _, block := range blocks {
		switch block.Type {
		case "template":
			r.readTemplate(block)
		case "host":
			if r.claim("host", block) {
				l.hosts[block.Labels[0]] = &definition{block: block, of: hostBlock, library: l}
			}
		}
	}
	for _, name := range slices.Sorted(maps.Keys(l.hosts)) {
		r.readHost(l.hosts[name])
	}
	for _, block := range blocks {
		switch block.Type {
		case "behaviour":
			r.readBehaviour(block)
		case "ordinary_day":
			r.readDay(block)
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

func (r *reader) readLocals(blocks hcl.Blocks) {
	for _, block := range blocks {
		if block.Type == "locals" {
			r.library.locals = append(r.library.locals, r.content(block.Body, localsBlock).Attributes)
		}
	}
	library := r.library
	values, problems := library.evaluateLocals()
	r.Report(problems...)
	library.values = values
	library.root = &hcl.EvalContext{Functions: functions(), Variables: map[string]cty.Value{"local": cty.ObjectVal(values)}}
	r.root = library.root
}

func (l *Library) evaluateLocals() (map[string]cty.Value, hcl.Diagnostics) {
	e := evaluation{library: l}
	return e.locals(l.locals, &hcl.EvalContext{Functions: functions()}, nil), e.Diagnostics()
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
	content := r.content(block.Body, templateBlock)
	r.library.templates[block.Labels[1]] = &definition{
		block: block, of: templateBlock, arguments: r.readArguments(content.Blocks.OfType("argument"), "text"), library: r.library,
	}
}

// template is the template that an attribute names, or nil if that is reported.
func (e *evaluation) template(attr *hcl.Attribute, kind string) *definition {
	path, problems := hcl.AbsTraversalForExpr(attr.Expr)
	if problems.HasErrors() || len(path) != 2 || path.RootName() != "template" {
		e.Errorf(diagnostic.AtValue(attr), "Invalid reference", "%q must name a template, such as template.login_shell.", attr.Name)
		return nil
	}
	name := path[1].(hcl.TraverseAttr).Name
	found, ok := e.library.templates[name]
	if !ok {
		e.Errorf(diagnostic.AtValue(attr), "Unknown reference", "There is no template %q. %s", name, diagnostic.Suggest(name, slices.Collect(maps.Keys(e.library.templates))))
		return nil
	}
	if found.block.Labels[0] != kind {
		e.Errorf(diagnostic.AtValue(attr), "Wrong kind of template", "template.%s is a template of kind %s (%s); expected one of kind %s.",
			name, found.block.Labels[0], diagnostic.FileLine(found.block.DefRange), kind)
		return nil
	}
	return found
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
