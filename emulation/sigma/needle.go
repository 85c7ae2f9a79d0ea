package sigma

// place is where a needle has to stand in a text.
type place uint8

const (
	anywhere place = iota
	atStart
	atEnd
	whole
)

// needle is a folded literal that a text has to hold, once folded, for a
// predicate to be true of it.
type needle struct {
	place place
	lit   string
}

const maxNeedles = 80 // of one predicate

// needles lists literals one of which stands in every value a predicate is true
// of; sure says that finding one is the answer and not just a hint. It is nil
// for a predicate that has to be asked directly.
func (q *predicate) needles() (list []needle, sure bool) {
	switch q.op {
	case opText:
		list, sure = q.textNeedles()
	case opRegex:
		for _, lit := range requiredLiterals(q.re.String()) {
			list = append(list, needle{anywhere, lit})
		}
	}
	for _, n := range list {
		// A single byte of everyday texts is found everywhere, and found quickly when it is asked for.
		if n.place == anywhere && len(n.lit) < pairSize && (n.lit == "" || n.everyday()) || n.place != whole && n.lit == "" {
			return nil, false
		}
	}
	return list, sure
}

// textNeedles takes a simple shape as it is, a varying dash in each of its
// forms, and of a pattern its longest literal.
func (q *predicate) textNeedles() (list []needle, sure bool) {
	p := q.pattern
	if q.cased {
		// Case is asked for afterwards. Folding may change bytes beyond ASCII that
		// are only part of a character, so such literals are no hint.
		for _, t := range p {
			if t.kind == literal && !ascii(t.text) {
				return nil, false
			}
		}
	}
	p = p.mapLiterals(folded)
	variants := []pattern{p}
	if p.has(anyDash) {
		if v, err := unfold(p); err == nil && len(v) <= maxNeedles {
			variants = v
		}
	}
	sure = !q.cased
	for _, v := range variants {
		n, simple := simpleNeedle(v)
		if !simple {
			sure = false
			n = needle{anywhere, longestLiteral(v)}
		}
		list = append(list, n)
	}
	return list, sure
}

func simpleNeedle(p pattern) (needle, bool) {
	shape, lit := shapeOf(p)
	switch shape {
	case shapeExact:
		return needle{whole, lit}, true
	case shapePrefix:
		return needle{atStart, lit}, true
	case shapeSuffix:
		return needle{atEnd, lit}, true
	case shapeContains:
		return needle{anywhere, lit}, true
	}
	return needle{}, false
}

func longestLiteral(p pattern) string {
	longest := ""
	for _, t := range p {
		if t.kind == literal && len(t.text) > len(longest) {
			longest = t.text
		}
	}
	return longest
}
