package sigma

import (
	"strings"
)

// scanner finds all needles of a field in a text.
type scanner struct {
	least        int    // the length of the shortest needle; folding makes no text longer
	mark         byte   // of keywords: a byte that every text with a needle holds, or 0
	empty        []find // those of the empty text
	starts, ends *anchors
	pairs        *pairs
	grams        *grams
	beyond       *grams // those not of ASCII alone, which few texts can hold
}

func newScanner(finds []find) *scanner {
	s := &scanner{least: 1 << 30}
	var starts, ends, inside, beyond []find
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
		default:
			inside = append(inside, f)
			if len(f.lit) < pairSize {
				starts = append(starts, f)
			}
		}
	}
	s.starts, s.ends = newAnchors(starts, false), newAnchors(ends, true)
	short, long := divide(inside)
	s.pairs, s.grams, s.beyond = newPairs(short, finds), newGrams(long), newGrams(beyond)
	return s
}

// Grams are the further apart the longer the shortest literal is, and pairs are
// met everywhere if there are many of them: so the short literals are left to
// pairs as long as they are few.
const (
	longLit = 7
	fewLits = 64
)

func divide(finds []find) (short, long []find) {
	for least := longLit; least >= gramSize; least-- {
		short, long = nil, nil
		for _, f := range finds {
			if len(f.lit) < least {
				short = append(short, f)
			} else {
				long = append(long, f)
			}
		}
		if len(short) <= fewLits {
			break
		}
	}
	return short, long
}

// scan reports the predicates of all needles in the text of index i.
func (s *scanner) scan(i int32, x *scratch) {
	t := text{x.texts[i], true}
	if len(t.s) < s.least || s.mark != 0 && strings.IndexByte(t.s, s.mark) < 0 {
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
