package sigma

import "slices"

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
