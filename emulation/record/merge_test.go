package record_test

import (
	"encoding/json"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/record"
)

var performed = time.Date(2026, 11, 29, 8, 0, 0, 0, time.UTC)

// part is part of a run of the scenarios a, b and c in two parts.
func part(index int, change ...func(*record.Head)) record.Named {
	head := record.Head{
		Format: record.Format, Run: []string{"", "run-1", "run-2"}[index], Ringer: record.Program{Version: "v1", Digest: "program"}, Lab: "docker",
		Started: performed.Add(time.Duration(-index) * time.Minute), Paths: []string{"x"}, Variables: map[string]string{"host": "h"},
		Sources: []record.Source{{Name: "x/a.hcl", Digest: "1", Part: "sources/0001.hcl"}}, Rules: []record.Source{{Name: "r.yml", Digest: "2"}},
		Scenarios: [][]string{nil, {"a", "c"}, {"b"}}[index],
		Shard:     &record.Shard{Index: index, Of: 2, Whole: []string{"a", "b", "c"}, Durations: "d"},
	}
	for _, c := range change {
		c(&head)
	}
	return record.Named{Name: []string{"", "one", "two"}[index], Recording: &record.Recording{Head: head, Sealed: true, ManifestText: []byte(head.Run)}}
}

func TestPartsAreJoinedInTheOrderOfTheWhole(t *testing.T) {
	t.Parallel()
	want := part(1).Head
	want.Run, want.Shard, want.Scenarios, want.Started = "", nil, []string{"a", "b", "c"}, performed.Add(-2*time.Minute)
	want.Merged = []record.Merged{{"run-1", "1/2", record.Digest([]byte("run-1"))}, {"run-2", "2/2", record.Digest([]byte("run-2"))}}
	for _, parts := range [][]record.Named{{part(1), part(2)}, {part(2), part(1)}} {
		got, err := record.MergedHead(parts)
		require.NoError(t, err)
		assert.Equal(t, want, got)
	}
}

func TestWhatIsNotAWholeRunInPartsIsRefused(t *testing.T) {
	t.Parallel()
	renamed := func(name string, p record.Named) record.Named { p.Name = name; return p }
	unsealed := part(2)
	unsealed.Sealed = false
	for _, tt := range []struct {
		name  string
		parts []record.Named
		says  string
	}{
		{"nothing", nil, "there is nothing to merge"},
		{"a part is missing", []record.Named{part(1)}, "missing: part 2/2"},
		{"a part twice", []record.Named{part(1), part(2), renamed("copy", part(1))}, "part 1/2 is there twice: one and copy"},
		{"one that was broken off", []record.Named{part(1), unsealed}, "two was broken off"},
		{"a run of variants", []record.Named{part(1), part(2, func(h *record.Head) { h.Kind = record.Variants })}, "two is a run of variants"},
		{"a whole run", []record.Named{part(1), part(2, func(h *record.Head) { h.Shard = nil })}, "two is a whole run"},
		{"other rules", []record.Named{part(1), part(2, func(h *record.Head) { h.Rules = []record.Source{{Name: "r.yml", Digest: "3"}} })}, "one and two were judged by different rules: r.yml"},
		{"more rules", []record.Named{part(1), part(2, func(h *record.Head) { h.Rules = append(slices.Clone(h.Rules), record.Source{Name: "s.yml"}) })}, "different rules: s.yml is of the second alone"},
		{"another file", []record.Named{part(1), part(2, func(h *record.Head) { h.Sources = []record.Source{{Name: "x/a.hcl", Digest: "9"}} })}, "different scenario files: x/a.hcl"},
		{"other paths", []record.Named{part(1), part(2, func(h *record.Head) { h.Paths = []string{"y"} })}, "different scenario files"},
		{"another variable", []record.Named{part(1), part(2, func(h *record.Head) { h.Variables = nil })}, "have different variables"},
		{"another choice", []record.Named{part(1), part(2, func(h *record.Head) { h.Chosen = map[string][]string{"a": {"s"}} })}, "different choices of steps"},
		{"another program", []record.Named{part(1), part(2, func(h *record.Head) { h.Ringer.Digest = "other" })}, "different builds of ringer"},
		{"another lab", []record.Named{part(1), part(2, func(h *record.Head) { h.Lab = "fake" })}, "different labs (docker and fake)"},
		{"another number of parts", []record.Named{part(1), part(2, func(h *record.Head) { h.Shard.Of = 3 })}, "parts of different splits: 1/2 and 2/3"},
		{"another whole", []record.Named{part(1), part(2, func(h *record.Head) { h.Shard.Whole = []string{"a", "b"} })}, "parts of runs of different scenarios"},
		{"split by other durations", []record.Named{part(1), part(2, func(h *record.Head) { h.Shard.Durations = "e" })}, "were split by different durations: give --durations"},
		{"a scenario in both", []record.Named{part(1), part(2, func(h *record.Head) { h.Scenarios = []string{"a", "b"} })}, `scenario "a" is in two parts: one and two`},
		{"a scenario in neither", []record.Named{part(1, func(h *record.Head) { h.Scenarios = []string{"a"} }), part(2)}, `scenario "c" is in none of the parts`},
		{"a scenario of another run", []record.Named{part(1), part(2, func(h *record.Head) { h.Scenarios = []string{"b", "z"} })}, `two has scenario "z", which is not one of its run's`},
		{"a scenario twice in itself", []record.Named{part(1), part(2, func(h *record.Head) { h.Scenarios = []string{"b", "b"} })}, `two names scenario "b" twice`},
		{"a part that cannot be", []record.Named{part(1), part(2, func(h *record.Head) { h.Shard.Index = 3 })}, "two says that it is part 3/2, which cannot be"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, err := record.MergedHead(tt.parts)
			assert.ErrorContains(t, err, tt.says)
		})
	}
}

// Whatever recordings say of themselves, what is put together has each scenario once.
func FuzzMergedHead(f *testing.F) {
	head := func(n record.Named) []byte {
		text, err := json.Marshal(n.Head)
		require.NoError(f, err)
		return text
	}
	f.Add(head(part(1)), head(part(2)))
	f.Add(head(part(2)), head(part(2)))
	f.Add(head(part(1, func(h *record.Head) { h.Shard.Of = 1 << 60 })), head(part(2, func(h *record.Head) { h.Shard.Of = 1 << 60 })))
	f.Add([]byte(`{"shard":{"index":1,"of":1,"whole":[]}}`), []byte(`{}`))
	f.Fuzz(func(t *testing.T, one, two []byte) {
		var parts []record.Named
		var all []string
		for _, text := range [][]byte{one, two} {
			var head record.Head
			if json.Unmarshal(text, &head) != nil {
				return
			}
			parts = append(parts, record.Named{Name: "part", Recording: &record.Recording{Head: head, Sealed: true}})
			all = append(all, head.Scenarios...)
		}
		merged, err := record.MergedHead(parts)
		if err != nil {
			return
		}
		assert.ElementsMatch(t, all, merged.Scenarios)
		assert.Len(t, slices.Compact(slices.Sorted(slices.Values(all))), len(all))
	})
}
