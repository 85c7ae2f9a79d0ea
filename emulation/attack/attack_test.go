package attack_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/attack"
)

func TestTechnique(t *testing.T) {
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
			got, ok := attack.V18.Technique(tc.id)
			assert.Equal(t, tc.ok, ok)
			assert.Equal(t, tc.want, got)
		})
	}
}

func TestEveryRevokedTechniqueLeadsToOneInForce(t *testing.T) {
	t.Parallel()
	for _, version := range attack.Versions() {
		for _, technique := range version.Techniques() {
			for hops := 0; technique.RevokedBy != ""; hops++ {
				require.Less(t, hops, 5, "%s is revoked in a circle", technique.ID)
				next, ok := version.Technique(technique.RevokedBy)
				require.True(t, ok, "%s is revoked by %s, which is not in the table", technique.ID, technique.RevokedBy)
				technique = next
			}
		}
	}
}

// Whoever has an id of the older version has one of the newer, or is told that it is
// deprecated: nothing is lost between the tables.
func TestV19HasEveryIDOfV18(t *testing.T) {
	t.Parallel()
	replaced := 0
	for _, old := range attack.V18.Techniques() {
		now, ok := attack.V19.Technique(old.ID)
		require.True(t, ok, old.ID)
		assert.Equal(t, old.Deprecated, now.Deprecated, old.ID)
		counterpart, ok := attack.V19.Counterpart(old.ID)
		require.True(t, ok, old.ID)
		assert.True(t, attack.V19.Has(counterpart), old.ID)
		if attack.V18.Has(old.ID) && !attack.V19.Has(old.ID) {
			replaced++
			assert.Contains(t, attack.V18.Counterparts(counterpart), old.ID)
		}
	}
	assert.Equal(t, 17, replaced)
}

func TestTacticsAreThoseOfTheVersion(t *testing.T) {
	t.Parallel()
	for _, version := range attack.Versions() {
		used := map[string]bool{}
		for _, technique := range version.Techniques() {
			for _, short := range technique.Tactics {
				_, ok := version.Tactic(short)
				assert.True(t, ok, "%s: %s of %s", version, short, technique.ID)
				used[short] = true
			}
		}
		assert.Len(t, used, len(version.Tactics()), version)
	}
	assert.Len(t, attack.V18.Tactics(), 14)
	assert.Len(t, attack.V19.Tactics(), 15)
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

func TestTechniquesOfAGroupExistInEachVersion(t *testing.T) {
	t.Parallel()
	for _, version := range attack.Versions() {
		for _, group := range attack.Groups() {
			for _, id := range group.TechniquesIn(version) {
				assert.True(t, version.Has(id), "%s: %s of %s", version, id, group.ID)
			}
			assert.Equal(t, len(group.Techniques) > 0, len(group.TechniquesIn(version)) > 0, group.ID)
		}
	}
	group, _ := attack.FindGroup("G0027")
	assert.Contains(t, group.TechniquesIn(attack.V18), "T1562.002")
	assert.Contains(t, group.TechniquesIn(attack.V19), "T1685.001")
}

func TestListsAreSortedAndWhole(t *testing.T) {
	t.Parallel()
	assert.Len(t, attack.V18.Techniques(), 835)
	assert.Len(t, attack.V19.Techniques(), 858)
	assert.Len(t, attack.Groups(), 181)
	assert.True(t, slices.IsSortedFunc(attack.Groups(), func(a, b attack.Group) int { return strings.Compare(a.ID, b.ID) }))
	for _, version := range attack.Versions() {
		assert.Contains(t, attack.Notice(), "v"+string(version))
	}
	assert.Contains(t, attack.Notice(), "The MITRE Corporation")
}

func TestParent(t *testing.T) {
	t.Parallel()
	assert.Equal(t, "T1505", attack.Parent("T1505.003"))
	assert.Equal(t, "T1505", attack.Parent("T1505"))
}
