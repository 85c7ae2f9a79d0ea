package sigma

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/ringer-lab/ringer/emulation/sigma/logevent"
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
	case valueSum:
		sum := 0
		for _, e := range window {
			sum += e.value
		}
		return sum
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
		kind := []correlationType{eventCount, valueCount, temporal, temporalOrdered, valueSum}[round%5]
		want := 2 + random.IntN(3)
		if kind.temporal() {
			want = 2 + random.IntN(2)
		}
		set := oracleSet(t, kind, span, fmt.Sprintf("gte: %d", want), rules)
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

// oracleFiresAtEnd says whether some window that opens with an event, and that no
// other holds all of, has a number of events in the range.
func oracleFiresAtEnd(events []seen, span, least, most int) bool {
	sorted := slices.Clone(events)
	slices.SortStableFunc(sorted, func(a, b seen) int { return a.at - b.at })
	reached := 0
	for first := range sorted {
		end := first
		for end < len(sorted) && sorted[end].at <= sorted[first].at+span {
			end++
		}
		if n := end - first; end > reached && n >= least && n <= most {
			return true
		}
		reached = end
	}
	return false
}

// So do ranges, which can only be judged when a window is over, while no event is
// later than a window waits.
func TestRangesAgreeWithTheOracle(t *testing.T) {
	t.Parallel()
	const span = 10
	random := rand.New(rand.NewPCG(3, 4))
	for round := range 1500 {
		least := 1 + random.IntN(3)
		most := least + random.IntN(2)
		session := oracleSet(t, eventCount, span, fmt.Sprintf("gte: %d\n        lte: %d", least, most), 1).NewSession()
		groups := map[string][]seen{}
		fired := map[string]bool{}
		var story []string
		take := func(alerts []Alert) {
			for _, a := range alerts {
				fired[a.Group["G"]] = true
			}
		}
		now := span
		for i := range 25 {
			now += random.IntN(6)
			e := seen{at: now - random.IntN(span+1), order: i}
			group := fmt.Sprint(random.IntN(2))
			groups[group] = append(groups[group], e)
			story = append(story, fmt.Sprintf("%d: group %s", e.at, group))
			take(session.Feed(&logevent.Event{Time: time.Date(2025, 1, 1, 0, 0, e.at, 0, time.UTC), Fields: map[string]any{"R": 0, "G": group}}))
		}
		take(session.Close())
		for g, events := range groups {
			require.Equal(t, oracleFiresAtEnd(events, span, least, most), fired[g], "round %d, %d to %d, group %s\n%s", round, least, most, g, strings.Join(story, "\n"))
		}
		require.Zero(t, session.Stats())
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
		field = "        field: V\n"
	}
	fmt.Fprintf(&b, "title: c\ncorrelation:\n    type: %s\n    rules: [%s]\n    group-by: [G]\n    timespan: %ds\n    condition:\n        %s\n%s",
		kind, strings.Join(names, ", "), span, condition, field)
	parsed, problems := Parse("oracle.yml", []byte(b.String()))
	require.Empty(t, problems)
	set, problems := Compile(parsed)
	require.Empty(t, problems)
	return set
}
