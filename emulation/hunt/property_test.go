package hunt_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/hunt"
	"github.com/ringer-lab/ringer/emulation/hunt/query"
)

// made makes events and queries of few words, so that they often meet.
type made struct{ *rand.Rand }

var madeNames = []string{"Image", "IMAGE", "CommandLine", "Data", "A.b", "Köln", "host", "Time"}

func (m made) text() string {
	words := []string{"cmd", "CMD.exe", "Whoami", "reg save", `C:\Windows\`, "ÉTAT", "état", "K", "a", "", "sch", "tasks", "*", `"`, "x-1", "2027-01-08 09:00:00.123"}
	var out strings.Builder
	for range 1 + m.IntN(3) {
		out.WriteString(words[m.IntN(len(words))])
	}
	if m.IntN(3) == 0 { // a value that nothing else has
		fmt.Fprintf(&out, "%x", m.Uint32())
	}
	return out.String()
}

func (m made) value(depth int) any {
	switch n := m.IntN(12); {
	case n == 0:
		return m.IntN(10)
	case n == 1:
		return nil
	case n == 2:
		list := []any{}
		for range m.IntN(3) {
			list = append(list, m.text())
		}
		return list
	case n == 3 && depth == 0:
		return map[string]any{"b": m.value(1), "c.d": m.value(1)}
	}
	return m.text()
}

func (m made) record(i int) hunt.Record {
	sources := [][]event.LogSource{
		{{Category: "process_creation", Product: "windows"}}, {{Product: "linux", Service: "auditd"}},
		{{Category: "registry_set", Product: "windows"}, {Category: "registry_event", Product: "windows"}}, {},
	}
	fields := map[string]any{}
	for range m.IntN(5) {
		fields[madeNames[m.IntN(len(madeNames))]] = m.value(0)
	}
	if m.IntN(4) == 0 {
		fields["A"] = map[string]any{"b": m.value(1)}
	}
	late := time.Duration(0)
	if m.IntN(20) == 0 {
		late = time.Hour
	}
	return hunt.Record{Host: []string{"OPS02", "DC01", "BILL01"}[m.IntN(3)], Event: event.Event{
		ID: fmt.Sprintf("x-%d", i), Time: start.Add(time.Duration(i)*time.Minute - late), Sources: sources[m.IntN(len(sources))], Fields: fields,
	}}
}

func (m made) pattern(from string) string {
	if len(from) > 1 && m.IntN(2) == 0 { // a part of what some event has
		a, b := m.IntN(len(from)), m.IntN(len(from))
		from = strings.ToValidUTF8(from[min(a, b):max(a, b)+1], "")
	}
	quoted := `"` + strings.ReplaceAll(from, `"`, `""`) + `"`
	star := func() string { return []string{"", "*"}[m.IntN(2)] }
	if m.IntN(6) == 0 {
		return star() + quoted + "*" + quoted + star()
	}
	return star() + quoted + star()
}

func (m made) query(depth int) string {
	names := append([]string{`"host"`, "image", "A.B", "A.c.d", "nothing"}, madeNames[:6]...)
	switch m.IntN(11) {
	case 0, 1, 2:
		return names[m.IntN(len(names))] + ":" + m.pattern(m.text())
	case 3, 4:
		if text := m.text(); len(query.Fold(text)) >= query.MinText {
			return m.pattern(text)
		}
		return "source:*windows*"
	case 5:
		return "host:" + []string{"ops02", "*1", "d*"}[m.IntN(3)]
	case 6:
		return []string{"after:", "before:"}[m.IntN(2)] + start.Add(time.Duration(m.IntN(400))*time.Minute).Format(time.RFC3339)
	case 7:
		return names[m.IntN(len(names))] + ":*"
	}
	if depth == 0 {
		return "source:" + []string{"auditd", "registry_*", "windows"}[m.IntN(3)]
	}
	a, b := m.query(depth-1), m.query(depth-1)
	return []string{"(" + a + " or " + b + ")", a + " " + b, "not (" + a + ")", "-" + a, a + " or " + b}[m.IntN(5)]
}

func TestSearchFindsWhatANaiveScanFinds(t *testing.T) {
	t.Parallel()
	asked, some := 0, 0
	for seed := range uint64(6) {
		m := made{rand.New(rand.NewPCG(seed, 1))}
		s := hunt.New(hunt.Options{Key: []byte("key")})
		var all naive
		for len(all) < 400 {
			var batch []hunt.Record
			for range 1 + m.IntN(60) {
				batch = append(batch, m.record(len(all)+len(batch)))
			}
			s.Add(batch)
			all = append(all, batch...)
		}
		require.Equal(t, len(all), s.Len())
		for range 250 {
			text := m.query(2)
			q, problems := query.Parse(text)
			if len(problems) > 0 {
				assert.Contains(t, problems[0].Text, "at least 3 letters", text)
				continue
			}
			asked++
			released := m.IntN(len(all) + 2)
			want := all.search(q, released)
			if len(want) > 0 && len(want) < released {
				some++
			}
			facets := []string{"host", "source", "Image", "A.b", "Data", "Image"}
			got, err := s.Search(t.Context(), q, released, hunt.Page{Limit: hunt.MaxPage, Oldest: true, Facets: facets, Values: hunt.MaxValues, Buckets: 7})
			require.NoError(t, err)
			require.Equal(t, len(want), got.Total, "seed %d, %s", seed, text)
			for i, number := range want[:min(len(want), hunt.MaxPage)] {
				origin, ok := s.OriginOf(got.Events[i].ID)
				require.True(t, ok)
				require.Equal(t, all[number].Event.ID, origin.Event, text)
				require.True(t, all[number].Event.Time.Equal(got.Events[i].Time))
			}
			for i, field := range facets {
				wanted := all.facet(want, field)
				assert.Equal(t, len(wanted), got.Facets[i].Distinct)
				assert.Equal(t, wanted[:min(len(wanted), hunt.MaxValues)], got.Facets[i].Values, "%s of %s", field, text)
			}
			buckets, err := s.Timeline(t.Context(), q, released, 7)
			require.NoError(t, err)
			assert.Equal(t, buckets, got.Timeline)
			total := 0
			for _, bucket := range buckets {
				total += bucket.Total
				inside := naive(nil)
				for _, number := range want {
					if at := all[number].Event.Time; !at.Before(bucket.From) && at.Before(bucket.To) {
						inside = append(inside, all[number])
					}
				}
				assert.Len(t, inside, bucket.Total)
			}
			assert.Equal(t, len(want), total)
		}
	}
	assert.Greater(t, asked, 1000)
	assert.Greater(t, some, asked/4, "most queries should find some events and not all")
}

// TestWhatIsShownIsWhatWasAdded compares views with the events they are of, also after
// parts of the store were put together.
func TestWhatIsShownIsWhatWasAdded(t *testing.T) {
	t.Parallel()
	m := made{rand.New(rand.NewPCG(7, 7))}
	s := hunt.New(hunt.Options{})
	var all naive
	for i := range 300 {
		all = append(all, m.record(i))
		s.Add(all[i:])
	}
	result, err := s.Search(t.Context(), query.Query{}, len(all), hunt.Page{Limit: 400, Oldest: true})
	require.NoError(t, err)
	require.Len(t, result.Events, len(all))
	for i, view := range result.Events {
		want := flat("", all[i].Event.Fields)
		assert.Len(t, view.Fields, len(want))
		for _, field := range view.Fields {
			assert.Equal(t, len(want[field.Name]), len(field.Values), field.Name)
		}
		assert.Equal(t, all[i].Event.Describe(), view.Summary)
		assert.Equal(t, all[i].Host, view.Host)
		assert.ElementsMatch(t, all[i].Event.Sources, view.Sources)
	}
}

func TestPagesFollowOneAnother(t *testing.T) {
	t.Parallel()
	m := made{rand.New(rand.NewPCG(3, 3))}
	s := hunt.New(hunt.Options{})
	for i := range 200 {
		s.Add([]hunt.Record{m.record(i)})
	}
	for _, oldest := range []bool{true, false} {
		whole, err := s.Search(t.Context(), query.Query{}, 150, hunt.Page{Limit: 200, Oldest: oldest})
		require.NoError(t, err)
		require.Len(t, whole.Events, 150)
		var paged []hunt.View
		for offset := 0; offset < 160; offset += 7 {
			result, err := s.Search(t.Context(), query.Query{}, 150, hunt.Page{Offset: offset, Limit: 7, Oldest: oldest})
			require.NoError(t, err)
			paged = append(paged, result.Events...)
		}
		assert.Equal(t, whole.Events, paged)
	}
	none, err := s.Search(t.Context(), query.Query{}, -1, hunt.Page{Offset: -3, Limit: -1})
	require.NoError(t, err)
	assert.Empty(t, none.Events)
}

// TestManyAreCountedAsFewAre compares with a naive count where most of a part is found.
func TestManyAreCountedAsFewAre(t *testing.T) {
	t.Parallel()
	m := made{rand.New(rand.NewPCG(9, 9))}
	s := hunt.New(hunt.Options{})
	var all naive
	for i := range 4000 {
		all = append(all, m.record(i))
	}
	s.Add(all)
	facets := []string{"host", "source", "Image", "A.b", "Data", "Time"}
	for _, text := range []string{"", "not host:ops02", "Image:* or Data:*", "source:windows", "cmd or whoami", "host:bill01 Image:*"} {
		q, problems := query.Parse(text)
		require.Empty(t, problems)
		found := all.search(q, 3900)
		got, err := s.Search(t.Context(), q, 3900, hunt.Page{Facets: facets, Values: hunt.MaxValues, Buckets: 9})
		require.NoError(t, err)
		assert.Equal(t, len(found), got.Total)
		for i, field := range facets {
			want := all.facet(found, field)
			assert.Equal(t, len(want), got.Facets[i].Distinct)
			assert.Equal(t, want[:min(len(want), hunt.MaxValues)], got.Facets[i].Values, "%s of %s", field, text)
		}
		total := 0
		for _, bucket := range got.Timeline {
			of := 0
			for _, host := range bucket.Hosts {
				of += host.Count
			}
			assert.Equal(t, bucket.Total, of)
			total += bucket.Total
		}
		assert.Equal(t, got.Total, total)
	}
}
