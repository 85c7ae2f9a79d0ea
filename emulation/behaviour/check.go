package behaviour

import (
	"maps"
	"slices"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/ringer-lab/ringer/emulation/argument"
	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/block"
	"github.com/ringer-lab/ringer/emulation/diagnostic"
)

// Check says what is wrong in a library, whether or not a scenario uses it: references
// and functions that there are not, what a block must have, values that are written out
// and, where a behaviour can be performed with its defaults, whatever shows when it is
// planned for each of its hosts. What has a mistake can no longer be named.
func (l *Library) Check() hcl.Diagnostics {
	c := &inspection{evaluation: newEvaluation(l)}
	for _, block := range l.blocks {
		before := c.ErrorCount()
		switch block.Type {
		case "behaviour":
			c.behaviour(block)
		case "template":
			c.template(block)
		case "host":
			c.host(block)
		case "ordinary_day":
			c.day(block)
		}
		if c.ErrorCount() != before {
			l.broken[block.Type+" "+blockName(block)] = true
		}
	}
	return c.Diagnostics()
}

// Broken reports whether there is a behaviour, host or ordinary_day of that name that
// cannot be used, as it has mistakes, which were reported.
func (l *Library) Broken(kind, name string) bool { return l.broken[kind+" "+name] }

func blockName(block *hcl.Block) string {
	if len(block.Labels) == 0 {
		return ""
	}
	return block.Labels[len(block.Labels)-1]
}

// inspection looks at the blocks of a library without planning them.
type inspection struct {
	evaluation
	// constants is whether values that are written out are looked at: what a path may be
	// depends on a platform that a template does not know.
	constants bool
}

func (c *inspection) behaviour(block *hcl.Block) {
	known, read := c.library.drafts[block]
	c.Platform, c.constants = known.Platform, read
	before := c.ErrorCount()
	content := c.Content(block.Body, behaviourBlock)
	scope := names{"host": hostNames(c.kindsNamed(known.Assets)), "local": nil, "arg": nil}
	if read {
		scope["arg"] = argumentNames(content.Blocks.OfType("argument"))
	}
	c.inside(content, behaviourBlock, scope)
	whole, sound := c.library.behaviours[blockName(block)]
	given, guessed := samples(known.Arguments)
	if !sound || whole.Range != known.Range || !guessed || c.ErrorCount() != before {
		return
	}
	for _, kind := range c.kindsNamed(known.Assets) {
		_, problems := known.Plan(asset.Host{Kind: kind, Hostname: kind.Hostname}, given)
		c.Report(problems...)
	}
}

// samples are values for the arguments that have no default; ok is false if one of them
// cannot be guessed.
func samples(arguments []argument.Argument) (given map[string]any, ok bool) {
	given = map[string]any{}
	for _, argument := range arguments {
		switch {
		case !argument.Required:
		case argument.Type == "number":
			given[argument.Name] = argument.Min
		case argument.Type == "bool":
			given[argument.Name] = true
		case argument.Type == "string" && argument.OneOf != nil:
			given[argument.Name] = argument.OneOf[0]
		case argument.Type == "list(string)" && argument.OneOf != nil:
			given[argument.Name] = argument.OneOf[:1]
		default:
			return nil, false
		}
	}
	return given, true
}

func (c *inspection) template(block *hcl.Block) {
	known := c.library.templates[blockName(block)]
	if known == nil || known.block != block {
		return // reading it has said why
	}
	c.Platform, c.constants = "", false
	content := c.Content(block.Body, templateBlock)
	scope := names{"host": hostNames(c.library.allKinds()), "local": nil, "with": argumentNames(content.Blocks.OfType("argument"))}
	if block.Labels[0] == "host" {
		scope = names{"host": hostBlockNames, "local": nil}
	}
	c.inside(content, templateBlock, scope)
}

func (c *inspection) host(block *hcl.Block) {
	c.Platform, c.constants = "", false // reading a host evaluates all of it
	c.inside(c.Content(block.Body, hostBlock), hostBlock, names{"host": hostBlockNames, "local": nil})
}

func (c *inspection) day(block *hcl.Block) {
	known, ok := c.library.days[blockName(block)]
	kinds := c.kindsNamed(known.Assets)
	if !ok {
		kinds = c.library.allKinds()
	}
	c.Platform, c.constants = "", false
	before := c.ErrorCount()
	c.inside(c.Content(block.Body, ordinaryDayBlock), ordinaryDayBlock, names{"host": hostNames(kinds), "local": nil})
	if !ok || c.ErrorCount() != before {
		return
	}
	for _, kind := range kinds {
		_, problems := known.Plan(asset.Host{Kind: kind, Hostname: kind.Hostname})
		c.Report(problems...)
	}
}

func (c *inspection) kindsNamed(hosts []string) []asset.Kind {
	var found []asset.Kind
	for _, kind := range c.library.allKinds() {
		if slices.Contains(hosts, kind.Name) {
			found = append(found, kind)
		}
	}
	return found
}

// inside looks at what stands in a block.
func (c *inspection) inside(content *hcl.BodyContent, of *Block, scope names) {
	scope = c.withOwnLocals(content, scope)
	c.attributesOf(content, of, scope)
	for _, block := range content.Blocks {
		if block.Type == "dynamic" {
			c.dynamic(block, of, scope)
			continue
		}
		if inner := of.Find(block.Type); inner != nil && inner != argumentBlock {
			c.block(block, inner, scope)
		}
	}
}

func (c *inspection) block(block *hcl.Block, of *Block, scope names) {
	c.Suits(block, of)
	content := c.Content(block.Body, of)
	if over := content.Attributes["for_each"]; over != nil && of.Repeats {
		c.expression(over, scope)
		scope = scope.with("each", names{"key": nil, "value": nil})
	}
	for _, argument := range of.Attributes {
		if argument.Required && content.Attributes[argument.Name] == nil {
			c.Missing(block, argument)
		}
	}
	c.inside(content, of, scope)
	if of == processBlock || of == signalBlock {
		c.extends(block, content)
	}
}

func (c *inspection) dynamic(block *hcl.Block, inside *Block, scope names) {
	of := inside.Find(block.Labels[0])
	content, iterator, ok := c.Dynamic(block)
	switch {
	case !ok:
		return
	case of == nil || !of.Repeats:
		var all []string
		for _, inner := range inside.Inner() {
			if inner.Repeats {
				all = append(all, inner.Name)
			}
		}
		c.Errorf(diagnostic.AtLabel(block, 0), "Invalid dynamic block", "There is no block %q that may be repeated here. %s", block.Labels[0], diagnostic.Suggest(block.Labels[0], all))
		return
	}
	c.expression(content.Attributes["for_each"], scope)
	for _, inner := range content.Blocks {
		c.block(&hcl.Block{Type: of.Name, Labels: block.Labels, Body: inner.Body, DefRange: inner.DefRange, LabelRanges: block.LabelRanges}, of, scope.with(iterator, names{"key": nil, "value": nil}))
	}
}

// withOwnLocals adds the locals of the library and of the blocks inside.
func (c *inspection) withOwnLocals(content *hcl.BodyContent, scope names) names {
	known := names{}
	for name := range scope["local"] {
		known[name] = nil
	}
	for name := range c.library.values {
		known[name] = nil
	}
	for _, attributes := range c.library.locals {
		for name := range attributes {
			known[name] = nil
		}
	}
	for _, block := range content.Blocks.OfType("locals") {
		for name := range c.Content(block.Body, localsBlock).Attributes {
			known[name] = nil
		}
	}
	return scope.with("local", known)
}

func (c *inspection) attributesOf(content *hcl.BodyContent, of *Block, scope names) {
	declared := map[string]argument.Argument{"when": {Name: "when", Type: "bool"}, "proven": {Name: "proven", Type: "bool"}}
	for _, argument := range of.Attributes {
		declared[argument.Name] = argument
	}
	for _, name := range slices.Sorted(maps.Keys(content.Attributes)) {
		attr := content.Attributes[name]
		argument, ok := declared[name]
		if name == "for_each" || argument.Type == "reference" {
			continue
		}
		word := hcl.ExprAsKeyword(attr.Expr)
		if word != "" && argument.OneOf != nil && argument.Type == "string" {
			if scope[word] == nil && !slices.Contains(argument.OneOf, word) {
				c.Errorf(diagnostic.AtValue(attr), "Invalid value", "%q: %q must be one of the words expected. %s", name, word, diagnostic.Suggest(word, argument.OneOf))
			}
			continue
		}
		if c.expression(attr, scope) && ok && c.constants && isConstant(block.Written(attr)) {
			c.Attribute(attr, argument, c.root)
		}
	}
}

// extends looks at the template that a process extends, and what is given to it.
func (c *inspection) extends(by *hcl.Block, content *hcl.BodyContent) {
	attr := content.Attributes["extends"]
	if attr == nil {
		if content.Attributes["image"] == nil {
			c.Errorf(diagnostic.AtBlock(by), "Missing attribute", `This %s must have "image", its program's path, or a template that has it.`, by.Type)
		}
		return
	}
	template := c.evaluation.template(attr, "process")
	with := content.Attributes["with"]
	if template == nil {
		return
	}
	given := map[string]bool{}
	var arguments []string
	for _, argument := range template.arguments {
		arguments = append(arguments, argument.Name)
	}
	at := diagnostic.AtBlock(by)
	if with != nil {
		at = diagnostic.AtValue(with)
		object, ok := block.Written(with).(*hclsyntax.ObjectConsExpr)
		if !ok {
			return // planning it tells
		}
		for _, item := range object.Items {
			key := hcl.ExprAsKeyword(item.KeyExpr)
			given[key] = true
			if key != "" && !slices.Contains(arguments, key) {
				c.Errorf(diagnostic.At(item.KeyExpr.Range()), "Unknown argument", "template.%s (%s) has no argument %q. %s",
					template.name(), diagnostic.FileLine(template.block.DefRange), key, diagnostic.Suggest(key, arguments))
			}
		}
	}
	for _, argument := range template.arguments {
		if argument.Required && !given[argument.Name] && !given[""] {
			c.Errorf(at, "Missing argument", "template.%s (%s) requires the argument %q.", template.name(), diagnostic.FileLine(template.block.DefRange), argument.Name)
		}
	}
}
