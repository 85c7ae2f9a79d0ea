package scenario

import (
	"slices"
	"strings"

	"github.com/ringer-lab/ringer/emulation/attack"
	"github.com/ringer-lab/ringer/emulation/behaviour"
	"github.com/ringer-lab/ringer/emulation/diagnostic"
)

// decodeTechnique decodes the ATT&CK id that a step claims. It must be one of the
// behaviour's own, or the parent or a sub-technique of one; a behaviour without any
// accepts all.
func (d *decoder) decodeTechnique(c content, of behaviour.Behaviour) string {
	id, ok := value[string](c, "technique")
	if !ok {
		return of.Technique
	}
	attr := c.Attributes["technique"]
	found, ok := attack.FindTechnique(id)
	if !ok {
		d.Errorf(diagnostic.AtValue(attr), "Unknown technique", "ATT&CK %s has no technique %q. %s", attack.Version, id, suggestTechnique(id, of))
		return id
	}
	switch {
	case found.RevokedBy != "":
		now, _ := attack.FindTechnique(found.RevokedBy)
		d.Errorf(diagnostic.AtValue(attr), "Revoked technique", "%s (%s) is revoked in ATT&CK %s: use %s (%s) instead.",
			id, found.Name, attack.Version, now.ID, now.Name)
	case of.Technique != "" && !slices.ContainsFunc(techniquesOf(of), func(own string) bool { return related(id, own) }):
		d.Errorf(diagnostic.AtValue(attr), "Technique of another behaviour", "%s (%s) is not emulated by %s: expected %s, or no technique at all.",
			id, found.Name, of.Name, strings.Join(techniquesOf(of), " or "))
	case found.Deprecated:
		d.Warnf(diagnostic.AtValue(attr), "Deprecated technique", "%s (%s) is deprecated in ATT&CK %s and has no successor.", id, found.Name, attack.Version)
	}
	return id
}

func techniquesOf(of behaviour.Behaviour) []string {
	return append([]string{of.Technique}, of.Also...)
}

// related reports whether two ids are the same, or parent and sub-technique.
func related(a, b string) bool {
	return a == b || attack.Parent(a) == b || a == attack.Parent(b)
}

// suggestTechnique returns a sentence with the behaviour's own techniques, or else
// with the nearest of all.
func suggestTechnique(given string, of behaviour.Behaviour) string {
	if of.Technique != "" {
		return "The behaviour emulates " + strings.Join(techniquesOf(of), " or ") + "."
	}
	var ids []string
	for _, technique := range attack.Techniques() {
		ids = append(ids, technique.ID)
	}
	if near, ok := attack.FindTechnique(diagnostic.Nearest(given, ids)); ok {
		return "Did you mean " + near.ID + ", " + near.Name + "?"
	}
	return "Techniques are at https://attack.mitre.org/techniques/enterprise/."
}
