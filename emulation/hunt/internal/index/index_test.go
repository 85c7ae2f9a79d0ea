package index_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/hunt/internal/index"
	"github.com/ringer-lab/ringer/emulation/hunt/query"
)

// manyValues is events of which most have values that no other has.
func manyValues(n int) []map[string]any {
	random := rand.New(rand.NewPCG(1, 2))
	events := make([]map[string]any, n)
	for i := range events {
		events[i] = map[string]any{
			"Guid": fmt.Sprintf("2C899619-%04X-6B0B-0000-%012X", random.IntN(1<<16), i), "Kind": i % 3,
			"Line": fmt.Sprintf("cmd.exe /c echo %x > C:\\Temp\\%d.TXT", random.Uint32(), i%100),
		}
		if i%50 == 0 {
			events[i]["List"] = []any{fmt.Sprintf("Entry-%x", i), "É"}
		}
	}
	return events
}

func pattern(t *testing.T, text string) query.Pattern {
	t.Helper()
	q, problems := query.Parse("x:" + text)
	require.Empty(t, problems)
	return q.Root().Pattern
}

func TestValuesAreFoundByTheirLetters(t *testing.T) {
	t.Parallel()
	const n = 5000
	events := manyValues(n)
	s := index.Build(events)
	require.Equal(t, n, s.Len())
	random := rand.New(rand.NewPCG(3, 4))
	some := 0
	for range 600 {
		name := []string{"Guid", "Line", "List"}[random.IntN(3)]
		from := index.Texts(nil, events[50*random.IntN(n/50)][name])[0]
		a, b := random.IntN(len(from)), random.IntN(len(from))
		part := from[min(a, b) : max(a, b)+1]
		star := func() string { return []string{"", "*"}[random.IntN(2)] }
		p := pattern(t, star()+`"`+part+`"`+star()+star())
		var want, wantText []uint32
		for i, e := range events {
			fits := func(name string, p query.Pattern) bool {
				return slices.ContainsFunc(index.Texts(nil, e[name]), func(text string) bool { return p.Fits(strings.ToLower(text)) })
			}
			if fits(name, p) {
				want = append(want, uint32(i))
			}
			if p := p.Contains(); fits("Guid", p) || fits("Line", p) || fits("List", p) {
				wantText = append(wantText, uint32(i))
			}
		}
		if len(want) > 0 {
			some++
		}
		require.Equal(t, len(want), int(s.Field(strings.ToUpper(name), p).GetCardinality()), "%s of %s", p, name)
		assert.ElementsMatch(t, want, s.Field(name, p).ToArray())
		if len(p.Longest()) >= query.MinText {
			assert.ElementsMatch(t, wantText, s.Text(p).ToArray(), "%s", p)
		}
	}
	assert.Greater(t, some, 200)
}

func TestAFullSegmentIsWhole(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("builds the largest segment")
	}
	events := manyValues(index.MaxEvents)
	s := index.Build(events)
	assert.Equal(t, uint64(1), s.Field("Guid", pattern(t, events[index.MaxEvents-1]["Guid"].(string))).GetCardinality())
	assert.Equal(t, uint64(index.MaxEvents), s.Text(pattern(t, "cmd.exe")).GetCardinality())
	assert.Equal(t, "Entry-0", s.Fields(0)["List"].([]any)[0])
	for _, i := range []int{0, 1, 4711, index.MaxEvents - 1} {
		got := s.Fields(i)
		assert.Equal(t, events[i]["Line"], got["Line"])
		assert.Equal(t, int64(i%3), got["Kind"])
		assert.Len(t, got, len(events[i]))
	}
	assert.Less(t, s.Bytes(), 40<<20)
	counts := map[string]int{}
	s.Count("Kind", s.All(), func(text string, count int) { counts[text] += count })
	assert.Equal(t, map[string]int{"0": 21846, "1": 21845, "2": 21845}, counts)
}

func TestAProjectionTellsWhatItLooksAt(t *testing.T) {
	t.Parallel()
	s := index.Build([]map[string]any{{"a": "x", "b": "y"}, {"a": "x", "b": "z"}, {"a": "w", "b": "y"}, {"b": "y"}})
	p := s.Project([]string{"a", "nothing"})
	key := func(event int) string { return string(p.AppendKey(nil, event)) }
	assert.Equal(t, key(0), key(1))
	assert.NotEqual(t, key(0), key(2))
	assert.NotEqual(t, key(0), key(3))
}

func TestNamesAreThoseOfTheFirstEvents(t *testing.T) {
	t.Parallel()
	s := index.Build([]map[string]any{{"a": "x"}, {"b": map[string]any{"c": nil}}, {"d": 1.5}})
	for before, want := range [][]string{nil, {"a"}, {"a", "b.c"}, {"a", "b.c", "d"}} {
		var names []string
		s.Names(before, func(name string) { names = append(names, name) })
		slices.Sort(names)
		assert.Equal(t, want, names)
	}
	assert.Equal(t, map[string]any{"d": 1.5}, s.Fields(2))
	assert.Equal(t, map[string]any{"b": map[string]any{"c": nil}}, s.Fields(1))
}
