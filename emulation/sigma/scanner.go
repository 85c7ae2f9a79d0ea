package sigma

// scanner finds all needles of a field in a folded text.
type scanner struct {
	least        int // the length of the shortest needle; folding makes no text longer
	wholes       map[string][]find
	lengths      [4]uint64 // of wholes, as bits
	longer       bool      // there are wholes of more than those can tell
	starts, ends *edges
	inside       literals
	beyond       literals // those not of ASCII alone, which few texts can hold
}

// literals are looked for anywhere in a text, by their length.
type literals struct {
	pairs *pairs
	grams *grams
}

// find is a needle with the predicate it answers.
type find struct {
	needle
	pred int32
	sure bool
}

func newScanner(finds []find) *scanner {
	s := &scanner{wholes: map[string][]find{}, least: 1 << 30}
	var starts, ends, inside, beyond []find
	for _, f := range finds {
		s.least = min(s.least, len(f.lit))
		switch {
		case f.place == whole:
			s.wholes[f.lit] = append(s.wholes[f.lit], f)
			if l := len(f.lit); l < 256 {
				s.lengths[l/64] |= 1 << (l % 64)
			} else {
				s.longer = true
			}
		case len(f.lit) < gramSize && f.place == atStart:
			starts = append(starts, f)
		case len(f.lit) < gramSize && f.place == atEnd:
			ends = append(ends, f)
		case ascii(f.lit):
			inside = append(inside, f)
			if len(f.lit) < pairSize {
				starts = append(starts, f)
			}
		default:
			beyond = append(beyond, f)
		}
	}
	s.starts, s.ends = newEdges(starts, false), newEdges(ends, true)
	s.inside, s.beyond = newLiterals(inside), newLiterals(beyond)
	return s
}

func newLiterals(finds []find) literals {
	var short, long []find
	for _, f := range finds {
		if len(f.lit) < gramSize {
			short = append(short, f)
		} else {
			long = append(long, f)
		}
	}
	return literals{newPairs(short), newGrams(long)}
}

// scan reports the predicates of all needles in the text of index i.
func (s *scanner) scan(i int32, x *scratch) {
	text := x.texts[i]
	if len(text) < s.least {
		return
	}
	if !s.inside.scan(text, i, x) {
		text = x.low(i) // folding may change its length
		s.inside.scan(text, i, x)
		s.beyond.scan(text, i, x)
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
}

// scan says also whether the text is ASCII alone. What is found in one that is
// not is true, since it is compared in the folded text, but need not be all.
func (l *literals) scan(text string, i int32, x *scratch) (plain bool) {
	if l.pairs != nil {
		l.pairs.scan(text, i, x)
	}
	if l.grams != nil {
		return l.grams.scan(text, i, x)
	}
	return ascii(text)
}
