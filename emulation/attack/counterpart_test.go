package attack_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ringer-lab/ringer/emulation/attack"
)

func TestCounterpartsOfAnID(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, id string
		in       attack.Version
		want     []string
		one      string
	}{
		{"unchanged", "T1505.003", attack.V19, []string{"T1505.003"}, "T1505.003"},
		{"replaced", "T1562.002", attack.V19, []string{"T1685.001"}, "T1685.001"},
		{"moved to another parent", "T1070.001", attack.V19, []string{"T1685.005"}, "T1685.005"},
		{"revoked before v18, its successor replaced since", "T1089", attack.V19, []string{"T1685"}, "T1685"},
		{"in force", "T1070.001", attack.V18, []string{"T1070.001"}, "T1070.001"},
		{"revoked before v18", "T1004", attack.V18, []string{"T1547.004"}, "T1547.004"},
		{"revoked by one that is revoked", "T1150", attack.V18, []string{"T1647"}, "T1647"},
		{"of v19, with one predecessor", "T1685.005", attack.V18, []string{"T1070.001"}, "T1070.001"},
		{"of v19, with a technique and its sub-techniques as predecessors", "T1685", attack.V18, []string{"T1562", "T1562.001", "T1562.006"}, "T1562"},
		{"of v19, without a predecessor", "T1682", attack.V18, nil, ""},
		{"deprecated in both", "T1034", attack.V19, []string{"T1034"}, "T1034"},
		{"of no version", "T9999", attack.V19, nil, ""},
		{"no id", "", attack.V18, nil, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, test.want, test.in.Counterparts(test.id))
			one, ok := test.in.Counterpart(test.id)
			assert.Equal(t, test.one, one)
			assert.Equal(t, test.one != "", ok)
		})
	}
}

func TestTagsAreThoseOfTheVersion(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name     string
		in       attack.Version
		of, want []string
	}{
		{"impairment", attack.V19, []string{"attack.defense-evasion", "attack.t1562.001"}, []string{"attack.defense-impairment", "attack.t1685"}},
		{"stealth", attack.V19, []string{"attack.defense-evasion", "attack.t1070.004"}, []string{"attack.stealth", "attack.t1070.004"}},
		{"both parts", attack.V19, []string{"attack.t1070.004", "attack.t1685.005", "attack.defense-evasion"},
			[]string{"attack.t1070.004", "attack.t1685.005", "attack.stealth", "attack.defense-impairment"}},
		{"neither part", attack.V19, []string{"attack.defense-evasion", "attack.t1548.002"}, []string{"attack.t1548.002"}},
		{"a tactic alone", attack.V19, []string{"attack.defense-evasion", "cve.2021-1"}, []string{"attack.stealth", "cve.2021-1"}},
		{"back", attack.V18, []string{"attack.stealth", "attack.defense-impairment", "attack.t1685.005", "attack.g0027"},
			[]string{"attack.defense-evasion", "attack.t1070.001", "attack.g0027"}},
		{"several become one", attack.V19, []string{"attack.t1562", "attack.t1562.001", "attack.T1562.006"}, []string{"attack.t1685"}},
		{"of neither", attack.V19, []string{"attack.t9999", "attack.nothing", "attack", "own.tag"}, []string{"attack.nothing", "attack", "own.tag"}},
		{"of v19 alone", attack.V18, []string{"attack.defense-impairment", "attack.t1687"}, []string{"attack.defense-evasion"}},
		{"none", attack.V19, nil, nil},
		{"for no version", "", []string{"attack.stealth"}, []string{"attack.stealth"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, test.want, test.in.Tags(test.of))
		})
	}
}

func TestTagsOfEitherVersionAreKnown(t *testing.T) {
	t.Parallel()
	for _, tag := range []string{"attack.t1562.001", "attack.t1685.005", "attack.defense-evasion", "attack.stealth", "attack.defense-impairment", "attack.g0027", "attack.s0020"} {
		assert.True(t, attack.KnownTag(tag), tag)
	}
	for _, tag := range []string{"attack.t1685.999", "attack.defense-avoidance", "attack.g9999"} {
		assert.False(t, attack.KnownTag(tag), tag)
	}
	id, ok := attack.TagTechnique("attack.t1505.003")
	assert.True(t, ok)
	assert.Equal(t, "T1505.003", id)
	_, ok = attack.TagTechnique("attack.ta0005")
	assert.False(t, ok)
}
