package sigma

import (
	"github.com/ringer-lab/ringer/emulation/sigma/internal/fold"
	"strings"
)

// scanner finds all literals of a field in a text.
type scanner struct {
	minLength    int          // the length of the shortest literal; folding makes no text longer
	requiredByte byte         // of keywords: a byte that every text with a literal holds, or 0
	empty        []literalRef // those of the empty text
	starts, ends *anchors
	bigrams      *bigrams
	qgrams       *qgrams
	nonASCII     *qgrams // those not of ASCII alone, which few texts can hold
}

func newScanner(refs []literalRef) *scanner {
	s := &scanner{minLength: 1 << 30}
	var starts, ends, inside, nonASCII []literalRef
	for _, f := range refs {
		s.minLength = min(s.minLength, len(f.text))
		switch {
		case f.text == "":
			s.empty = append(s.empty, f)
		case f.position == atStart:
			starts = append(starts, f)
		case f.position != anywhere:
			ends = append(ends, f)
		case !fold.IsASCII(f.text) && len(f.text) >= qgramSize:
			nonASCII = append(nonASCII, f)
		default:
			inside = append(inside, f)
			if len(f.text) < bigramSize {
				starts = append(starts, f)
			}
		}
	}
	s.starts, s.ends = newAnchors(starts, false), newAnchors(ends, true)
	short, long := splitByLength(inside)
	s.bigrams, s.qgrams, s.nonASCII = newBigrams(short, refs), newQGrams(long), newQGrams(nonASCII)
	return s
}

// Grams are the further apart the longer the shortest literal is, and bigrams are
// met everywhere if there are many of them: so the short literals are left to
// bigrams as long as they are few.
const (
	longLiteral      = 7
	maxShortLiterals = 64
)

func splitByLength(refs []literalRef) (short, long []literalRef) {
	for least := longLiteral; least >= qgramSize; least-- {
		short, long = nil, nil
		for _, f := range refs {
			if len(f.text) < least {
				short = append(short, f)
			} else {
				long = append(long, f)
			}
		}
		if len(short) <= maxShortLiterals {
			break
		}
	}
	return short, long
}

// scan reports the predicates of all literals in the text of index i.
func (s *scanner) scan(i int32, m *matchState) {
	t := scannedText{m.Texts[i], true}
	if len(t.s) < s.minLength || s.requiredByte != 0 && strings.IndexByte(t.s, s.requiredByte) < 0 {
		return
	}
	if !fold.IsASCII(t.s) {
		t = scannedText{m.foldedAt(i), false}
		if s.nonASCII != nil {
			s.nonASCII.scan(t, m)
		}
	}
	if t.s == "" {
		for i := range s.empty {
			m.markFound(s.empty[i].predicate, s.empty[i].exact)
		}
		return
	}
	if s.starts != nil {
		s.starts.scan(t, m)
	}
	if s.ends != nil {
		s.ends.scan(t, m)
	}
	if s.bigrams != nil {
		s.bigrams.scan(t, m)
	}
	if s.qgrams != nil {
		s.qgrams.scan(t, m)
	}
}
