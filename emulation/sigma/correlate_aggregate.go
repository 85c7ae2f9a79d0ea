package sigma

import (
	"math"
	"slices"
)

// aggregate keeps the figures of a window while entries come and go.
type aggregate struct {
	correlation *compiledCorrelation
	count       int
	perRule     []int
	rules       int // with at least one entry
	distinct    map[string]int
	sum         float64
	numbers     int
	inexact     bool // fractions were seen: adding and taking away would drift
	sorted      []float64
}

func (t *aggregate) add(e *entry) {
	t.count++
	if t.perRule == nil {
		t.perRule = make([]int, len(t.correlation.rules))
	}
	for _, r := range e.ruleIndexes {
		if t.perRule[r]++; t.perRule[r] == 1 {
			t.rules++
		}
	}
	for _, v := range e.tuple {
		if t.distinct == nil {
			t.distinct = map[string]int{}
		}
		t.distinct[v]++
	}
	for _, n := range e.number {
		t.sum += n
		t.numbers++
		t.inexact = t.inexact || n != math.Trunc(n) || math.Abs(n) > 1<<52
		if t.correlation.kind == valuePercentile || t.correlation.kind == valueMedian {
			at, _ := slices.BinarySearch(t.sorted, n)
			t.sorted = slices.Insert(t.sorted, at, n)
		}
	}
}

func (t *aggregate) remove(e *entry) {
	t.count--
	for _, r := range e.ruleIndexes {
		if t.perRule[r]--; t.perRule[r] == 0 {
			t.rules--
		}
	}
	for _, v := range e.tuple {
		if t.distinct[v]--; t.distinct[v] == 0 {
			delete(t.distinct, v)
		}
	}
	for _, n := range e.number {
		t.sum -= n
		t.numbers--
		if t.correlation.kind == valuePercentile || t.correlation.kind == valueMedian {
			if at, ok := slices.BinarySearch(t.sorted, n); ok {
				t.sorted = slices.Delete(t.sorted, at, at+1)
			}
		}
	}
}

// holds judges the condition over the entries the tally was made of.
func (t *aggregate) holds(entries []entry) bool {
	c := t.correlation
	if len(entries) == 0 {
		return false
	}
	if c.extended != nil {
		return t.extendedHolds(entries)
	}
	figure, ok := t.value(entries)
	if !ok {
		return false
	}
	for _, b := range c.bounds {
		if !b.op.Holds(figure, b.number) {
			return false
		}
	}
	return true
}

func (t *aggregate) value(entries []entry) (float64, bool) {
	switch t.correlation.kind {
	case valueCount:
		return float64(len(t.distinct)), true
	case temporal:
		return float64(t.rules), true
	case temporalOrdered:
		return float64(longestChain(entries, len(t.correlation.rules))), true
	case valueSum:
		return t.sumOf(entries), t.numbers > 0
	case valueAvg:
		return t.sumOf(entries) / float64(t.numbers), t.numbers > 0
	case valueMedian:
		return median(t.sorted), t.numbers > 0
	case valuePercentile:
		return percentile(t.sorted, t.correlation.percentile), t.numbers > 0
	default:
		return float64(t.count), true
	}
}

func (t *aggregate) sumOf(entries []entry) float64 {
	if !t.inexact {
		return t.sum
	}
	sum := 0.0
	for i := range entries {
		for _, n := range entries[i].number {
			sum += n
		}
	}
	return sum
}

// percentile takes the nearest rank.
func percentile(sorted []float64, p float64) float64 {
	if len(sorted) == 0 {
		return 0
	}
	rank := int(math.Ceil(p / 100 * float64(len(sorted))))
	return sorted[min(max(rank, 1), len(sorted))-1]
}

func median(sorted []float64) float64 {
	n := len(sorted)
	if n == 0 {
		return 0
	}
	if n%2 == 1 {
		return sorted[n/2]
	}
	return (sorted[n/2-1] + sorted[n/2]) / 2
}

// longestChain is the most rules that occur in the listed order, each in an
// event of its own; others may lie between. [Correlation: Ordered Temporal
// Proximity]
func longestChain(entries []entry, rules int) int {
	best := make([]int, rules) // longest chain that ends with a rule
	longest := 0
	for i := range entries {
		which := slices.Clone(entries[i].ruleIndexes)
		slices.Sort(which)
		slices.Reverse(which) // so that one event is not taken twice
		for _, r := range which {
			before := 0
			for _, n := range best[:r] {
				before = max(before, n)
			}
			best[r] = max(best[r], before+1)
			longest = max(longest, best[r])
		}
	}
	return longest
}

// extendedHolds judges a condition over rule names: which of them occurred, or, in
// order, which can be chained.
func (t *aggregate) extendedHolds(entries []entry) bool {
	c := t.correlation
	seen := func(name string) bool {
		i := slices.Index(c.rules, name)
		return i >= 0 && t.perRule[i] > 0
	}
	if c.kind == temporal {
		return c.extended.Holds(seen, seen)
	}
	for chain := range chains(entries) {
		in := func(name string) bool {
			i := slices.Index(c.rules, name)
			return i >= 0 && chain&(1<<i) != 0
		}
		if c.extended.Holds(in, seen) {
			return true
		}
	}
	return false
}

// chains lists the sets of rules that occur in the listed order.
func chains(entries []entry) map[uint32]bool {
	out := map[uint32]bool{0: true}
	for i := range entries {
		var longer []uint32
		for chain := range out {
			for _, r := range entries[i].ruleIndexes {
				if chain>>r == 0 {
					longer = append(longer, chain|1<<r)
				}
			}
		}
		for _, chain := range longer {
			out[chain] = true
		}
	}
	return out
}
