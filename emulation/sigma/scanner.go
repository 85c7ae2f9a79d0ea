package sigma

// scanner finds all needles of a field in a folded text.
type scanner struct {
	wholes       map[string][]find
	lengths      [4]uint64 // of wholes, as bits
	longer       bool      // there are wholes of more than those can tell
	starts, ends *edges
	pairs        *pairs
	grams        *grams
}

// find is a needle with the predicate it answers.
type find struct {
	needle
	pred int32
	sure bool
}

func newScanner(finds []find) *scanner {
	s := &scanner{wholes: map[string][]find{}}
	var starts, ends, short, long []find
	for _, f := range finds {
		switch {
		case f.place == whole:
			s.wholes[f.lit] = append(s.wholes[f.lit], f)
			if l := len(f.lit); l < 256 {
				s.lengths[l/64] |= 1 << (l % 64)
			} else {
				s.longer = true
			}
		case len(f.lit) >= gramSize:
			long = append(long, f)
		case f.place == atStart:
			starts = append(starts, f)
		case f.place == atEnd:
			ends = append(ends, f)
		default:
			short = append(short, f)
		}
	}
	s.starts, s.ends = newEdges(starts, false), newEdges(ends, true)
	s.pairs, s.grams = newPairs(short), newGrams(long)
	return s
}

// scan reports the predicates of all needles in the text of index i.
func (s *scanner) scan(i int32, x *scratch) {
	text := x.texts[i]
	if !ascii(text) {
		text = x.low(i) // folding may change its length
	}
	if l := len(text); l < 256 && s.lengths[l/64]>>(l%64)&1 != 0 || l >= 256 && s.longer {
		for _, f := range s.wholes[x.low(i)] {
			x.found(f.pred, f.sure)
		}
	}
	if s.starts != nil {
		s.starts.scan(text, i, x)
	}
	if s.ends != nil {
		s.ends.scan(text, i, x)
	}
	if s.pairs != nil {
		s.pairs.scan(text, i, x)
	}
	if s.grams != nil {
		s.grams.scan(text, i, x)
	}
}
