package importer

import (
	"fmt"

	"go.yaml.in/yaml/v3"
)

// ctidEntry is the head of an emulation plan, or one of its steps.
type ctidEntry struct {
	Details *struct {
		ID    anyText `yaml:"id"`
		Name  anyText `yaml:"adversary_name"`
		About anyText `yaml:"adversary_description"`
	} `yaml:"emulation_plan_details"`
	Source    anyText `yaml:"cti_source"`
	Procedure anyText `yaml:"procedure_step"`
	ability   ability
}

// UnmarshalYAML fails for an entry of another shape.
func (e *ctidEntry) UnmarshalYAML(node *yaml.Node) error {
	type plain ctidEntry
	if err := node.Decode((*plain)(e)); err != nil {
		return err
	}
	return node.Decode(&e.ability)
}

// readCTID reads an emulation plan of the adversary emulation library. It fails if it
// is none.
func readCTID(file File) (Plan, error) {
	entries, err := decodeYAML[ctidEntry](file.Text)
	if err != nil {
		return Plan{}, err
	}
	plan := Plan{File: file.Name}
	for _, entry := range entries {
		if details := entry.Details; details != nil {
			plan.Name, plan.Title, plan.Actor = "ctid "+string(details.Name), "Emulation plan of "+string(details.Name), string(details.Name)
			plan.References = append(plan.References, "CTID adversary emulation library, plan "+string(details.ID))
			continue
		}
		if entry.ability.id() == "" && entry.ability.Name == "" {
			continue
		}
		step := entry.ability.step()
		if entry.Procedure != "" {
			step.Name = string(entry.Procedure) + " " + step.Name
		}
		if entry.Source != "" {
			step.About += " (" + string(entry.Source) + ")"
		}
		plan.Steps = append(plan.Steps, step)
	}
	if plan.Actor == "" {
		return Plan{}, fmt.Errorf("%w: expected emulation_plan_details with adversary_name", errOther)
	}
	return plan, nil
}
