package attack

import (
	"slices"
	"strings"
)

// Technique is one row of a version's technique table; a sub-technique has a dot in
// its id.
type Technique struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	// Tactics are short names, such as "lateral-movement".
	Tactics []string `json:"tactics"`
	// Platforms are such as "Windows"; none means that they are not known.
	Platforms  []string `json:"platforms"`
	Deprecated bool     `json:"deprecated,omitempty"`
	// RevokedBy is the id that stands for it now; empty if it is not revoked.
	RevokedBy string `json:"revoked_by,omitempty"`
}

var techniqueTables = map[Version]func() table[Technique]{
	V18: tableOf("techniques", &techniqueRows18, func(t Technique) string { return t.ID }),
	V19: tableOf("techniques", &techniqueRows19, func(t Technique) string { return t.ID }),
}

// techniques is the version's table; that of a text that is no version has no rows.
func (v Version) techniques() table[Technique] {
	if rows, ok := techniqueTables[v]; ok {
		return rows()
	}
	return table[Technique]{}
}

// Technique gives the version's technique with that id, such as T1505.003, also if it
// is revoked or deprecated.
func (v Version) Technique(id string) (Technique, bool) { return v.techniques().find(id) }

// Known gives the technique with that id of the newest version that has one, also if it
// is revoked or deprecated.
func Known(id string) (Technique, bool) {
	for _, version := range slices.Backward(Versions()) {
		if found, ok := version.Technique(id); ok {
			return found, true
		}
	}
	return Technique{}, false
}

// Has reports whether the version has a technique of that id that is not revoked.
func (v Version) Has(id string) bool {
	found, ok := v.Technique(id)
	return ok && found.RevokedBy == ""
}

// Techniques lists all of the version, sorted by id.
func (v Version) Techniques() []Technique { return slices.Clone(v.techniques().rows) }

// Parent is the id of the technique a sub-technique belongs to; of any other
// id, the id itself.
func Parent(id string) string {
	parent, _, _ := strings.Cut(id, ".")
	return parent
}
