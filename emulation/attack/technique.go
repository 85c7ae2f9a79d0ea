package attack

import (
	"slices"
	"strings"
)

// Technique is one row of the technique table; a sub-technique has a dot in its
// id.
type Technique struct {
	ID         string   `json:"id"`
	Name       string   `json:"name"`
	Tactics    []string `json:"tactics"`
	Platforms  []string `json:"platforms"`
	Deprecated bool     `json:"deprecated,omitempty"`
	// RevokedBy is the id that stands for it now; empty if it is not revoked.
	RevokedBy string `json:"revoked_by,omitempty"`
}

var techniques = tableOf("techniques", &techniqueRows, func(t Technique) string { return t.ID })

// FindTechnique gives the technique with that id, such as T1505.003.
func FindTechnique(id string) (Technique, bool) { return techniques().find(id) }

// Techniques lists all, sorted by id.
func Techniques() []Technique { return slices.Clone(techniques().rows) }

// Parent is the id of the technique a sub-technique belongs to; of any other
// id, the id itself.
func Parent(id string) string {
	parent, _, _ := strings.Cut(id, ".")
	return parent
}
