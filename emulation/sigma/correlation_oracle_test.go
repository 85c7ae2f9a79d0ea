package sigma

import (
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/ringer-lab/ringer/emulation/sigma/logevent"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// seen is an event as the oracle of correlations keeps it.
type seen struct {
	at    int // seconds
	order int
	rule  int
	value int
}

// oracleFires says, from the definition and without any cleverness, whether
// some window of the events that have arrived holds what the kind asks for.
func oracleFires(kind correlationType, events []seen, span, want, rules int) bool {
	sorted := slices.Clone(events)
	slices.SortStableFunc(sorted, func(a, b seen) int { return a.at - b.at })
	for last := range sorted {
		var window []seen
		for _, e := range sorted[:last+1] {
			if e.at >= sorted[last].at-span {
				window = append(window, e)
			}
		}
		if oracleFigure(kind, window, rules) >= want {
			return true
		}
	}
	return false
}

func oracleFigure(kind correlationType, window []seen, rules int) int {
	distinct := map[int]bool{}
	switch kind {
	case valueCount:
		for _, e := range window {
			distinct[e.value] = true
		}
		return len(distinct)
	case temporal:
		for _, e := range window {
			distinct[e.rule] = true
		}
		return len(distinct)
	case temporalOrdered:
		return longest(window, 0, rules)
	}
	return len(window)
}

// longest is the most rules, from rule on, that the window has in order.
func longest(window []seen, rule, rules int) int {
	if rule == rules {
		return 0
	}
	best := longest(window, rule+1, rules)
	for i, e := range window {
		if e.rule == rule {
			best = max(best, 1+longest(window[i+1:], rule+1, rules))
		}
	}
	return best
}

// Sessions agree with the oracle on random events in random order, group by
// group, after every single event.
func TestCorrelationsAgreeWithTheOracle(t *testing.T) {
	t.Parallel()
	const rules, span = 3, 10
	random := rand.New(rand.NewPCG(1, 2))
	for round := range 1500 {
		kind := []correlationType{eventCount, valueCount, temporal, temporalOrdered}[round%4]
		want := 2 + random.IntN(3)
		if kind.temporal() {
			want = 2 + random.IntN(2)
		}
		set := oracleSet(t, kind, span, fmt.Sprintf("{gte: %d}", want), rules)
		session := set.NewSession()
		groups := map[string][]seen{}
		fired := map[string]bool{}
		var story []string
		for i := range 25 {
			e := seen{at: random.IntN(60), order: i, rule: random.IntN(rules), value: random.IntN(4)}
			group := fmt.Sprint(random.IntN(2))
			groups[group] = append(groups[group], e)
			story = append(story, fmt.Sprintf("%d: group %s rule %d value %d", e.at, group, e.rule, e.value))
			for _, a := range session.Feed(&logevent.Event{
				Time:   time.Date(2025, 1, 1, 0, 0, e.at, 0, time.UTC),
				Fields: map[string]any{"R": e.rule, "V": e.value, "G": group},
			}) {
				fired[a.Group["G"]] = true
			}
			for g, events := range groups {
				require.Equal(t, oracleFires(kind, events, span, want, rules), fired[g], "round %d, %s of %d, group %s\n%s", round, kind, want, g, strings.Join(story, "\n"))
			}
		}
		require.Zero(t, session.Stats())
	}
}

// judgedAtEnd is a condition that further events can make true or false.
type judgedAtEnd struct {
	kind      correlationType
	condition string
	holds     func(window []seen) bool
}

// randomJudgedAtEnd asks for figures that events with values from -2 to 3 have.
func randomJudgedAtEnd(random *rand.Rand) judgedAtEnd {
	least := 1 + random.IntN(3)
	most := least + random.IntN(2)
	kinds := map[correlationType]func([]seen) float64{
		eventCount: func(w []seen) float64 { return float64(len(w)) },
		valueCount: func(w []seen) float64 { return float64(oracleFigure(valueCount, w, 1)) },
		valueSum:   sumOf,
		valueAvg:   func(w []seen) float64 { return sumOf(w) / float64(len(w)) },
		valueMedian: func(w []seen) float64 {
			v := sortedValues(w)
			return float64(v[(len(v)-1)/2]+v[len(v)/2]) / 2
		},
		valuePercentile: func(w []seen) float64 { // the 50th, by nearest rank
			v := sortedValues(w)
			return float64(v[(len(v)+1)/2-1])
		},
	}
	kind := slices.Sorted(maps.Keys(kinds))[random.IntN(len(kinds))]
	figure := kinds[kind]
	conditions := []judgedAtEnd{
		{kind, fmt.Sprintf("{gte: %d, lte: %d}", least, most), func(w []seen) bool { return figure(w) >= float64(least) && figure(w) <= float64(most) }},
		{kind, fmt.Sprintf("{eq: %d}", least), func(w []seen) bool { return figure(w) == float64(least) }},
		{kind, fmt.Sprintf("{neq: %d}", least), func(w []seen) bool { return figure(w) != float64(least) }},
		{kind, fmt.Sprintf("{lt: %d}", least), func(w []seen) bool { return figure(w) < float64(least) }},
	}
	if kind.readsField() && kind != valueCount {
		conditions = append(conditions, judgedAtEnd{kind, fmt.Sprintf("{gt: %d}", least), func(w []seen) bool { return figure(w) > float64(least) }})
	}
	return conditions[random.IntN(len(conditions))]
}

func sumOf(window []seen) float64 {
	sum := 0
	for _, e := range window {
		sum += e.value
	}
	return float64(sum)
}

func sortedValues(window []seen) []int {
	var values []int
	for _, e := range window {
		values = append(values, e.value)
	}
	slices.Sort(values)
	return values
}

// firesAtEnd says whether the condition holds of some window that opens with an event
// and that no other holds all of.
func (j judgedAtEnd) firesAtEnd(events []seen, span int) bool {
	sorted := slices.Clone(events)
	slices.SortStableFunc(sorted, func(a, b seen) int { return a.at - b.at })
	reached := 0
	for first := range sorted {
		end := first
		for end < len(sorted) && sorted[end].at <= sorted[first].at+span {
			end++
		}
		if end > reached && j.holds(sorted[first:end]) {
			return true
		}
		reached = end
	}
	return false
}

// So do those that can only be judged when a window is over, while no event is later
// than a window waits; and none fires before.
func TestWhatIsJudgedAtTheEndAgreesWithTheOracle(t *testing.T) {
	t.Parallel()
	const span = 10
	random := rand.New(rand.NewPCG(3, 4))
	for round := range 3000 {
		asked := randomJudgedAtEnd(random)
		session := oracleSet(t, asked.kind, span, asked.condition, 1).NewSession()
		groups := map[string][]seen{}
		fired := map[string]bool{}
		var story []string
		newest := 0
		take := func(alerts []Alert) {
			for _, a := range alerts {
				fired[a.Group["G"]] = true
				require.False(t, a.Time.After(time.Date(2025, 1, 1, 0, 0, newest, 0, time.UTC)), "round %d, %s fired before its window was over\n%s", round, asked.condition, strings.Join(story, "\n"))
			}
		}
		now := span
		for i := range 25 {
			now += random.IntN(6)
			e := seen{at: now - random.IntN(span+1), order: i, value: random.IntN(6) - 2}
			newest = max(newest, e.at)
			group := fmt.Sprint(random.IntN(2))
			groups[group] = append(groups[group], e)
			story = append(story, fmt.Sprintf("%d: group %s value %d", e.at, group, e.value))
			take(session.Feed(&logevent.Event{Time: time.Date(2025, 1, 1, 0, 0, e.at, 0, time.UTC), Fields: map[string]any{"R": 0, "V": e.value, "G": group}}))
		}
		newest = math.MaxInt32 // the input's end is the end of all windows
		take(session.Close())
		for g, events := range groups {
			require.Equal(t, asked.firesAtEnd(events, span), fired[g], "round %d, %s %s, group %s\n%s", round, asked.kind, asked.condition, g, strings.Join(story, "\n"))
		}
		require.Zero(t, session.Stats())
	}
}

// A number and a range of that number alone give the same alerts at the same events.
func TestEqualIsARangeOfOneNumber(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(5, 6))
	kinds := slices.DeleteFunc(slices.Clone(correlationTypes), correlationType.temporal)
	for range 500 {
		kind := kinds[random.IntN(len(kinds))]
		n := random.IntN(4)
		equal := oracleSet(t, kind, 10, fmt.Sprintf("{eq: %d}", n), 1).NewSession()
		between := oracleSet(t, kind, 10, fmt.Sprintf("{gte: %d, lte: %d}", n, n), 1).NewSession()
		now := 0
		told := func(alerts []Alert) (all []string) {
			for _, a := range alerts {
				all = append(all, fmt.Sprint(a.Index, a.Events, a.Group, a.Time))
			}
			return all
		}
		for range 20 {
			now += random.IntN(8)
			e := &logevent.Event{Time: time.Date(2025, 1, 1, 0, 0, now, 0, time.UTC), Fields: map[string]any{"R": 0, "V": random.IntN(6) - 2, "G": "g"}}
			require.Equal(t, told(between.Feed(e)), told(equal.Feed(e)))
		}
		require.Equal(t, told(between.Close()), told(equal.Close()))
	}
}

// What is written to be counted raises no alert, also where the correlation is refused.
func TestBuildingBlocksOfARefusedCorrelationAreSilent(t *testing.T) {
	t.Parallel()
	block := func(name string) string {
		return fmt.Sprintf("title: %[1]s\nname: %[1]s\nlogsource:\n    product: x\ndetection:\n    sel:\n        A: 1\n    condition: sel\n---\n", name)
	}
	correlation := func(rest string) string {
		return "title: c\ncorrelation:\n    type: event_count\n    group-by: [G]\n    condition: {gte: 2}\n" + rest
	}
	for name, c := range map[string]struct {
		correlation string
		alerts      int
	}{
		"a reference leads nowhere":        {correlation("    rules: [a, nobody]\n    timespan: 1m\n"), 0},
		"it cannot be read":                {correlation("    rules: [a]\n    timespan: soon\n"), 0},
		"what cannot be read generates":    {correlation("    rules: [a]\n    timespan: soon\n    generate: true\n"), 1},
		"it generates":                     {correlation("    rules: [a, nobody]\n    timespan: 1m\n    generate: true\n"), 1},
		"another that counts it generates": {correlation("    rules: [a, nobody]\n    timespan: 1m\n") + "---\n" + correlation("    rules: [a]\n    timespan: 1m\n    generate: true\n"), 1},
		"it counts another":                {correlation("    rules: [b, nobody]\n    timespan: 1m\n"), 1},
	} {
		rules, problems := Parse("refused.yml", []byte(block("a")+c.correlation))
		set, more := Compile(rules)
		require.Positive(t, Errors(append(problems, more...)), name)
		assert.Len(t, set.NewSession().Feed(&logevent.Event{Fields: map[string]any{"A": 1}}), c.alerts, name)
	}
}

func oracleSet(t *testing.T, kind correlationType, span int, condition string, rules int) *Set {
	var b strings.Builder
	names := make([]string, rules)
	for i := range rules {
		names[i] = fmt.Sprintf("r%d", i)
		fmt.Fprintf(&b, "title: %[1]s\nname: %[1]s\nlogsource:\n    product: x\ndetection:\n    sel:\n        R: %[2]d\n    condition: sel\n---\n", names[i], i)
	}
	field := ""
	if kind.readsField() {
		field = ", field: V"
	}
	fmt.Fprintf(&b, "title: c\ncorrelation:\n    type: %s\n    rules: [%s]\n    group-by: [G]\n    timespan: %ds\n    condition: %s\n",
		kind, strings.Join(names, ", "), span, strings.Replace(condition, "}", field+"}", 1))
	parsed, problems := Parse("oracle.yml", []byte(b.String()))
	require.Empty(t, problems)
	set, problems := Compile(parsed)
	require.Empty(t, problems)
	return set
}
