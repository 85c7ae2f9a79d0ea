package block

import (
	"sync"

	"github.com/hashicorp/hcl/v2"

	"github.com/ringer-lab/ringer/emulation/argument"
	"github.com/ringer-lab/ringer/emulation/effect"
)

// Block is a kind of block: what it may contain and what that means. From it come what is
// accepted, the manual, and the schema for editors.
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

	// Platform is that of the only hosts which know the block; empty is any.
	Platform effect.Platform

	// Role says what the block is for. New returns what argument.Fill sets the block's
	// attributes in, for an act or a check; nil for other blocks.
	Role Role
	New  func() any
}

// Role is what a block is for.
type Role int

// The roles. What follows from an act can be said to be not `proven`.
const (
	Structure Role = iota
	Act
	Check
)

// repeating are the attributes of a block that may be left out or repeated.
var repeating = []hcl.AttributeSchema{{Name: "when"}, {Name: "for_each"}}

// Inner returns the kinds of block that may be inside.
func (b *Block) Inner() []*Block {
	if b.Blocks == nil {
		return nil
	}
	return b.Blocks()
}

// Find returns the kind of block of that name inside, or nil.
func (b *Block) Find(name string) *Block {
	for _, inner := range b.Inner() {
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
	if b.Role == Act {
		schema.Attributes = append(schema.Attributes, hcl.AttributeSchema{Name: "proven"})
	}
	dynamic := false
	for _, inner := range b.Inner() {
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
func (b *Block) IsAct() bool { return b.Role == Act }

// IsCheck reports whether the block is a check, which stands in `prove`.
func (b *Block) IsCheck() bool { return b.Role == Check }
