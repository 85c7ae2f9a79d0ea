package editorschema

import (
	"slices"

	"github.com/ringer-lab/ringer/emulation/argument"
	"github.com/ringer-lab/ringer/emulation/behaviour"
)

// behaviourBlock is a block of the language of libraries, with its labels.
func (d *document) behaviourBlock(block *behaviour.Block) Schema {
	return labelled(d.define(block, block.Name, func() Schema { return d.behaviourBody(block) }), block.Labels, block.Doc)
}

func (d *document) behaviourBody(block *behaviour.Block) Schema {
	properties := Schema{"//": Schema{}, "dynamic": d.dynamic()}
	for _, name := range block.AttributeNames() {
		i := slices.IndexFunc(block.Attributes, func(a argument.Argument) bool { return a.Name == name })
		if i < 0 {
			properties[name] = Schema{} // when, for_each and proven, which are expressions
			continue
		}
		value := orExpression(behaviourValue(block.Attributes[i]))
		value["description"] = block.Attributes[i].Doc
		properties[name] = value
	}
	if block.Blocks != nil {
		for _, inner := range block.Blocks() {
			blocks := d.behaviourBlock(inner)
			if attribute, also := properties[inner.Name]; also { // a process has a folder, and makes folders
				blocks = Schema{"anyOf": []any{attribute, blocks}}
			}
			properties[inner.Name] = blocks
		}
	}
	// What a block must have can come from what it extends, so nothing is required here.
	return object(properties, nil, block.Any)
}

func behaviourValue(argument argument.Argument) Schema {
	text := Schema{"type": "string"}
	if argument.OneOf != nil {
		text = Schema{"enum": argument.OneOf}
	}
	switch argument.Type {
	case "string":
		return text
	case "number":
		return Schema{"type": "integer", "minimum": argument.Min, "maximum": argument.Max}
	case "bool":
		return Schema{"type": "boolean"}
	case "list(string)":
		return Schema{"type": "array", "items": Schema{"anyOf": []Schema{text, template}}}
	case "map(string)", "object":
		return Schema{"type": "object"}
	}
	return Schema{}
}
