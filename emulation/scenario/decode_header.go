package scenario

import (
	"github.com/hashicorp/hcl/v2"

	"github.com/ringer-lab/ringer/emulation/attack"
	"github.com/ringer-lab/ringer/emulation/diagnostic"
)

// decodeHeader decodes the scenario block. If there are several, the first one counts
// and the others are reported.
func (d *decoder) decodeHeader(block *hcl.Block, out *Scenario) {
	if out.Name.Text != "" {
		d.Errorf(diagnostic.AtBlock(block), "Duplicate scenario", "The block at %s already declares scenario %q. Put each scenario in a file of its own.",
			diagnostic.FileLine(out.Name.Range), out.Name.Text)
		return
	}
	out.Name, out.File = d.declareName("scenario", block, 0), block.DefRange.Filename
	content := d.decodeBlock(block, []string{"title", "attack", "references"})
	out.Title = out.Name.Text
	if title, ok := d.stringValue(content.Attributes["title"]); ok {
		out.Title = title
	}
	out.References, _ = d.stringsValue(content.Attributes["references"])
	out.Attack = d.decodeAttackVersion(content.Attributes["attack"])
}

func (d *decoder) decodeAttackVersion(attr *hcl.Attribute) string {
	version, ok := d.stringValue(attr)
	switch {
	case !ok:
		return attack.Version
	case version != attack.Version:
		d.Warnf(diagnostic.AtValue(attr), "Other ATT&CK version",
			"The scenario was written for ATT&CK %s; ids are checked against %s. Check that they still mean the same, then set attack = %q.",
			version, attack.Version, attack.Version)
	}
	return version
}

func (d *decoder) decodeActor(block *hcl.Block) Actor {
	out := Actor{Name: label(block, 0)}
	content := d.decodeBlock(block, []string{"group"})
	attr := d.requireAttribute(block, content, "group", `give the ATT&CK id, such as group = "G0027"`)
	id, ok := d.stringValue(attr)
	if !ok {
		return out
	}
	if out.Group, ok = attack.FindGroup(id); !ok {
		d.Errorf(diagnostic.AtValue(attr), "Unknown ATT&CK group", "ATT&CK %s has no group %q. %s", attack.Version, id, suggestGroup(id))
	}
	return out
}

// suggestGroup returns a sentence with the nearest group, by name as well as by id.
func suggestGroup(given string) string {
	if group, ok := attack.FindGroupByName(given); ok {
		return group.Name + " is " + group.ID + "."
	}
	var ids, names []string
	for _, group := range attack.Groups() {
		ids = append(ids, group.ID)
		names = append(names, group.Aliases...)
	}
	if group, ok := attack.FindGroupByName(diagnostic.Nearest(given, names)); ok {
		return "Did you mean " + group.Name + ", " + group.ID + "?"
	}
	if near, ok := attack.FindGroup(diagnostic.Nearest(given, ids)); ok {
		return "Did you mean " + near.ID + ", " + near.Name + "?"
	}
	return "Groups are at https://attack.mitre.org/groups/."
}
