package behaviour

import (
	"maps"
	"slices"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"github.com/ringer-lab/ringer/emulation/argument"
	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/block"
	"github.com/ringer-lab/ringer/emulation/possible"
)

// Outline is what could be done, whatever is given: all that stands in a behaviour or an
// activity and in the templates that it extends, also what a condition leaves out. It is
// read and not planned. A value is a text for each that it can have; what cannot be told
// stands in it as ${…} with what it depends on, such as ${arg.name}.
type Outline struct {
	Programs []OutlinedProgram
	// Acts are the acts and what is given, in the order in which they stand.
	Acts []OutlinedAct
	// Cut is that there is more: no plan could have so much.
	Cut bool
}

// OutlinedProgram is a program that could be started, or that stands for one that runs.
type OutlinedProgram struct {
	Image   []string
	Command []string
	User    []string
	Range   hcl.Range
}

// OutlinedAct is an act that could be done, or, of the kind "given", what the host has
// before.
type OutlinedAct struct {
	Kind       string
	Attributes []OutlinedAttribute
	Range      hcl.Range
}

// OutlinedAttribute is what an attribute of an act could be.
type OutlinedAttribute struct {
	argument.Argument
	Values []string
}

// Outline returns what the behaviour could do on the hosts that it is for.
func (b Behaviour) Outline() Outline {
	return outlineOf(b.defined, b.Assets, b.Arguments)
}

// Outline returns what the activity could do.
func (a Activity) Outline() Outline { return outlineOf(a.defined, []string{a.host}, nil) }

func outlineOf(d *definition, hosts []string, arguments []argument.Argument) Outline {
	o := &outliner{}
	defer o.Begin()()
	known := map[string][]cty.Value{}
	for _, kind := range d.library.allKinds() {
		if slices.Contains(hosts, kind.Name) {
			known["host"] = append(known["host"], hostValue(asset.Host{Kind: kind, Hostname: kind.Hostname}, kind.Name))
		}
	}
	for _, a := range arguments {
		switch {
		case a.Type == "bool":
			known["arg."+a.Name] = []cty.Value{cty.False, cty.True}
		case a.Type == "string" && a.OneOf != nil:
			for _, word := range a.OneOf {
				known["arg."+a.Name] = append(known["arg."+a.Name], cty.StringVal(word))
			}
		}
	}
	s := scopeOf(d.library, known)
	content := s.content(d.block.Body, d.of)
	o.inside(content, d.of, s.withLocals(content))
	return o.out
}

// outliner gathers an outline.
type outliner struct {
	possible.Finder
	out   Outline
	depth int // of templates that extend one another
}

// outlineScope is what the expressions of a block of a library can refer to.
type outlineScope struct {
	possible.Scope
	library *Library
}

func scopeOf(library *Library, known map[string][]cty.Value) outlineScope {
	return outlineScope{possible.Scope{Root: library.root, Shared: library.values, Known: known, Given: map[string]possible.Given{}}, library}
}

func (s outlineScope) content(body hcl.Body, of *Block) *hcl.BodyContent {
	e := newEvaluation(s.library)
	return e.Content(body, of)
}

// withLocals is the scope with the locals that stand in a block.
func (s outlineScope) withLocals(content *hcl.BodyContent) outlineScope {
	s.Locals = map[string]*hcl.Attribute{}
	for _, block := range content.Blocks.OfType("locals") {
		maps.Copy(s.Locals, s.content(block.Body, localsBlock).Attributes)
	}
	return s
}

// with is the scope with values of one more name; nil is that they cannot be told.
func (s outlineScope) with(name string, values []cty.Value) outlineScope {
	s.Scope = s.With(name, values)
	return s
}

// mostOutlined is how many programs and acts an outline has.
const mostOutlined = 5000

// inside adds what stands in a block.
func (o *outliner) inside(content *hcl.BodyContent, of *Block, s outlineScope) {
	for _, one := range content.Blocks {
		if one.Type == "dynamic" {
			o.dynamic(one, of, s)
			continue
		}
		if kind := of.Find(one.Type); kind != nil {
			o.block(one, kind, s)
		}
	}
}

func (o *outliner) dynamic(by *hcl.Block, inside *Block, s outlineScope) {
	kind := inside.Find(by.Labels[0])
	e := newEvaluation(s.library)
	content, iterator, _ := e.Dynamic(by) // reading the library reported what is wrong
	if kind == nil {
		return
	}
	s = s.with(iterator, o.elements(content.Attributes["for_each"], s))
	for _, inner := range content.Blocks {
		o.block(&hcl.Block{Type: kind.Name, Labels: by.Labels, Body: inner.Body, DefRange: inner.DefRange}, kind, s)
	}
}

func (o *outliner) block(by *hcl.Block, kind *Block, s outlineScope) {
	if len(o.out.Acts)+len(o.out.Programs) >= mostOutlined {
		o.out.Cut = true
		return
	}
	content := s.content(by.Body, kind)
	if over := content.Attributes["for_each"]; over != nil && kind.Repeats {
		s = s.with("each", o.elements(over, s))
	}
	switch {
	case kind == processBlock, kind == signalBlock:
		program := OutlinedProgram{Range: by.DefRange}
		o.process(&program, content, s)
	case kind == groupBlock:
		o.inside(content, kind, s)
	case kind == givenBlock, kind.IsAct():
		act := OutlinedAct{Kind: kind.Name, Range: by.DefRange}
		for _, declared := range kind.Attributes {
			if attr := content.Attributes[declared.Name]; attr != nil && declared.Type != "reference" {
				act.Attributes = append(act.Attributes, OutlinedAttribute{declared, o.Texts(attr, s.Scope)})
			}
		}
		o.out.Acts = append(o.out.Acts, act)
	}
}

// process adds a program, and what it does itself and by the templates that it extends.
func (o *outliner) process(program *OutlinedProgram, content *hcl.BodyContent, s outlineScope) {
	at := len(o.out.Programs)
	o.out.Programs = append(o.out.Programs, OutlinedProgram{})
	o.extended(program, content, s)
	o.out.Programs[at] = *program
}

// extended sets what a process says of its program, after the template that it extends, and
// adds what stands in both.
func (o *outliner) extended(program *OutlinedProgram, content *hcl.BodyContent, s outlineScope) {
	e := newEvaluation(s.library)
	if attr := content.Attributes["extends"]; attr != nil && o.depth < maxExtends {
		if template := e.template(attr, "process"); template != nil {
			inner := scopeOf(template.library, map[string][]cty.Value{"host": s.Known["host"]})
			o.giveTemplate(template, content.Attributes["with"], s, inner)
			body := inner.content(template.block.Body, templateBlock)
			o.depth++
			o.extended(program, body, inner.withLocals(body))
			o.depth--
		}
	}
	for name, into := range map[string]*[]string{"image": &program.Image, "user": &program.User} {
		if attr := content.Attributes[name]; attr != nil {
			*into = o.Texts(attr, s.Scope)
		}
	}
	for _, name := range []string{"command", "argv"} {
		if attr := content.Attributes[name]; attr != nil {
			program.Command = o.Texts(attr, s.Scope)
		}
	}
	o.inside(content, processBlock, s)
}

// giveTemplate says what a template's arguments are: what stands under `with`, or their
// defaults.
func (o *outliner) giveTemplate(template *definition, with *hcl.Attribute, s, inner outlineScope) {
	items := map[string]hclsyntax.Expression{}
	whole := with == nil
	if with != nil {
		if object, ok := block.Written(with).(*hclsyntax.ObjectConsExpr); ok {
			whole = true
			for _, item := range object.Items {
				key := hcl.ExprAsKeyword(item.KeyExpr)
				whole = whole && key != ""
				items[key] = item.ValueExpr
			}
		}
	}
	defaults := argument.ToHCL(argument.WithDefaults(template.arguments, nil))
	for _, a := range template.arguments {
		expr, ok := items[a.Name]
		switch {
		case ok:
			inner.Given[a.Name] = possible.Given{Expr: expr, Scope: s.Scope}
			if values, told := o.Values(expr, s.Scope); told {
				inner.Known["with."+a.Name] = values
			}
		case whole && !a.Required && defaults.Type().HasAttribute(a.Name):
			inner.Known["with."+a.Name] = []cty.Value{defaults.GetAttr(a.Name)}
		}
	}
}

// elements are the elements of what for_each names; nil if they cannot be told.
func (o *outliner) elements(attr *hcl.Attribute, s outlineScope) []cty.Value {
	if attr == nil {
		return nil
	}
	over, ok := o.Values(block.Written(attr), s.Scope)
	if !ok {
		return nil
	}
	var all []cty.Value
	for _, value := range over {
		if value.IsNull() || !value.CanIterateElements() {
			return nil
		}
		for element := range block.Elements(value) {
			if all = append(all, element); len(all) > possible.MostValues {
				return nil
			}
		}
	}
	return all
}
