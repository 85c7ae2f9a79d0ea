package sigma

// scanner finds, in one pass over a folded text, all needles of a field.
type scanner struct {
	wholes  map[string][]find
	longest int // of wholes
	grams   *grams
}

// find is a needle with the predicate it answers.
type find struct {
	needle
	pred int32
	sure bool
}

func newScanner(finds []find) *scanner {
	s := &scanner{wholes: map[string][]find{}, longest: -1}
	var inside []find
	for _, f := range finds {
		if f.place == whole {
			s.wholes[f.lit] = append(s.wholes[f.lit], f)
			s.longest = max(s.longest, len(f.lit))
		} else {
			inside = append(inside, f)
		}
	}
	s.grams = newGrams(inside)
	return s
}

func (s *scanner) scan(text string, x *scratch) {
	if len(text) <= s.longest {
		for _, f := range s.wholes[text] {
			x.found(f.pred, f.sure)
		}
	}
	if s.grams != nil {
		s.grams.scan(text, x)
	}
}
