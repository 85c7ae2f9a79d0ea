package behaviour

import (
	"sync"

	"github.com/hashicorp/hcl/v2"

	"github.com/ringer-lab/ringer/emulation/act"
	"github.com/ringer-lab/ringer/emulation/argument"
)

// Block describes one kind of block of the language of behaviours: what it may
// contain and what that means. From it come what is accepted and the manual.
type Block struct {
	Name string
	// Labels are the quoted words after the name.
	Labels []string
	Doc    string
	// Attributes are the block's own; Any is that there may be any, as in locals.
	Attributes []argument.Argument
	Any        bool
	// Blocks are those that may be inside. It is a function, as processes lie in
	// processes.
	Blocks func() []*Block
	// Repeats is that the block may have `when` and `for_each`, and may be made by a
	// block `dynamic`.
	Repeats bool

	// act makes an act, and check a check, whose attributes are the block's; nil for other
	// blocks.
	act   func() act.Act
	check func() act.Check
}

// repeating are the attributes of a block that may be left out or repeated.
var repeating = []hcl.AttributeSchema{{Name: "when"}, {Name: "for_each"}}

// inner returns the kinds of block that may be inside.
func (b *Block) inner() []*Block {
	if b.Blocks == nil {
		return nil
	}
	return b.Blocks()
}

// find returns the kind of block of that name inside, or nil.
func (b *Block) find(name string) *Block {
	for _, inner := range b.inner() {
		if inner.Name == name {
			return inner
		}
	}
	return nil
}

// schemas are what HCL's reader was told, by the block.
var schemas sync.Map

// schema is what HCL's reader is told.
func (b *Block) schema() *hcl.BodySchema {
	if known, ok := schemas.Load(b); ok {
		return known.(*hcl.BodySchema)
	}
	schema := &hcl.BodySchema{}
	for _, argument := range b.Attributes {
		schema.Attributes = append(schema.Attributes, hcl.AttributeSchema{Name: argument.Name})
	}
	if b.Repeats {
		schema.Attributes = append(schema.Attributes, repeating...)
	}
	if b.act != nil {
		schema.Attributes = append(schema.Attributes, hcl.AttributeSchema{Name: "proven"})
	}
	dynamic := false
	for _, inner := range b.inner() {
		schema.Blocks = append(schema.Blocks, hcl.BlockHeaderSchema{Type: inner.Name, LabelNames: inner.Labels})
		dynamic = dynamic || inner.Repeats
	}
	if dynamic {
		schema.Blocks = append(schema.Blocks, hcl.BlockHeaderSchema{Type: "dynamic", LabelNames: []string{"type"}})
	}
	schemas.Store(b, schema)
	return schema
}

// AttributeNames lists all attributes that the block may have, also those that blocks of
// other kinds have too, such as `when`.
func (b *Block) AttributeNames() []string {
	var names []string
	for _, attribute := range b.schema().Attributes {
		names = append(names, attribute.Name)
	}
	return names
}

// IsAct reports whether the block is an act.
func (b *Block) IsAct() bool { return b.act != nil }

// IsCheck reports whether the block is a check, which stands in `prove`.
func (b *Block) IsCheck() bool { return b.check != nil }
