package editorschema

import (
	"fmt"

	"github.com/ringer-lab/ringer/emulation/behaviour"
	"github.com/ringer-lab/ringer/emulation/scenario"
)

// Schema is a schema of JSON, as encoding/json writes it.
type Schema map[string]any

// Document returns the schema (draft 2020-12) of a file of scenarios or of a library. The
// same languages give the same document.
func Document() Schema {
	d := &document{defs: Schema{}, names: map[any]string{}, taken: map[string]bool{}}
	properties := Schema{"//": Schema{"description": "A comment."}, "dynamic": d.dynamic()}
	for _, block := range behaviour.Blocks() {
		properties[block.Name] = d.behaviourBlock(block)
	}
	for _, block := range scenario.Language() {
		properties[block.Name] = d.scenarioBlock(block) // locals are of either
	}
	return Schema{
		"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "ringer: scenarios and libraries",
		"description": "Files of the language in the JSON form of HCL, as editors know them.",
		"type":        "object", "properties": properties, "additionalProperties": false, "$defs": d.defs,
	}
}

// document gathers what several blocks refer to.
type document struct {
	defs  Schema
	names map[any]string // of blocks, by their pointer
	taken map[string]bool
}

// define gives the reference to a definition, which is made the first time.
func (d *document) define(key any, name string, define func() Schema) Schema {
	if known, ok := d.names[key]; ok {
		return Schema{"$ref": "#/$defs/" + known}
	}
	free := name
	for number := 2; d.taken[free]; number++ {
		free = fmt.Sprintf("%s_%d", name, number)
	}
	d.names[key], d.taken[free] = free, true
	d.defs[free] = define()
	return Schema{"$ref": "#/$defs/" + free}
}

// several is one of something, or a list of it: how HCL has blocks in JSON.
func several(one Schema) Schema {
	return Schema{"anyOf": []Schema{one, {"type": "array", "items": one}}}
}

// labelled puts a block below its labels, each of which is a key.
func labelled(body Schema, labels []string, doc string) Schema {
	out := several(body)
	for range labels {
		out = several(Schema{"type": "object", "additionalProperties": out})
	}
	out["description"] = doc
	return out
}

// dynamic is a block that stands for several.
func (d *document) dynamic() Schema {
	return d.define("dynamic", "dynamic", func() Schema {
		body := Schema{
			"type": "object", "required": []string{"for_each", "content"}, "additionalProperties": false,
			"properties": Schema{"//": Schema{}, "for_each": Schema{}, "iterator": Schema{"type": "string"}, "labels": Schema{}, "content": Schema{"type": []string{"object", "array"}}},
		}
		return labelled(body, []string{"type"}, "One block of a type for each element of a collection.")
	})
}

// template is a text in which an expression stands.
var template = Schema{"type": "string", "pattern": `[$%]\{`}

// orExpression is a value of that schema, null, or an expression that gives one.
func orExpression(value Schema) Schema {
	return Schema{"anyOf": []Schema{value, template, {"type": "null"}}}
}
