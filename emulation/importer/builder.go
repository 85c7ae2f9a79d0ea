package importer

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
)

// builderSchema is what a file of Attack Flow Builder 3 calls its schema.
const builderSchema = "attack_flow_v2"

// builderObject is an object of such a file. Blocks have anchors, anchors have latches,
// and a line joins two latches.
type builderObject struct {
	ID         string            `json:"id"`
	Instance   string            `json:"instance"`
	Properties []json.RawMessage `json:"properties"` // pairs of a name and a value
	Anchors    map[string]string `json:"anchors"`
	Latches    []string          `json:"latches"`
	Source     string            `json:"source"`
	Target     string            `json:"target"`
	values     map[string]any
}

// UnmarshalJSON fails for what is no object.
func (o *builderObject) UnmarshalJSON(raw []byte) error {
	type plain builderObject
	if err := json.Unmarshal(raw, (*plain)(o)); err != nil {
		return err
	}
	o.values = map[string]any{}
	for _, property := range o.Properties {
		var pair []any
		if json.Unmarshal(property, &pair) == nil && len(pair) == 2 {
			if name, ok := pair[0].(string); ok {
				o.values[name] = pair[1]
			}
		}
	}
	return nil
}

func (o builderObject) text(name string) string {
	value, _ := o.values[name].(string)
	return value
}

// pairOf returns a value of a property whose value is itself pairs.
func pairOf(value any, name string) string {
	pairs, _ := value.([]any)
	for _, each := range pairs {
		pair, _ := each.([]any)
		if len(pair) == 2 && pair[0] == name {
			found, _ := pair[1].(string)
			return found
		}
	}
	return ""
}

func readBuilder(file File, raw []json.RawMessage) (Plan, error) {
	var objects []builderObject
	anchorOf, blockOf := map[string]string{}, map[string]string{}
	for i, each := range raw {
		var o builderObject
		if err := json.Unmarshal(each, &o); err != nil {
			return Plan{}, fmt.Errorf("object %d has another shape: %w", i, err)
		}
		objects = append(objects, o)
		for _, latch := range o.Latches {
			anchorOf[latch] = o.Instance
		}
		for _, side := range slices.Sorted(maps.Keys(o.Anchors)) {
			blockOf[o.Anchors[side]] = o.Instance
		}
	}
	f := newFlow()
	plan := Plan{File: file.Name}
	lines := map[string]string{}
	isFlow := false
	for _, o := range objects {
		switch o.ID {
		case "flow":
			isFlow = true
			plan.Name, plan.Title = o.text("name"), o.text("name")
			references, _ := o.values["external_references"].([]any)
			for _, each := range references {
				if pair, _ := each.([]any); len(pair) == 2 {
					plan.References = append(plan.References, referenceOf(pairOf(pair[1], "source_name"), pairOf(pair[1], "url")))
				}
			}
		case "threat_actor", "intrusion_set":
			if plan.Actor == "" {
				plan.Actor = o.text("name")
			}
		case "process":
			lines[o.Instance] = o.text("command_line")
		case "action":
			technique := o.text("technique_id")
			if technique == "" {
				technique = pairOf(o.values["ttp"], "technique")
			}
			f.action(o.Instance, Step{Name: o.text("name"), ID: o.Instance, Technique: technique, About: o.text("description")})
		case "dynamic_line":
			f.edge(blockOf[anchorOf[o.Source]], blockOf[anchorOf[o.Target]])
		}
	}
	if !isFlow {
		return Plan{}, fmt.Errorf("%w: expected an object flow", errOther)
	}
	for _, id := range f.order {
		for _, to := range f.next[id] {
			f.command(id, lines[to])
		}
	}
	plan.Steps = f.steps()
	return plan, nil
}
