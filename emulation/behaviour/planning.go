package behaviour

import (
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/zclconf/go-cty/cty"

	"github.com/ringer-lab/ringer/emulation/act"
	"github.com/ringer-lab/ringer/emulation/argument"
	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/diagnostic"
	"github.com/ringer-lab/ringer/emulation/effect"
)

// planning makes a plan for a host of what stands in a block.
type planning struct {
	evaluation
	host asset.Host
	plan effect.StepPlan
	acts *act.Plan
	// at is the block of the process or act that is being planned.
	at *hcl.Block
	// further are the checks of `prove`; only is that they are all.
	further []effect.Check
	only    bool
}

// planBlocks plans what stands in a behaviour or an activity: what is given, what is
// done, and what proves it.
func (p *planning) planBlocks(of *Block, body hcl.Body, ctx *hcl.EvalContext) {
	content := p.Content(body, of)
	p.acts = act.NewPlan(p.host, func(summary, detail string) { p.Errorf(diagnostic.AtBlock(p.at), summary, "%s", detail) })
	p.onTop(content.Blocks, of, ctx)
	if !p.only {
		p.plan.Checks = p.acts.Proofs.Checks()
	}
	p.plan.Checks = append(p.plan.Checks, p.further...)
}

// onTop plans blocks that are in no process.
func (p *planning) onTop(blocks hcl.Blocks, inside *Block, ctx *hcl.EvalContext) {
	for one := range p.Each(blocks, inside, ctx) {
		switch one.Of {
		case givenBlock:
			p.given(one)
		case processBlock:
			p.plan.Processes = append(p.plan.Processes, p.process(one, nil).Process)
		case groupBlock:
			p.onTop(one.Content.Blocks, groupBlock, one.Ctx)
		case proveBlock:
			p.prove(one)
		case localsBlock, argumentBlock:
		default:
			p.Errorf(diagnostic.AtBlock(one.Block), "Misplaced act", "A block of type %s must stand in a process, which does it.", one.Block.Type)
		}
	}
}

func (p *planning) given(one instance) {
	var out givenAttributes
	if !p.Fill(&out, one) {
		return
	}
	content := argument.Bytes(out.Content)
	p.plan.Preconditions = append(p.plan.Preconditions, effect.Precondition{
		Path: out.Path, Content: content, Folder: out.Folder, Append: out.Append, Absent: out.Absent, Mode: argument.Mode(out.Mode),
	})
	if !out.Append && !out.Absent {
		p.acts.Proofs.Given(out.Path, content)
	}
}

func (p *planning) prove(one instance) {
	var out proveAttributes
	if p.Fill(&out, one) && out.Only {
		p.only = true
	}
	for inner := range p.Each(one.Content.Blocks, proveBlock, one.Ctx) {
		if check := inner.Of.New().(act.Check); p.Fill(check, inner) {
			p.further = append(p.further, check.Check())
		}
	}
}

// process plans a process, with what the templates say that it extends. above is the
// one that starts it; nil is that none of the plan does.
func (p *planning) process(one instance, above *act.Process) *act.Process {
	outer := p.at
	p.at = one.Block
	defer func() { p.at = outer }()
	given, parts := p.extended(one, 0)
	var says processAttributes
	argument.Fill(&says, processBlock.Attributes, given)
	out := p.acts.Process(effect.Process{
		Image: says.Image, User: says.User, Integrity: says.Integrity, Dir: says.Folder, Resident: says.Resident, Remote: says.Remote,
	})
	if _, ok := given["version"]; ok {
		resource := says.Version.Resource()
		out.Resource = &resource
	}
	if says.Image == "" {
		p.Errorf(diagnostic.AtBlock(one.Block), "Missing attribute", `This %s must have "image", its program's path, or a template that has it.`, one.Block.Type)
	}
	_, folder := given["folder"]
	if p.host.Kind.Platform == effect.Windows {
		out.Args = windowsArguments(says)
		if !folder {
			out.Dir = strings.TrimSuffix(artifact.System32, `\`)
		}
	} else {
		out.Args = linuxArguments(says)
		if _, user := given["user"]; above != nil && !user {
			out.User = above.User
		}
		if above != nil && !folder {
			out.Dir = above.Dir
		}
	}
	for _, part := range parts {
		p.within(part.library, func() {
			for inner := range p.Each(part.content.Blocks, processBlock, part.ctx) {
				p.act(inner, out)
			}
		})
	}
	return out
}

func (p *planning) act(one instance, in *act.Process) {
	switch one.Of {
	case processBlock:
		in.Do(effect.Run{Process: p.process(one, in).Process})
		return
	case signalBlock:
		in.Do(effect.Access{Target: p.process(one, in).Process})
		return
	case groupBlock:
		for inner := range p.Each(one.Content.Blocks, groupBlock, one.Ctx) {
			p.act(inner, in)
		}
		return
	case givenBlock:
		p.given(one)
		return
	case proveBlock:
		p.prove(one)
		return
	}
	if !p.Suits(one.Block, one.Of) {
		return
	}
	does := one.Of.New().(act.Act)
	if !p.Fill(does, one) {
		return
	}
	outer := p.at
	p.at = one.Block
	p.acts.Proofs.Unproven = p.isFalse(one.Content.Attributes["proven"], one.Ctx)
	does.Plan(in)
	p.acts.Proofs.Unproven = false
	p.at = outer
}

// isFalse reports whether an attribute is there and false.
func (p *planning) isFalse(attr *hcl.Attribute, ctx *hcl.EvalContext) bool {
	if attr == nil {
		return false
	}
	value, ok := p.Attribute(attr, argument.Argument{Name: attr.Name, Type: "bool"}, ctx)
	return ok && value == false
}

func windowsArguments(says processAttributes) []string {
	switch {
	case says.Command != "":
		return []string{says.Command}
	case len(says.Argv) > 0:
		return says.Argv
	}
	return []string{`"` + says.Image + `"`}
}

func linuxArguments(says processAttributes) []string {
	switch {
	case len(says.Argv) > 0:
		return says.Argv
	case says.Command != "":
		return strings.Fields(says.Command)
	}
	return []string{says.Image}
}

// part is the inside of a process, or of a template that it extends.
type part struct {
	content *hcl.BodyContent
	ctx     *hcl.EvalContext
	library *Library
}

// maxExtends is how many templates may extend one another.
const maxExtends = 8

// extended is what a process and the templates that it extends say of it, the nearest
// last, and what they contain, the nearest last.
func (p *planning) extended(one instance, depth int) (given map[string]any, parts []part) {
	given = map[string]any{}
	if attr := one.Content.Attributes["extends"]; attr != nil {
		if depth == maxExtends {
			p.Errorf(diagnostic.AtValue(attr), "Circular reference", "At most %d templates may extend one another.", maxExtends)
			return given, nil
		}
		if template := p.template(attr, "process"); template != nil {
			inner := p.instantiate(template, one)
			p.within(template.library, func() { given, parts = p.extended(inner, depth+1) })
		}
	}
	own := p.Attributes(one.Content, processBlock.Attributes, one.Ctx)
	delete(own, "with")
	if _, ok := own["command"]; ok {
		delete(given, "argv")
	}
	if _, ok := own["argv"]; ok {
		delete(given, "command")
	}
	for name, value := range own {
		given[name] = value
	}
	return given, append(parts, part{one.Content, one.Ctx, p.library})
}

// instantiate is a template with its arguments filled in from the block that extends
// it.
func (p *evaluation) instantiate(template *definition, one instance) instance {
	with := cty.EmptyObjectVal
	if attr := one.Content.Attributes["with"]; attr != nil {
		if got, ok := p.Evaluate(attr, one.Ctx); ok {
			with = got
		}
	}
	ctx := p.rootOf(template.library).NewChild()
	ctx.Variables = map[string]cty.Value{"with": p.templateArguments(template, with, one)}
	content := p.Content(template.block.Body, templateBlock)
	p.within(template.library, func() { p.withLocals(content, ctx) })
	return instance{Of: processBlock, Block: template.block, Content: content, Ctx: ctx}
}

// templateArguments checks what is given under `with`.
func (p *evaluation) templateArguments(template *definition, with cty.Value, one instance) cty.Value {
	at := diagnostic.AtBlock(one.Block)
	if attr := one.Content.Attributes["with"]; attr != nil {
		at = diagnostic.AtValue(attr)
	}
	object := argument.Argument{Name: "with", Type: "object", Arguments: template.arguments}
	given, problem := object.Value("with", with)
	if problem == "" {
		problem = argument.CheckAll(p.Platform, "template."+template.name(), template.arguments, given.(map[string]any))
	}
	if problem != "" {
		p.Errorf(at, "Invalid argument", "%s (template at %s)", problem, diagnostic.FileLine(template.block.DefRange))
		return cty.DynamicVal
	}
	return argument.ToHCL(argument.WithDefaults(template.arguments, given.(map[string]any)))
}
