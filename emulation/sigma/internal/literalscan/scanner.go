package literalscan

import "github.com/ringer-lab/ringer/emulation/sigma/internal/fold"

// Scanner finds all literals of a field in a text.
type Scanner struct {
	minLength    int   // the length of the shortest literal; folding makes no text longer
	requiredByte byte  // of keywords: a byte that every text with a literal holds, or 0
	empty        []Ref // those of the empty text
	starts, ends *anchors
	bigrams      *bigrams
	qgrams       *qgrams
	nonASCII     *qgrams // those not of ASCII alone, which few texts can hold
}

// NewScanner builds the tables for the literals of a field; there must be one at
// least.
func NewScanner(refs []Ref) *Scanner {
	s := &Scanner{minLength: 1 << 30}
	var starts, ends, inside, nonASCII []Ref
	for _, f := range refs {
		s.minLength = min(s.minLength, len(f.Text))
		switch {
		case f.Text == "":
			s.empty = append(s.empty, f)
		case f.Position == AtStart:
			starts = append(starts, f)
		case f.Position != Anywhere:
			ends = append(ends, f)
		case !fold.IsASCII(f.Text) && len(f.Text) >= qgramSize:
			nonASCII = append(nonASCII, f)
		default:
			inside = append(inside, f)
			if len(f.Text) < bigramSize {
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

func splitByLength(refs []Ref) (short, long []Ref) {
	for least := longLiteral; least >= qgramSize; least-- {
		short, long = nil, nil
		for _, f := range refs {
			if len(f.Text) < least {
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

// Scan reports the predicates of all literals in the text of index i.
func (s *Scanner) Scan(i int32, m *State) {
	t := scannedText{m.Texts[i], true}
	if !s.MayHold(t.s) {
		return
	}
	if !fold.IsASCII(t.s) {
		t = scannedText{m.FoldedAt(i), false}
		if s.nonASCII != nil {
			s.nonASCII.scan(t, m)
		}
	}
	if t.s == "" {
		for i := range s.empty {
			m.markFound(s.empty[i].Predicate, s.empty[i].Exact)
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
