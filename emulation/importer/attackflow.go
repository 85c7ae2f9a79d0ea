package importer

import (
	"encoding/json"
	"fmt"
)

// stixObject is an object of a STIX bundle, as far as an Attack Flow needs it.
type stixObject struct {
	Type        string   `json:"type"`
	ID          string   `json:"id"`
	Name        string   `json:"name"`
	Technique   string   `json:"technique_id"`
	Description string   `json:"description"`
	Command     string   `json:"command_ref"`
	CommandLine string   `json:"command_line"`
	Effects     []string `json:"effect_refs"`
	OnTrue      []string `json:"on_true_refs"`
	OnFalse     []string `json:"on_false_refs"`
	References  []struct {
		Name string `json:"source_name"`
		URL  string `json:"url"`
	} `json:"external_references"`
}

// readAttackFlow reads an Attack Flow: a bundle of STIX, or a file of the Builder. It
// fails if it is neither.
func readAttackFlow(file File) (Plan, error) {
	var head struct {
		Type    string            `json:"type"`
		Schema  string            `json:"schema"`
		Objects []json.RawMessage `json:"objects"`
	}
	if err := json.Unmarshal(file.Text, &head); err != nil {
		return Plan{}, fmt.Errorf("it is not JSON: %w", err)
	}
	switch {
	case head.Type == "bundle":
		return readBundle(file, head.Objects)
	case head.Schema == builderSchema:
		return readBuilder(file, head.Objects)
	case head.Schema != "":
		return Plan{}, fmt.Errorf("its schema is %.60q: save it again with Attack Flow Builder 3", head.Schema)
	}
	return Plan{}, fmt.Errorf("%w: expected a STIX bundle or a file of Attack Flow Builder", errOther)
}

func readBundle(file File, objects []json.RawMessage) (Plan, error) {
	f := newFlow()
	plan := Plan{File: file.Name}
	commands := map[string]string{}
	lines := map[string]string{}
	isFlow := false
	for i, raw := range objects {
		var o stixObject
		if err := json.Unmarshal(raw, &o); err != nil {
			return Plan{}, fmt.Errorf("object %d has another shape: %w", i, err)
		}
		switch o.Type {
		case "attack-flow":
			isFlow = true
			plan.Name, plan.Title = o.Name, o.Name
			for _, reference := range o.References {
				plan.References = append(plan.References, referenceOf(reference.Name, reference.URL))
			}
		case "threat-actor", "intrusion-set":
			if plan.Actor == "" {
				plan.Actor = o.Name
			}
		case "process":
			lines[o.ID] = o.CommandLine
		case "attack-action":
			f.action(o.ID, Step{Name: o.Name, ID: o.ID, Technique: o.Technique, About: o.Description})
			commands[o.ID] = o.Command
		}
		for _, targets := range [][]string{o.Effects, o.OnTrue, o.OnFalse} {
			for _, to := range targets {
				f.edge(o.ID, to)
			}
		}
	}
	if !isFlow {
		return Plan{}, fmt.Errorf("%w: expected an object of type attack-flow", errOther)
	}
	for id, process := range commands {
		f.command(id, lines[process])
	}
	plan.Steps = f.steps()
	return plan, nil
}

func referenceOf(name, url string) string {
	if url == "" {
		return name
	}
	if name == "" {
		return url
	}
	return name + ", " + url
}
