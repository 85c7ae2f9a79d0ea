package attack_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/attack"
)

func TestFindTechnique(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name string
		id   string
		want attack.Technique
		ok   bool
	}{
		{
			name: "a technique in force",
			id:   "T1505.004",
			want: attack.Technique{ID: "T1505.004", Name: "IIS Components", Tactics: []string{"persistence"}, Platforms: []string{"Windows"}},
			ok:   true,
		},
		{
			name: "a revoked one names the one that stands for it",
			id:   "T1004",
			want: attack.Technique{ID: "T1004", Name: "Winlogon Helper DLL", Tactics: []string{"persistence"}, Platforms: []string{"Windows"}, RevokedBy: "T1547.004"},
			ok:   true,
		},
		{
			name: "a deprecated one is there and says so",
			id:   "T1034",
			want: attack.Technique{ID: "T1034", Name: "Path Interception", Tactics: []string{"persistence", "privilege-escalation"}, Platforms: []string{"Windows"}, Deprecated: true},
			ok:   true,
		},
		{name: "an id that was never given is not found", id: "T0000"},
		{name: "ids are matched to the letter", id: "t1505.004"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			got, ok := attack.FindTechnique(tc.id)
			assert.Equal(t, tc.ok, ok)
			assert.Equal(t, tc.want, got)
		})
	}
}

func TestEveryRevokedTechniqueLeadsToOneInForce(t *testing.T) {
	t.Parallel()
	for _, technique := range attack.Techniques() {
		for hops := 0; technique.RevokedBy != ""; hops++ {
			require.Less(t, hops, 5, "%s is revoked in a circle", technique.ID)
			next, ok := attack.FindTechnique(technique.RevokedBy)
			require.True(t, ok, "%s is revoked by %s, which is not in the table", technique.ID, technique.RevokedBy)
			technique = next
		}
	}
}

func TestGroupsOfTheReport(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct{ id, name, alias, technique string }{
		{"G0093", "GALLIUM", "gallium", "T1505.003"},
		{"G0019", "Naikon", "Naikon", "T1137.006"},
		{"G0027", "Threat Group-3390", "Emissary Panda", "T1505.003"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			group, ok := attack.FindGroup(tc.id)
			require.True(t, ok)
			assert.Equal(t, tc.name, group.Name)
			assert.Contains(t, group.Techniques, tc.technique)
			named, ok := attack.FindGroupByName(tc.alias)
			require.True(t, ok)
			assert.Equal(t, group, named)
		})
	}
	_, ok := attack.FindGroupByName("nobody of that name")
	assert.False(t, ok)
}

func TestListsAreSortedAndWhole(t *testing.T) {
	t.Parallel()
	assert.Len(t, attack.Techniques(), 835)
	assert.Len(t, attack.Groups(), 181)
	assert.True(t, slices.IsSortedFunc(attack.Groups(), func(a, b attack.Group) int { return strings.Compare(a.ID, b.ID) }))
	assert.Contains(t, attack.Notice(), "v"+attack.Version)
	assert.Contains(t, attack.Notice(), "The MITRE Corporation")
}

func TestParent(t *testing.T) {
	t.Parallel()
	assert.Equal(t, "T1505", attack.Parent("T1505.003"))
	assert.Equal(t, "T1505", attack.Parent("T1505"))
}
