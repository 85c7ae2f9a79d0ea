package scenario

import (
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"

	"github.com/ringer-lab/ringer/emulation/attack"
	"github.com/ringer-lab/ringer/emulation/behaviour"
	"github.com/ringer-lab/ringer/emulation/diagnostic"
)

// decodeTechnique decodes the ATT&CK id that a step claims, by default the behaviour's.
// It must be one of the behaviour's own, or the parent or a sub-technique of one; a
// behaviour without any accepts all. The id returned is one of the version that the
// scenario speaks.
func (d *decoder) decodeTechnique(block *hcl.Block, c content, of behaviour.Behaviour, speaks attack.Version) string {
	given, ok := value[string](c, "technique")
	if !ok {
		return d.ownTechnique(block, of, speaks)
	}
	attr := c.Attributes["technique"]
	own := techniquesOf(of, speaks)
	id, ok := d.inVersion(attr, given, of, speaks)
	if !ok {
		return given
	}
	found, _ := speaks.Technique(id)
	switch {
	case found.RevokedBy != "":
		now, _ := speaks.Technique(speaks.Counterparts(id)[0])
		d.Errorf(diagnostic.AtValue(attr), "Revoked technique", "%s (%s) is revoked in ATT&CK %s: use %s (%s) instead.",
			id, found.Name, speaks, now.ID, now.Name)
	case of.Technique != "" && !slices.ContainsFunc(own, func(own string) bool { return related(id, own) }):
		d.Errorf(diagnostic.AtValue(attr), "Technique of another behaviour", "%s (%s) is not emulated by %s: expected %s, or no technique at all.",
			id, found.Name, of.Name, strings.Join(own, " or "))
	case found.Deprecated:
		d.Warnf(diagnostic.AtValue(attr), "Deprecated technique", "%s (%s) is deprecated in ATT&CK %s and has no successor.", id, found.Name, speaks)
	}
	return id
}

// ownTechnique is the behaviour's, which another version than the scenario's may have
// alone.
func (d *decoder) ownTechnique(block *hcl.Block, of behaviour.Behaviour, speaks attack.Version) string {
	own, ok := speaks.Counterpart(of.Technique)
	if !ok && of.Technique != "" {
		d.Errorf(diagnostic.AtBlock(block), otherVersion, "%s stands for %s, and ATT&CK %s has nothing in its place. "+
			"Set attack = %q in the block \"scenario\".", of.Name, named(attack.Current, of.Technique), speaks, attack.Current)
	}
	return own
}

// inVersion returns the id that the scenario's version has for the one given, and warns
// if that is another one. It reports an id that no version has, or this one not.
func (d *decoder) inVersion(attr *hcl.Attribute, given string, of behaviour.Behaviour, speaks attack.Version) (id string, ok bool) {
	at := diagnostic.AtValue(attr)
	if speaks.Has(given) {
		own := techniquesOf(of, speaks)
		parent := movedParent(given, of, speaks)
		if parent == "" || slices.ContainsFunc(own, func(own string) bool { return related(given, own) }) {
			return given, true
		}
		d.Warnf(at, otherVersion, "%s emulates %s, which ATT&CK %s no longer has below %s. Write %s.",
			of.Name, strings.Join(own, " or "), speaks, named(speaks, given), named(speaks, parent))
		return parent, true
	}
	other, ofOther := versionThatHas(given)
	if !ofOther {
		_, revoked := speaks.Technique(given)
		if !revoked {
			d.Errorf(at, "Unknown technique", "ATT&CK %s has no technique %q. %s", speaks, given, suggestTechnique(given, of, speaks))
		}
		return given, revoked
	}
	all := speaks.Counterparts(given)
	id, ok = speaks.Counterpart(given)
	switch {
	case !ok:
		d.Errorf(at, otherVersion, "%s is of ATT&CK %s; the scenario speaks %s, which has nothing in its place. Set attack = %q in the block \"scenario\".",
			named(other, given), other, speaks, other)
	case len(all) > 1:
		d.Warnf(at, otherVersion, "%s is of ATT&CK %s; the scenario speaks %s, which has several in its place: %s. It is read as %s: write the one that is meant.",
			named(other, given), other, speaks, strings.Join(all, ", "), id)
	default:
		d.Warnf(at, otherVersion, "%s is of ATT&CK %s; the scenario speaks %s, which has %s in its place. Write that, or let `ringer fmt --attack %s` do it.",
			named(other, given), other, speaks, named(speaks, id), speaks.Major())
	}
	return id, ok
}

const otherVersion = "Technique of another ATT&CK version"

// versionThatHas is the newest version in which the id is in force.
func versionThatHas(id string) (attack.Version, bool) {
	for _, version := range slices.Backward(attack.Versions()) {
		if version.Has(id) {
			return version, true
		}
	}
	return "", false
}

// movedParent is the parent, in the scenario's version, of a behaviour's technique that
// is a sub-technique of the given one in another version; "" if there is none.
func movedParent(given string, of behaviour.Behaviour, speaks attack.Version) string {
	for _, version := range attack.Versions() {
		if version == speaks || !version.Has(given) {
			continue
		}
		for _, own := range append([]string{of.Technique}, of.Also...) {
			now, has := speaks.Counterpart(own)
			if was, had := version.Counterpart(own); has && had && attack.Parent(was) == given {
				return attack.Parent(now)
			}
		}
	}
	return ""
}

// named is a technique's id with its name.
func named(in attack.Version, id string) string {
	technique, _ := in.Technique(id)
	return id + " (" + technique.Name + ")"
}

// techniquesOf are the behaviour's techniques, as a version has them.
func techniquesOf(of behaviour.Behaviour, in attack.Version) []string {
	var ids []string
	for _, id := range append([]string{of.Technique}, of.Also...) {
		if own, ok := in.Counterpart(id); ok && !slices.Contains(ids, own) {
			ids = append(ids, own)
		}
	}
	return ids
}

// related reports whether two ids are the same, or parent and sub-technique.
func related(a, b string) bool {
	return a == b || attack.Parent(a) == b || a == attack.Parent(b)
}

// suggestTechnique returns a sentence with the nearest of the behaviour's own
// techniques, or all of them; where it has none, with the nearest of all.
func suggestTechnique(given string, of behaviour.Behaviour, speaks attack.Version) string {
	ids := techniquesOf(of, speaks)
	if of.Technique == "" {
		for _, technique := range speaks.Techniques() {
			ids = append(ids, technique.ID)
		}
	}
	near, ok := speaks.Counterpart(diagnostic.Nearest(given, ids))
	switch {
	case ok:
		return "Did you mean " + named(speaks, near) + "?"
	case of.Technique != "":
		return "The behaviour emulates " + strings.Join(ids, " or ") + "."
	}
	return "Techniques are at https://attack.mitre.org/techniques/enterprise/."
}
