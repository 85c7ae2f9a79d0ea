package behaviour

import (
	"slices"

	"github.com/hashicorp/hcl/v2"

	"github.com/ringer-lab/ringer/emulation/attack"
	"github.com/ringer-lab/ringer/emulation/diagnostic"
)

// techniques returns a behaviour's ATT&CK ids as the current version has them. It warns
// of an id that has become another one, and reports one that no version has.
func (r *reader) techniques(attr *hcl.Attribute, given []string) []string {
	var ids []string
	for _, id := range given {
		now, ok := attack.Current.Counterpart(id)
		switch {
		case !ok:
			r.Errorf(diagnostic.AtValue(attr), "Unknown technique", "ATT&CK %s has no technique %q. %s", attack.Current, id, suggestTechnique(id))
			continue
		case now != id:
			found, _ := attack.Current.Technique(now)
			r.Warnf(diagnostic.AtValue(attr), "Technique of another ATT&CK version", "ATT&CK %s has %s (%s) in the place of %s. Write that, or let `ringer fmt --attack %s` do it.",
				attack.Current, now, found.Name, id, attack.Current.Major())
		}
		if !slices.Contains(ids, now) {
			ids = append(ids, now)
		}
	}
	return ids
}

// suggestTechnique returns a sentence with the nearest id.
func suggestTechnique(given string) string {
	var all []string
	for _, technique := range attack.Current.Techniques() {
		all = append(all, technique.ID)
	}
	near, ok := attack.Current.Counterpart(diagnostic.Nearest(given, all))
	if !ok {
		return "Techniques are at https://attack.mitre.org/techniques/enterprise/."
	}
	found, _ := attack.Current.Technique(near)
	return "Did you mean " + near + " (" + found.Name + ")?"
}
