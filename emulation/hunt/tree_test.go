package hunt_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/hunt"
	"github.com/ringer-lab/ringer/emulation/hunt/query"
)

// act is an event of a process of a host; one that is called creation is that.
func act(minute int, host string, process, parent uint64, name string) hunt.Record {
	r := created(minute, host, name, name)
	r.Event.Lineage.Process, r.Parent = process, parent
	r.Event.Fields["ProcessGuid"] = fmt.Sprintf("{%s-%d}", host, process)
	if name == "" {
		r.Event.Sources = []event.LogSource{{Category: "file_event", Product: "windows"}}
	}
	return r
}

// drawn is a tree as text: a line a process, with its image, its events, and a star if it
// is the one asked about.
func drawn(tree hunt.ProcessTree) string {
	var out strings.Builder
	for _, p := range tree.Processes {
		fmt.Fprintf(&out, "%s%s %d", strings.Repeat(" ", p.Depth), p.Image, p.Events)
		if p.Asked {
			out.WriteString(" *")
		}
		out.WriteString("\n")
	}
	return out.String()
}

func treeOf(t *testing.T, s *hunt.Store, number, released int) hunt.ProcessTree {
	t.Helper()
	result, err := s.Search(t.Context(), query.Query{}, s.Len(), hunt.Page{Offset: number, Limit: 1, Oldest: true})
	require.NoError(t, err)
	tree, ok := s.Tree(result.Events[0].ID, released)
	require.True(t, ok)
	return tree
}

func TestATreeHasWhatIsAboveAndBelow(t *testing.T) {
	t.Parallel()
	s := hunt.New(hunt.Options{})
	for _, r := range []hunt.Record{
		act(0, "A", 1, 0, "init"), act(1, "A", 2, 1, "shell"), act(2, "B", 3, 2, "elsewhere"), act(3, "A", 9, 1, "sibling"),
		act(4, "A", 3, 2, "tool"), act(5, "A", 3, 2, ""), act(6, "A", 4, 3, "child"), act(7, "A", 6, 5, "unseen's child"), act(8, "A", 5, 3, "seen late"),
	} {
		s.Add([]hunt.Record{r})
	}
	assert.Equal(t, "init 1\n shell 1\n  tool 2 *\n   child 1\n   seen late 1\n    unseen's child 1\n", drawn(treeOf(t, s, 5, 9)))
	assert.Equal(t, "init 1\n shell 1\n  tool 1 *\n", drawn(treeOf(t, s, 4, 5)), "of what is released")
	assert.Equal(t, " 0\n unseen's child 1 *\n", drawn(treeOf(t, s, 7, 8)), "a parent that no log has")
	assert.Equal(t, " 0\n elsewhere 1 *\n", drawn(treeOf(t, s, 2, 9)), "of one host")
	tree := treeOf(t, s, 5, 9)
	require.NotNil(t, tree.Processes[2].Started)
	assert.Equal(t, "tool", tree.Processes[2].Image)
	q, problems := query.Parse(tree.Processes[2].Query)
	require.Empty(t, problems)
	found, err := s.Search(t.Context(), q, 9, hunt.Page{})
	require.NoError(t, err)
	assert.Equal(t, tree.Processes[2].Events, found.Total)
}

func TestATreeIsBounded(t *testing.T) {
	t.Parallel()
	var chain, wide, ring []hunt.Record
	for i := range uint64(2000) {
		chain = append(chain, act(int(i), "A", i+1, i, "p"))
		wide = append(wide, act(int(i), "A", i+1, min(i, 1), "p"))
		ring = append(ring, act(int(i), "A", i%7+1, (i+1)%7+1, "p"))
	}
	for name, records := range map[string][]hunt.Record{"chain": chain, "wide": wide, "ring": ring} {
		s := hunt.New(hunt.Options{})
		s.Add(records)
		for _, number := range []int{0, 1000, 1999} {
			tree := treeOf(t, s, number, 2000)
			assert.LessOrEqual(t, len(tree.Processes), 400, name)
			assert.NotEmpty(t, tree.Processes)
			assert.Equal(t, name == "chain" || name == "wide" && number == 0, tree.Cut, "%s %d", name, number)
		}
	}
	alone := act(0, "A", 0, 0, "no process")
	s := hunt.New(hunt.Options{})
	s.Add([]hunt.Record{alone})
	assert.Empty(t, treeOf(t, s, 0, 1).Processes)
	_, ok := s.Tree("nothing", 1)
	assert.False(t, ok)
}

// TestTreesOfARecordingAreThoseOfItsFields compares with the parents that Sysmon names.
func TestTreesOfARecordingAreThoseOfItsFields(t *testing.T) {
	t.Parallel()
	s, records := storeOfDays(t)
	compared := 0
	for at := 0; at < len(records); at += 97 {
		tree := treeOf(t, s, at, len(records))
		above := map[int]hunt.Process{}
		for _, p := range tree.Processes {
			above[p.Depth] = p
			if p.Started == nil || p.Depth == 0 || above[p.Depth-1].Query == "" {
				continue
			}
			for _, f := range p.Started.Fields {
				if f.Name == "ParentProcessGuid" {
					assert.Equal(t, query.Pivot("ProcessGuid", f.Values[0]), above[p.Depth-1].Query)
					compared++
				}
			}
		}
	}
	assert.Greater(t, compared, 20)
}
