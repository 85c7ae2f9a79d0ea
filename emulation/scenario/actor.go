package scenario

import (
	"github.com/hashicorp/hcl/v2"

	"github.com/ringer-lab/ringer/emulation/attack"
)

func (d *decoder) decodeActor(block *hcl.Block) Actor {
	out := Actor{Name: label(block, 0)}
	content := d.decodeBlock(block, []string{"group"})
	attr := d.requireAttribute(block, content, "group", `give the ATT&CK id, such as group = "G0027"`)
	id, ok := d.stringValue(attr)
	if !ok {
		return out
	}
	if out.Group, ok = attack.FindGroup(id); !ok {
		d.errorf(atValue(attr), "Unknown ATT&CK group", "ATT&CK %s has no group %q. %s", attack.Version, id, suggestGroup(id))
	}
	return out
}

// suggestGroup looks among the names too: people know a group by those.
func suggestGroup(given string) string {
	if group, ok := attack.FindGroupByName(given); ok {
		return group.Name + " is " + group.ID + "."
	}
	var ids, names []string
	for _, group := range attack.Groups() {
		ids = append(ids, group.ID)
		names = append(names, group.Aliases...)
	}
	if group, ok := attack.FindGroupByName(Nearest(given, names)); ok {
		return "Did you mean " + group.Name + ", " + group.ID + "?"
	}
	if near, ok := attack.FindGroup(Nearest(given, ids)); ok {
		return "Did you mean " + near.ID + ", " + near.Name + "?"
	}
	return "Groups are at https://attack.mitre.org/groups/."
}
