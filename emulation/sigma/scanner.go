package sigma

// scanner finds all needles of a field in a folded text.
type scanner struct {
	wholes       map[string][]find
	longest      int // of wholes
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
	s := &scanner{wholes: map[string][]find{}, longest: -1}
	var starts, ends, short, long []find
	for _, f := range finds {
		switch {
		case f.place == whole:
			s.wholes[f.lit] = append(s.wholes[f.lit], f)
			s.longest = max(s.longest, len(f.lit))
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

func (s *scanner) scan(text string, x *scratch) {
	if len(text) <= s.longest {
		for _, f := range s.wholes[text] {
			x.found(f.pred, f.sure)
		}
	}
	if s.starts != nil {
		s.starts.scan(text, x)
	}
	if s.ends != nil {
		s.ends.scan(text, x)
	}
	if s.pairs != nil {
		s.pairs.scan(text, x)
	}
	if s.grams != nil {
		s.grams.scan(text, x)
	}
}
