package editorschema

import "github.com/ringer-lab/ringer/emulation/scenario/schema"

// scenarioBlock is a block of the language of scenarios, with its labels.
func (d *document) scenarioBlock(block *schema.Block) Schema {
	var labels []string
	for _, label := range block.Labels {
		labels = append(labels, label.Name)
	}
	if len(block.Kinds) == 0 {
		return labelled(d.define(block, block.Name, func() Schema { return d.scenarioBody(block) }), labels, block.Doc)
	}
	kinds := Schema{}
	for _, kind := range block.Kinds {
		merged, _ := block.OfKind(kind.Name)
		body := d.define(kind, block.Name+"_"+kind.Name, func() Schema { return d.scenarioBody(merged) })
		kinds[kind.Name] = labelled(body, labels[1:], kind.Doc)
	}
	out := several(Schema{"type": "object", "properties": kinds, "additionalProperties": false})
	out["description"] = block.Doc
	return out
}

func (d *document) scenarioBody(block *schema.Block) Schema {
	properties := Schema{"//": Schema{}, "dynamic": d.dynamic()}
	var required []string
	for _, attribute := range block.Attributes {
		value := orExpression(scenarioValue(attribute))
		value["description"] = attribute.Doc
		properties[attribute.Name] = value
		if attribute.Required {
			required = append(required, attribute.Name)
		}
	}
	for _, inner := range block.Blocks {
		properties[inner.Name] = d.scenarioBlock(inner)
	}
	return object(properties, required, block.Open != "")
}

// object is a body with those properties, or with any others if it is open.
func object(properties Schema, required []string, open bool) Schema {
	out := Schema{"type": "object", "properties": properties, "additionalProperties": open}
	if required != nil {
		out["required"] = required
	}
	return out
}

func scenarioValue(attribute schema.Attribute) Schema {
	switch attribute.Type {
	case schema.Strings, schema.References:
		return Schema{"type": "array", "items": Schema{"type": "string"}}
	case schema.Targets:
		return Schema{"type": []string{"string", "array"}, "items": Schema{"type": "string"}}
	case schema.Whole:
		return Schema{"type": "integer"}
	case schema.Share:
		return Schema{"type": "number", "minimum": 0, "maximum": 1}
	case schema.Counts:
		return byName(attribute.Words(), Schema{"type": "integer", "minimum": 0})
	case schema.Shares:
		return byName(attribute.Words(), Schema{"type": "number", "minimum": 0, "maximum": 1})
	case schema.Texts:
		return byName(attribute.Words(), Schema{"type": "string"})
	case schema.Keyword:
		return Schema{"enum": attribute.Words()}
	case schema.Constant:
		return Schema{}
	case schema.String, schema.Duration, schema.Date, schema.Reference, schema.Constraint, schema.Secret:
	}
	return Schema{"type": "string"}
}

// byName is an object that has a value by some of those names.
func byName(names []string, value Schema) Schema {
	properties := Schema{}
	for _, name := range names {
		properties[name] = value
	}
	return Schema{"type": "object", "properties": properties, "additionalProperties": false, "minProperties": 1}
}
