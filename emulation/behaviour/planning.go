package behaviour

import (
	"fmt"
	"reflect"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/zclconf/go-cty/cty"

	"github.com/ringer-lab/ringer/emulation/argument"
	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/diagnostic"
	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/logformat"
)

// maxActs is how many acts and processes a plan may have.
const maxActs = 5000

// planning makes a plan for a host of what stands in a block.
type planning struct {
	evaluation
	host   asset.Host
	plan   effect.StepPlan
	proofs proofs
	acts   int
	// further are the checks of `prove`; only is that they are all.
	further []effect.Check
	only    bool
}

// process is a process that is being planned.
type process struct {
	*planning
	out effect.Process
	// at is the block that is being planned.
	at *hcl.Block
}

// problem reports what is wrong with the block that is being planned.
func (p *process) problem(text string, values ...any) {
	p.Errorf(diagnostic.AtBlock(p.at), "Invalid act", "%s.", fmt.Sprintf(text, values...))
}

// do adds an act.
func (p *process) do(act effect.Act) {
	if p.acts++; p.acts == maxActs {
		p.Errorf(diagnostic.AtBlock(p.at), "Too many acts", "At most %d acts are allowed in a step. Divide it into several.", maxActs)
	}
	if p.acts < maxActs {
		p.out.Acts = append(p.out.Acts, act)
	}
}

// needsMarker reports content that does not say whose it is.
func (p *process) needsMarker(act, path, content string) {
	if content != "" && !strings.Contains(content, artifact.Marker) {
		p.problem("%s %s: the content must carry ringer's marker. Use inert(…), or inert_comment(…) for a file whose comments begin with #", act, path)
	}
}

// needsRecords reports a line that is added to a log of the host's own and is no record of
// it.
func (p *process) needsRecords(path, content string) {
	for _, log := range p.host.Kind.Logs {
		decode, err := logformat.Decoder(log)
		if log.File != path || err != nil {
			continue
		}
		for line := range strings.Lines(content) {
			line = strings.TrimRight(line, "\r\n")
			if _, ok := decode(line); !ok && strings.TrimSpace(line) != "" {
				p.problem("append %s: %.120q is not a record of that log, whose format is %s", path, line, log.Format)
			}
		}
	}
}

// pieceSize is how large a piece must be so that an archive of these files makes
// exactly so many.
func (p *process) pieceSize(from []string, pieces int) int {
	size := len(artifact.Marker) + 1
	for _, path := range from {
		content, _ := p.proofs.content(path)
		size += len(effect.AppendPacked(nil, path, content))
	}
	return (size + pieces - 1) / pieces
}

// planBlocks plans what stands in a behaviour or an activity: what is given, what is
// done, and what proves it.
func (p *planning) planBlocks(of *Block, body hcl.Body, ctx *hcl.EvalContext) {
	content := p.content(body, of)
	p.proofs = proofs{host: p.host, before: map[string][]byte{}}
	p.onTop(content.Blocks, of, ctx)
	if !p.only {
		p.plan.Checks = p.proofs.checks()
	}
	p.plan.Checks = append(p.plan.Checks, p.further...)
}

// onTop plans blocks that are in no process.
func (p *planning) onTop(blocks hcl.Blocks, inside *Block, ctx *hcl.EvalContext) {
	for one := range p.each(blocks, inside, ctx) {
		switch one.of {
		case givenBlock:
			p.given(one)
		case processBlock:
			p.plan.Processes = append(p.plan.Processes, p.process(one, nil))
		case groupBlock:
			p.onTop(one.content.Blocks, groupBlock, one.ctx)
		case proveBlock:
			p.prove(one)
		case localsBlock, argumentBlock:
		default:
			p.Errorf(diagnostic.AtBlock(one.block), "Misplaced act", "A block of type %s must stand in a process, which does it.", one.block.Type)
		}
	}
}

func (p *planning) given(one instance) {
	var out givenAttributes
	if !p.fill(&out, one) {
		return
	}
	content := bytesOf(out.Content)
	p.plan.Preconditions = append(p.plan.Preconditions, effect.Precondition{
		Path: out.Path, Content: content, Folder: out.Folder, Append: out.Append, Absent: out.Absent,
	})
	if !out.Append && !out.Absent {
		p.proofs.before[p.proofs.key(out.Path)] = content
	}
}

func (p *planning) prove(one instance) {
	var out proveAttributes
	if p.fill(&out, one) && out.Only {
		p.only = true
	}
	for inner := range p.each(one.content.Blocks, proveBlock, one.ctx) {
		check := reflect.New(reflect.TypeOf(inner.of.check()))
		if p.fill(check.Interface(), inner) {
			p.further = append(p.further, check.Elem().Interface().(checker).check())
		}
	}
}

// process plans a process, with what the templates say that it extends. above is the
// one that starts it; nil is that none of the plan does.
func (p *planning) process(one instance, above *process) effect.Process {
	given, parts := p.extended(one, 0)
	var says processAttributes
	argument.Fill(&says, processBlock.Attributes, given)
	out := &process{planning: p, at: one.block, out: effect.Process{
		Image: says.Image, User: says.User, Integrity: says.Integrity, Dir: says.Folder, Resident: says.Resident, Remote: says.Remote,
	}}
	if _, ok := given["version"]; ok {
		resource := says.Version.resource()
		out.out.Resource = &resource
	}
	if says.Image == "" {
		p.Errorf(diagnostic.AtBlock(one.block), "Missing attribute", `This %s must have "image", its program's path, or a template that has it.`, one.block.Type)
	}
	_, folder := given["folder"]
	if p.host.Kind.Platform == effect.Windows {
		out.out.Args = windowsArguments(says)
		if !folder {
			out.out.Dir = strings.TrimSuffix(artifact.System32, `\`)
		}
	} else {
		out.out.Args = linuxArguments(says)
		if _, user := given["user"]; above != nil && !user {
			out.out.User = above.out.User
		}
		if above != nil && !folder {
			out.out.Dir = above.out.Dir
		}
	}
	for _, part := range parts {
		p.within(part.library, func() {
			for inner := range p.each(part.content.Blocks, processBlock, part.ctx) {
				p.act(inner, out)
			}
		})
	}
	return out.out
}

func (p *planning) act(one instance, in *process) {
	switch one.of {
	case processBlock:
		in.do(effect.Run{Process: p.process(one, in)})
		return
	case signalBlock:
		in.do(effect.Access{Target: p.process(one, in)})
		return
	case groupBlock:
		for inner := range p.each(one.content.Blocks, groupBlock, one.ctx) {
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
	act := reflect.New(reflect.TypeOf(one.of.act()))
	if !p.fill(act.Interface(), one) {
		return
	}
	outer := in.at
	in.at = one.block
	p.proofs.unproven = p.isFalse(one.content.Attributes["proven"], one.ctx)
	act.Elem().Interface().(interface{ plan(*process) }).plan(in)
	p.proofs.unproven = false
	in.at = outer
}

// isFalse reports whether an attribute is there and false.
func (p *planning) isFalse(attr *hcl.Attribute, ctx *hcl.EvalContext) bool {
	if attr == nil {
		return false
	}
	value, ok := p.attribute(attr, argument.Argument{Name: attr.Name, Type: "bool"}, ctx)
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
	if attr := one.content.Attributes["extends"]; attr != nil {
		if depth == maxExtends {
			p.Errorf(diagnostic.AtValue(attr), "Circular reference", "At most %d templates may extend one another.", maxExtends)
			return given, nil
		}
		if template := p.template(attr, "process"); template != nil {
			inner := p.instantiate(template, one)
			p.within(template.library, func() { given, parts = p.extended(inner, depth+1) })
		}
	}
	own := p.attributes(one.content, processBlock.Attributes, one.ctx)
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
	return given, append(parts, part{one.content, one.ctx, p.library})
}

// instantiate is a template with its arguments filled in from the block that extends
// it.
func (p *evaluation) instantiate(template *definition, one instance) instance {
	with := cty.EmptyObjectVal
	if attr := one.content.Attributes["with"]; attr != nil {
		if got, ok := p.evaluate(attr, one.ctx); ok {
			with = got
		}
	}
	ctx := p.rootOf(template.library).NewChild()
	ctx.Variables = map[string]cty.Value{"with": p.templateArguments(template, with, one)}
	content := p.content(template.block.Body, templateBlock)
	p.within(template.library, func() { p.withLocals(content, ctx) })
	return instance{of: processBlock, block: template.block, content: content, ctx: ctx}
}

// templateArguments checks what is given under `with`.
func (p *evaluation) templateArguments(template *definition, with cty.Value, one instance) cty.Value {
	at := diagnostic.AtBlock(one.block)
	if attr := one.content.Attributes["with"]; attr != nil {
		at = diagnostic.AtValue(attr)
	}
	object := argument.Argument{Name: "with", Type: "object", Arguments: template.arguments}
	given, problem := object.Value("with", with)
	if problem == "" {
		problem = argument.CheckAll(p.platform, "template."+template.name(), template.arguments, given.(map[string]any))
	}
	if problem != "" {
		p.Errorf(at, "Invalid argument", "%s (template at %s)", problem, diagnostic.FileLine(template.block.DefRange))
		return cty.DynamicVal
	}
	return argument.ToHCL(argument.WithDefaults(template.arguments, given.(map[string]any)))
}
