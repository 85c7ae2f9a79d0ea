package sigma

import (
	"slices"

	"github.com/ringer-lab/ringer/emulation/sigma/internal/rulevalue"
	"github.com/ringer-lab/ringer/emulation/sigma/internal/textline"
	"github.com/ringer-lab/ringer/emulation/sigma/internal/wildcard"
)

// selection makes the mutants within a selection; put gives the detection with
// the altered one in its place.
func (m *mutator) selection(s *selection, put func(*selection) *detection) {
	if len(s.maps) > 1 {
		for i, items := range s.maps {
			rest := *s
			rest.maps = slices.Delete(slices.Clone(s.maps), i, i+1)
			m.addMutant(put(&rest), mutation{
				operator: AlternativeDropped, line: items[0].at.Line, before: lines(items), equivalence: func() string { return coveringAlternative(s, i) },
			})
		}
	}
	for i, items := range s.maps {
		putMap := func(altered []*item) *detection {
			out := *s
			out.maps = slices.Clone(s.maps)
			out.maps[i] = altered
			return put(&out)
		}
		for j, it := range items {
			if len(items) > 1 {
				m.addMutant(putMap(slices.Delete(slices.Clone(items), j, j+1)), mutation{
					operator: PredicateDropped, line: it.at.Line, before: it.line(), equivalence: func() string { return impliedByItem(items, j) },
				})
			}
			m.item(it, func(altered *item) *detection {
				out := slices.Clone(items)
				out[j] = altered
				return putMap(out)
			})
		}
	}
}

// impliedByItem names the item beside another that implies it.
func impliedByItem(items []*item, at int) string {
	dropped := newExprBuilder(nil).item(items[at]).flattened()
	for i, it := range items {
		p := prover{steps: impliedSteps}
		if i != at && p.implies(newExprBuilder(nil).item(it).flattened(), dropped) {
			return impliedBy(it)
		}
	}
	return ""
}

// coveringAlternative names the part of a selection that takes whatever another does.
func coveringAlternative(s *selection, at int) string {
	part := func(i int) *expr {
		alone := *s
		alone.maps = s.maps[i : i+1]
		return newExprBuilder(nil).selection(&alone).flattened()
	}
	dropped := part(at)
	for i, items := range s.maps {
		p := prover{steps: impliedSteps}
		if i != at && p.implies(dropped, part(i)) {
			return "covered by " + lines(items)
		}
	}
	return ""
}

// values makes the mutants within a list.
func (m *mutator) values(it *item, put func(*item) *detection) {
	operator := ValueDropped
	if it.field == "" {
		operator = KeywordDropped
	}
	for i, n := range it.raw {
		if len(it.raw) > 1 {
			rest := *it
			rest.raw = slices.Delete(slices.Clone(it.raw), i, i+1)
			rest.values = slices.Delete(slices.Clone(it.values), i, i+1)
			m.addMutant(put(&rest), mutation{
				operator: operator, line: n.Line, before: it.String() + ": " + n.RuleText(), equivalence: func() string { return coveringValue(it, i) },
			})
		}
		for _, widen := range []func(wildcard.Pattern) wildcard.Pattern{openBothEnds, openSingles} {
			if altered, now, ok := it.widened(i, widen); ok {
				m.addMutant(put(altered), mutation{operator: WildcardWidened, line: n.Line, before: it.String() + ": " + n.RuleText(), after: "'" + textline.Printable(now) + "'"})
			}
		}
	}
}

// coveringValue names the value of a list that makes another one needless.
func coveringValue(it *item, at int) string {
	b := newExprBuilder(nil)
	dropped := b.value(it, &it.values[at])
	for i := range it.values {
		other := b.value(it, &it.values[i])
		few, many := dropped, other
		if it.all { // the one that asks for more stays
			few, many = other, dropped
		}
		p := prover{steps: impliedSteps}
		if i != at && p.implies(few, many) {
			return coveredBy(it.raw[i])
		}
	}
	return ""
}

// widened is the item with the wildcards of one value widened, and that value.
func (it *item) widened(at int, widen func(wildcard.Pattern) wildcard.Pattern) (out *item, now string, ok bool) {
	v := it.values[at]
	if v.Kind != rulevalue.Text || it.field == "" || it.expand || len(v.Alts) != 1 || it.affixed() {
		return nil, "", false
	}
	wide := widen(v.Alts[0])
	if wide == nil {
		return nil, "", false
	}
	v.Alts = []wildcard.Pattern{wide}
	altered := *it
	altered.values = slices.Clone(it.values)
	altered.values[at] = v
	return &altered, wide.String(), true
}

// affixed says that a modifier has set the ends of the values.
func (it *item) affixed() bool {
	return slices.ContainsFunc(it.mods, func(m string) bool { return m == "contains" || m == "startswith" || m == "endswith" })
}

// openBothEnds opens the other end of a pattern that is open at one; nil for others.
func openBothEnds(p wildcard.Pattern) wildcard.Pattern {
	if len(p) < 2 || p.StartsOpen() == p.EndsOpen() {
		return nil
	}
	return p.OpenStart().OpenEnd()
}

// openSingles has every "?" stand for any number of characters; nil if there is none.
func openSingles(p wildcard.Pattern) wildcard.Pattern {
	if !p.Has(wildcard.AnyOne) {
		return nil
	}
	var out wildcard.Pattern
	for _, t := range p {
		if t.Kind == wildcard.AnyOne {
			t = wildcard.Token{Kind: wildcard.AnyRun}
		}
		out = out.Append(t)
	}
	return out
}
