package sigma

import (
	"regexp/syntax"
	"slices"
	"strings"

	"github.com/ringer-lab/ringer/emulation/sigma/internal/rulevalue"
	"github.com/ringer-lab/ringer/emulation/sigma/internal/textline"
	"github.com/ringer-lab/ringer/emulation/sigma/internal/wildcard"
	"github.com/ringer-lab/ringer/emulation/sigma/internal/yamldoc"
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

// item makes the mutants within one line.
func (m *mutator) item(it *item, put func(*item) *detection) {
	m.values(it, put)
	for _, mods := range it.loosened() {
		if altered, ok := it.with(mods, it.raw); ok {
			m.addMutant(put(altered), mutation{operator: ModifierLoosened, line: it.at.Line, before: it.line(), after: altered.String()})
		}
	}
	for _, cut := range []func(string) (string, bool){withoutStartAnchor, withoutEndAnchor} {
		if altered, ok := it.unanchored(cut); ok {
			m.addMutant(put(altered), mutation{operator: ModifierLoosened, line: it.at.Line, before: it.line(), after: altered.line()})
		}
	}
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

// with is the item with other modifiers or values, read anew; ok is false where
// they do not go together.
func (it *item) with(mods []string, raw []*yamldoc.Node) (*item, bool) {
	out := &item{
		field: it.field, mods: mods, at: it.at, raw: raw,
		all: slices.Contains(mods, rulevalue.ModAll), neq: slices.Contains(mods, rulevalue.ModNeq), expand: slices.Contains(mods, "expand"),
	}
	for _, n := range raw {
		v, err := rulevalue.Modify(n, mods, nil)
		if err != nil {
			return nil, false
		}
		out.values = append(out.values, v)
	}
	return out, true
}

// loosened lists the modifiers that ask for less than the item's own.
func (it *item) loosened() [][]string {
	var out [][]string
	replaced := func(old string, new ...string) {
		if at := slices.Index(it.mods, old); at >= 0 {
			out = append(out, slices.Replace(slices.Clone(it.mods), at, at+1, new...))
		}
	}
	replaced("startswith", "contains")
	replaced("endswith", "contains")
	replaced("cased")
	replaced("gt", "gte")
	replaced("lt", "lte")
	if len(it.raw) > 1 {
		replaced(rulevalue.ModAll)
	}
	if it.exact() {
		out = append(out, append(slices.Clone(it.mods), "contains"))
	}
	if it.caseSensitive() {
		replaced("re", "re", "i")
	}
	return out
}

// exact says that the item asks for whole texts: no number, of which another is
// no neighbour, and none with wildcards, which are widened one by one.
func (it *item) exact() bool {
	if it.field == "" || it.affixed() {
		return false
	}
	return !slices.ContainsFunc(it.values, func(v rulevalue.Value) bool {
		return v.Kind != rulevalue.Text || slices.ContainsFunc(v.Alts, func(p wildcard.Pattern) bool { return len(p) == 0 || p.HasWildcard() })
	})
}

// caseSensitive says that the item is of regular expressions that tell letters by
// their case.
func (it *item) caseSensitive() bool {
	return slices.Contains(it.mods, "re") && !slices.ContainsFunc(it.values, func(v rulevalue.Value) bool {
		return v.Kind != rulevalue.Regex || strings.Contains(v.Flags, "i") || strings.HasPrefix(v.Source, "(?i") || !hasLetter(v.Source)
	})
}

// hasLetter says that an expression asks for some letter, not only for classes
// of them: "(?i)" makes a difference to no other.
func hasLetter(source string) bool {
	plain, err := syntax.Parse(source, syntax.Perl)
	folding, errFolding := syntax.Parse(source, syntax.Perl|syntax.FoldCase)
	return err != nil || errFolding != nil || plain.String() != folding.String()
}

// unanchored is the item with something cut off its regular expressions; ok is
// false where none has it.
func (it *item) unanchored(cut func(string) (string, bool)) (out *item, ok bool) {
	if !slices.Contains(it.mods, "re") {
		return nil, false
	}
	raw := slices.Clone(it.raw)
	for i, n := range it.raw {
		if text, had := cut(n.Text); had {
			altered := *n
			altered.Text = text
			raw[i], ok = &altered, true
		}
	}
	if !ok {
		return nil, false
	}
	return it.with(it.mods, raw)
}

func withoutStartAnchor(text string) (string, bool) {
	rest, had := strings.CutPrefix(text, "^")
	return rest, had && rest != ""
}

func withoutEndAnchor(text string) (string, bool) {
	rest, had := strings.CutSuffix(text, "$")
	slashes := len(rest) - len(strings.TrimRight(rest, `\`))
	return rest, had && rest != "" && slashes%2 == 0
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
