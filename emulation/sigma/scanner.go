package sigma

import (
	"slices"
	"strings"
)

// scanner finds all needles of a field in a text.
type scanner struct {
	least        int    // the length of the shortest needle; folding makes no text longer
	mark         byte   // a byte that every text with a needle holds, or 0
	empty        []find // those of the empty text
	starts, ends *anchors
	pairs        *pairs
	grams        *grams
	beyond       *grams // those not of ASCII alone, which few texts can hold
}

// shortLit is the length from which literals are found by grams.
const shortLit = 6

func newScanner(finds []find) *scanner {
	s := &scanner{least: 1 << 30}
	var starts, ends, short, long, beyond []find
	for _, f := range finds {
		s.least = min(s.least, len(f.lit))
		switch {
		case f.lit == "":
			s.empty = append(s.empty, f)
		case f.place == atStart:
			starts = append(starts, f)
		case f.place != anywhere:
			ends = append(ends, f)
		case !ascii(f.lit) && len(f.lit) >= gramSize:
			beyond = append(beyond, f)
		case len(f.lit) >= shortLit:
			long = append(long, f)
		default:
			short = append(short, f)
			if len(f.lit) < pairSize {
				starts = append(starts, f)
			}
		}
	}
	s.mark = markOf(finds)
	s.starts, s.ends = newAnchors(starts, false), newAnchors(ends, true)
	s.pairs, s.grams, s.beyond = newPairs(short, finds), newGrams(long), newGrams(beyond)
	return s
}

// scan reports the predicates of all needles in the text of index i.
func (s *scanner) scan(i int32, x *scratch) {
	t := text{x.texts[i], true}
	if len(t.s) < s.least {
		return
	}
	if !ascii(t.s) {
		t = text{x.low(i), false}
		if s.beyond != nil {
			s.beyond.scan(t, x)
		}
	}
	if t.s == "" {
		for i := range s.empty {
			x.found(s.empty[i].pred, s.empty[i].sure)
		}
		return
	}
	if s.starts != nil {
		s.starts.scan(t, x)
	}
	if s.ends != nil {
		s.ends.scan(t, x)
	}
	if s.pairs != nil {
		s.pairs.scan(t, x)
	}
	if s.grams != nil {
		s.grams.scan(t, x)
	}
}

// markOf is a byte of every needle that folding leaves alone and brings about
// nowhere, the rarest there is; 0 if they have none in common.
func markOf(finds []find) (mark byte) {
	rarity := func(c byte) int { return strings.Count(strings.Join(commonTexts, ""), string(c)) }
	for i := range len(finds[0].lit) {
		c := finds[0].lit[i]
		if !caseless(c) || slices.ContainsFunc(finds, func(f find) bool { return strings.IndexByte(f.lit, c) < 0 }) {
			continue
		}
		if mark == 0 || rarity(c) < rarity(mark) {
			mark = c
		}
	}
	return mark
}

// passes says that a number or truth value can hold no needle.
func (s *scanner) passes(v any) bool {
	switch v.(type) {
	case bool, int, int8, int16, int32, int64, uint, uint8, uint16, uint32, uint64, float32, float64:
		return s.mark != 0 && strings.IndexByte("+-.0123456789", s.mark) < 0
	}
	return false
}
