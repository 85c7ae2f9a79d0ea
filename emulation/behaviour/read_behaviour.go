package behaviour

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/zclconf/go-cty/cty"

	"github.com/ringer-lab/ringer/emulation/argument"
	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/diagnostic"
	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/functions/hostfunc"
)

func (r *reader) readBehaviour(block *hcl.Block) {
	before := r.ErrorCount()
	r.claim("behaviour", block)
	one := instance{Of: behaviourBlock, Block: block, Content: r.Content(block.Body, behaviourBlock), Ctx: r.root}
	var says behaviourAttributes
	if !r.Fill(&says, one) {
		return
	}
	about := About{
		Name: block.Labels[0], Library: r.library.Name, Actors: says.Actors, Assets: says.Hosts, Platform: effect.Platform(says.Platform),
		Phase: says.Phase, Summary: says.Summary, Footprint: says.Footprint, Undo: says.Undo, Source: says.Source,
	}
	if len(says.Actors) == 0 {
		about.Actors = nil
	}
	if ids := r.techniques(one.Content.Attributes["attack"], says.Attack); len(ids) > 0 {
		about.Technique, about.Also = ids[0], ids[1:]
	}
	r.checkHosts(one.Content.Attributes["hosts"], says.Hosts, about.Platform)
	r.Platform = about.Platform
	found := Behaviour{
		About: about, Arguments: r.readArguments(one.Content.Blocks.OfType("argument"), ""), Range: block.DefRange,
		defined: &definition{block: block, of: behaviourBlock, library: r.library},
	}
	for i := range found.Arguments {
		found.Arguments[i].Platform = about.Platform
	}
	r.Platform = ""
	r.library.drafts[block] = found
	r.checkInside(one.Content.Blocks, behaviourBlock)
	if r.ErrorCount() == before {
		r.library.behaviours[about.Name] = found
	}
}

// checkHosts reports kinds of host that there are not, or that are of another platform.
func (r *reader) checkHosts(attr *hcl.Attribute, hosts []string, platform effect.Platform) {
	if len(hosts) == 0 && attr != nil {
		r.Errorf(diagnostic.AtValue(attr), "Missing value", "\"hosts\" must name at least one kind of host.")
	}
	for _, name := range hosts {
		if _, declared := r.library.hosts[name]; declared && r.library.kinds[name].Name == "" {
			continue // it is wrong itself
		}
		var names []string
		var kind asset.Kind
		for _, known := range r.library.allKinds() {
			names = append(names, known.Name)
			if known.Name == name {
				kind = known
			}
		}
		ok := kind.Name != ""
		switch {
		case !ok:
			r.Errorf(diagnostic.AtValue(attr), "Unknown kind of host", "There is no kind of host %q. %s", name, diagnostic.Suggest(name, names))
		case platform != "" && kind.Platform != platform:
			r.Errorf(diagnostic.AtValue(attr), "Wrong platform", "Hosts of kind %s are of platform %s; expected %s.", name, kind.Platform, platform)
		}
	}
}

// checkInside reports what may not stand in the blocks inside, whether or not they
// are planned.
func (r *reader) checkInside(blocks hcl.Blocks, inside *Block) {
	for _, block := range blocks {
		of := inside.Find(block.Type)
		if of == nil || of == argumentBlock {
			continue // dynamic is checked when it is planned
		}
		r.checkInside(r.Content(block.Body, of).Blocks, of)
	}
}

// readArguments reads argument blocks. form is the form of texts that say none; empty
// is that they must say what they may be.
func (r *reader) readArguments(blocks hcl.Blocks, form string) []argument.Argument {
	var all []argument.Argument
	for _, block := range blocks {
		if i := slices.IndexFunc(all, func(a argument.Argument) bool { return a.Name == block.Labels[0] }); i >= 0 {
			r.Errorf(diagnostic.AtLabel(block, 0), "Duplicate name", "There is an argument %q already.", block.Labels[0])
			continue
		}
		one := instance{Of: argumentBlock, Block: block, Content: r.Content(block.Body, argumentBlock), Ctx: r.root}
		var says argumentAttributes
		if !r.Fill(&says, one) {
			continue
		}
		declared := argument.Argument{Name: block.Labels[0], Type: argumentTypeNames[says.Type], Doc: says.Doc, OneOf: says.OneOf, Like: says.Like}
		if len(says.OneOf) == 0 {
			declared.OneOf = nil
		}
		switch text := declared.Type == "string" || declared.Type == "list(string)"; {
		case declared.Type == "any" && form == "":
			r.Errorf(diagnostic.AtValue(one.Content.Attributes["type"]), "Invalid type", "Only an argument of a template can be of any type: what a step gives must have bounds.")
		case declared.Type == "object":
			declared.Arguments = r.readArguments(one.Content.Blocks.OfType("argument"), form)
		case declared.Type == "number":
			declared.Min, declared.Max = says.Min, says.Max
		case declared.Type == "map(string)" || text && declared.OneOf == nil && declared.Like == "":
			declared.Form, declared.Max = says.Form, says.Max
			if one.Content.Attributes["form"] == nil && form != "" {
				declared.Form, declared.Max = form, 100_000
			}
		}
		r.readDefault(&declared, one)
		all = append(all, declared)
	}
	return all
}

// argumentTypeNames are the types by the word in `type`.
var argumentTypeNames = map[string]string{
	"string": "string", "number": "number", "bool": "bool", "list": "list(string)", "map": "map(string)", "object": "object", "any": "any",
}

func (r *reader) readDefault(declared *argument.Argument, one instance) {
	attr := one.Content.Attributes["default"]
	declared.Required = attr == nil && declared.Type != "object"
	if attr == nil {
		return
	}
	checked := *declared
	if got, problems := attr.Expr.Value(one.Ctx); !problems.HasErrors() && got.RawEquals(cty.StringVal("")) {
		checked = argument.Argument{Name: declared.Name, Type: declared.Type, Form: "any", Max: 1} // nothing is chosen
	}
	value, ok := r.Attribute(attr, checked, one.Ctx)
	if !ok {
		return
	}
	declared.Fallback = value
	switch v := value.(type) {
	case []string:
		declared.Default = strings.Join(v, ",")
	case map[string]string, map[string]any:
	default:
		declared.Default = fmt.Sprint(v)
	}
}

// Plan says what a behaviour does on a host with the arguments given, which are of the
// types of [Argument.Value], and how it is proven. It is pure: the same arguments and
// host give the same plan. Diagnostics say what is wrong with the arguments or, for
// these, with the behaviour; the plan is then not to be used.
func (b Behaviour) Plan(on asset.Host, given map[string]any) (effect.StepPlan, hcl.Diagnostics) {
	as, ok := on.Kind.IsAny(b.Assets)
	if !ok {
		as = on.Kind.Name
	}
	p := newPlanning(b.defined.library, on, as)
	if problem := argument.CheckAll(b.Platform, b.Name, b.Arguments, given); problem != "" {
		p.Errorf(diagnostic.AtBlock(b.defined.block), "Invalid argument", "%s.", problem)
		return effect.StepPlan{}, p.Diagnostics()
	}
	arguments := argument.ToHCL(argument.WithDefaults(b.Arguments, given))
	return p.planned(b.defined, map[string]cty.Value{"arg": arguments})
}

func newPlanning(library *Library, on asset.Host, as string) *planning {
	p := &planning{evaluation: newEvaluation(library), host: on}
	p.Platform = on.Kind.Platform
	p.everywhere = &hcl.EvalContext{Variables: map[string]cty.Value{"host": hostValue(on, as)}, Functions: hostfunc.Of(on)}
	p.root = p.rootOf(library)
	return p
}

// planned plans a block and checks that something proves it.
func (p *planning) planned(d *definition, given map[string]cty.Value) (effect.StepPlan, hcl.Diagnostics) {
	ctx := p.root.NewChild()
	ctx.Variables = map[string]cty.Value{}
	maps.Copy(ctx.Variables, given)
	defer p.Begin()()
	p.withLocals(p.Content(d.block.Body, d.of), ctx)
	p.planBlocks(d.of, d.block.Body, ctx)
	if p.ErrorCount() == 0 && len(p.plan.Checks) == 0 {
		p.Errorf(diagnostic.AtBlock(d.block), "Nothing proves it", "Nothing that can be looked at afterwards follows from its acts on a host of kind %s. Let a process write down what it did, or add a block \"prove\".", p.host.Kind.Name)
	}
	return p.plan, p.Diagnostics()
}

// withLocals adds a block's own locals to those of the library.
func (e *evaluation) withLocals(content *hcl.BodyContent, ctx *hcl.EvalContext) {
	var own []hcl.Attributes
	for _, block := range content.Blocks.OfType("locals") {
		own = append(own, e.Content(block.Body, localsBlock).Attributes)
	}
	if own != nil {
		ctx.Variables["local"] = cty.ObjectVal(e.Locals(own, ctx, e.library.values))
	}
}

// hostValue is a host as expressions see it: as one of the kind that they were written
// for.
func hostValue(on asset.Host, as string) cty.Value {
	var files []string
	for _, file := range on.Kind.Files {
		if !file.Folder {
			files = append(files, file.Path)
		}
	}
	return cty.ObjectVal(map[string]cty.Value{
		"kind": cty.StringVal(as), "hostname": cty.StringVal(on.Hostname), "platform": cty.StringVal(string(on.Kind.Platform)),
		"service": cty.StringVal(on.Service), "accounts": argument.ToHCL(on.Kind.Accounts), "files": argument.Texts(files),
	})
}
