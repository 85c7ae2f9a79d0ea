package tune

import (
	"cmp"
	"slices"
	"strings"
)

// fields are an event's, as a rule reads them.
type fields map[string]any

// candidates are the values that cover some of the alarms and that no attack has, those
// that a filter rests on best first. sought are the values that the rule looks for, by
// field.
func candidates(alarms, attacks []fields, sought map[string][]string) []candidate {
	shared := map[string][]string{} // by field, each value once
	seen := map[[2]string]bool{}
	for _, event := range attacks {
		for field, value := range event {
			if text, ok := value.(string); ok && !seen[[2]string{field, strings.ToLower(text)}] {
				seen[[2]string{field, strings.ToLower(text)}] = true
				shared[field] = append(shared[field], text)
			}
		}
	}
	var all []candidate
	known := map[[3]string]bool{}
	add := func(c candidate) {
		key := [3]string{c.field, c.modifier, strings.ToLower(c.value)}
		if known[key] || !steady(c.field, c.value) {
			return
		}
		known[key] = true
		if slices.ContainsFunc(shared[c.field], c.matches) {
			return
		}
		c.poor = isSought(c.value, sought[c.field]) || isSought(c.value, sought[""])
		if c.poor && (c.modifier != "" || isProgram(c.field)) {
			return // without it the rule would look for nothing
		}
		c.poor = c.poor || isStarter(c.value)
		c.covers = make([]bool, len(alarms))
		for i, event := range alarms {
			text, ok := event[c.field].(string)
			c.covers[i] = ok && c.matches(text)
		}
		all = append(all, c)
	}
	for _, event := range alarms {
		for field, value := range event {
			text, ok := value.(string)
			if !ok {
				continue
			}
			if partly[field] != "contains" { // a whole command line is rarely typed twice
				add(candidate{field: field, value: text})
			}
			for _, part := range parts(field, text) {
				add(candidate{field: field, modifier: partly[field], value: part})
			}
		}
	}
	slices.SortFunc(all, byPreference)
	return all
}

// isProgram reports whether a field names a program: a rule that looks for one means it in
// whatever folder.
func isProgram(field string) bool {
	return field == "exe" || field == "comm" || strings.HasSuffix(field, "Image")
}

// isSought reports whether a value has one in it that the rule looks for, or the other way
// round.
func isSought(value string, sought []string) bool {
	value = strings.ToLower(value)
	return slices.ContainsFunc(sought, func(own string) bool {
		own = strings.ToLower(strings.Trim(own, `*" `))
		return len(own) > 1 && (strings.Contains(value, own) || strings.Contains(own, value))
	})
}

// mostItems bounds the values of a filter: one with more is a list of what happened, and
// not a reason.
const mostItems = 8

// proposals are filters that cover every alarm, the smallest first: of one field where
// that is possible, and else of several. Those that rest on a
// poor value come last.
func proposals(all []candidate, alarms int) [][]Item {
	rest := slices.DeleteFunc(slices.Clone(all), func(c candidate) bool { return c.poor })
	found := proposalsAmong(rest, alarms)
	known := map[string]bool{}
	for _, items := range found {
		known[keyOf(items)] = true
	}
	for _, items := range proposalsAmong(all, alarms) {
		if !known[keyOf(items)] {
			found = append(found, items)
		}
	}
	return found
}

func proposalsAmong(all []candidate, alarms int) [][]Item {
	type sized struct {
		items        []Item
		values, rank int
	}
	var found []sized
	known := map[string]bool{}
	for _, group := range append([][]candidate{all}, byField(all)...) {
		chosen := cover(group, alarms)
		if chosen == nil {
			continue
		}
		items, rank := itemsOf(chosen), 0
		for _, c := range chosen {
			rank = max(rank, c.rank())
		}
		if key := keyOf(items); !known[key] {
			known[key] = true
			found = append(found, sized{items, len(chosen), rank})
		}
	}
	slices.SortStableFunc(found, func(a, b sized) int { return cmp.Or(a.values-b.values, a.rank-b.rank) })
	var out [][]Item
	for _, f := range found {
		out = append(out, f.items)
	}
	return out
}

// byField groups candidates by their fields and modifiers, in their order.
func byField(all []candidate) [][]candidate {
	var groups [][]candidate
	index := map[string]int{}
	for _, c := range all {
		key := Item{Field: c.field, Modifier: c.modifier}.Key()
		at, known := index[key]
		if !known {
			at = len(groups)
			index[key], groups = at, append(groups, nil)
		}
		groups[at] = append(groups[at], c)
	}
	return groups
}

// cover chooses few candidates that together cover every alarm: again and again the one
// that covers most of those that are left. It returns nil if they cannot.
func cover(among []candidate, alarms int) []candidate {
	left := slices.Repeat([]bool{true}, alarms)
	var chosen []candidate
	for slices.Contains(left, true) {
		best, most := -1, 0
		for i, c := range among {
			n := 0
			for at, covered := range c.covers {
				if covered && left[at] {
					n++
				}
			}
			if n > most {
				best, most = i, n
			}
		}
		if best < 0 || len(chosen) == mostItems {
			return nil
		}
		chosen = append(chosen, among[best])
		for at, covered := range among[best].covers {
			left[at] = left[at] && !covered
		}
	}
	return chosen
}

// itemsOf groups candidates by their fields.
func itemsOf(chosen []candidate) []Item {
	var items []Item
	for _, c := range chosen {
		at := slices.IndexFunc(items, func(i Item) bool { return i.Field == c.field && i.Modifier == c.modifier })
		if at < 0 {
			items, at = append(items, Item{Field: c.field, Modifier: c.modifier}), len(items)
		}
		items[at].Values = append(items[at].Values, c.value)
	}
	return items
}

func keyOf(items []Item) string {
	var key []string
	for _, item := range items {
		key = append(key, item.Key(), strings.Join(item.Values, "\x00"))
	}
	return strings.Join(key, "\x01")
}
