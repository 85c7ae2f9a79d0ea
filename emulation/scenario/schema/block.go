package schema

import (
	"slices"

	"github.com/hashicorp/hcl/v2"
)

// Block is a kind of block.
type Block struct {
	// Name is the word that begins it, such as "step".
	Name string
	// Labels are the quoted words after the name, in their order.
	Labels []Label
	// Doc says what the block is for, in Markdown. Its first sentence can stand alone.
	Doc string
	// Example shows the block in HCL. It has top-level blocks, which with those of the
	// manual's first scenario are a valid one, and contains each attribute.
	Example string
	// Attributes are in the order in which they are usually written.
	Attributes []Attribute
	// Open says which attributes there are if their names are not fixed.
	Open string
	// Blocks are those that may be inside.
	Blocks []*Block
	// Least and Most say how many of the block are allowed beside each other; 0 as Most
	// is any number.
	Least, Most int
	// Such is the block in short, for the message that it is missing.
	Such string
	// Kinds are what the block can be: its first label must be the name of one. Each has
	// further attributes, and a description and an example of its own.
	Kinds []*Block
}

// Label is a quoted word in the head of a block.
type Label struct{ Name, Doc string }

// Attribute is a name that is given a value.
type Attribute struct {
	Name string
	Type Type
	// To is the kind of block that a reference is to, such as "asset"; of targets it may
	// be several: "step or actor".
	To string
	// Choices are the words that a keyword can be.
	Choices []Choice
	// Required is whether it must be there and not be null; Such is the attribute as it
	// could be written, for the message that it is missing.
	Required bool
	Such     string
	// Default says in Markdown what holds without it; empty if nothing does, or if Doc says
	// it.
	Default string
	// Doc says what it means, in Markdown.
	Doc string
}

// Choice is a keyword and what it means.
type Choice struct{ Name, Doc string }

// Words returns the keywords that an attribute can be.
func (a Attribute) Words() []string {
	var words []string
	for _, choice := range a.Choices {
		words = append(words, choice.Name)
	}
	return words
}

// Header returns the head of the block as HCL's parser wants it.
func (b *Block) Header() hcl.BlockHeaderSchema {
	header := hcl.BlockHeaderSchema{Type: b.Name}
	for _, label := range b.Labels {
		header.LabelNames = append(header.LabelNames, label.Name)
	}
	return header
}

// Body returns what may be inside the block as HCL's parser wants it. Nothing in it is
// required, as HCL's message for that does not say what is expected.
func (b *Block) Body() *hcl.BodySchema {
	body := &hcl.BodySchema{}
	for _, attribute := range b.Attributes {
		body.Attributes = append(body.Attributes, hcl.AttributeSchema{Name: attribute.Name})
	}
	for _, block := range b.Blocks {
		body.Blocks = append(body.Blocks, block.Header())
	}
	return body
}

// Attribute returns the attribute of that name; ok is false if there is none.
func (b *Block) Attribute(name string) (found Attribute, ok bool) {
	i := slices.IndexFunc(b.Attributes, func(a Attribute) bool { return a.Name == name })
	if i < 0 {
		return Attribute{}, false
	}
	return b.Attributes[i], true
}

// OfKind returns the block as it is if its first label is that kind: with what it has
// itself and with what the kind adds. ok is false if there is no such kind.
func (b *Block) OfKind(kind string) (of *Block, ok bool) {
	i := slices.IndexFunc(b.Kinds, func(k *Block) bool { return k.Name == kind })
	if i < 0 {
		return nil, false
	}
	merged := *b
	merged.Attributes = slices.Concat(b.Attributes, b.Kinds[i].Attributes)
	merged.Blocks = slices.Concat(b.Blocks, b.Kinds[i].Blocks)
	return &merged, true
}

// KindNames lists the kinds.
func (b *Block) KindNames() []string {
	var names []string
	for _, kind := range b.Kinds {
		names = append(names, kind.Name)
	}
	return names
}

// All lists blocks, those inside them and their kinds, each once, in the order in which
// a reader meets them.
func All(blocks []*Block) []*Block {
	var all []*Block
	var add func(*Block)
	add = func(b *Block) {
		if slices.Contains(all, b) {
			return
		}
		all = append(all, b)
		for _, inner := range slices.Concat(b.Kinds, b.Blocks) {
			add(inner)
		}
	}
	for _, block := range blocks {
		add(block)
	}
	return all
}
