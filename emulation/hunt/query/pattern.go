package query

import "strings"

// Pattern is a text with wildcards, folded. Its pieces follow one another in a value,
// with anything between them.
type Pattern struct {
	// Pieces are not empty, but for the one of a pattern that only the empty text fits.
	Pieces []string
	// Start and End say that the value must begin with the first piece and end with the
	// last. No pieces, and neither, fits anything.
	Start, End bool
}

// Exact reports whether only one text, without regard to case, fits.
func (p Pattern) Exact() bool { return p.Start && p.End && len(p.Pieces) == 1 }

// Any reports whether every text fits.
func (p Pattern) Any() bool { return len(p.Pieces) == 0 }

// Contains is the pattern of values that contain what fits p.
func (p Pattern) Contains() Pattern { return Pattern{Pieces: p.Pieces} }

// Longest is the longest piece.
func (p Pattern) Longest() string {
	longest := ""
	for _, piece := range p.Pieces {
		if len(piece) > len(longest) {
			longest = piece
		}
	}
	return longest
}

// Fits reports whether a text, which must be folded, fits.
func (p Pattern) Fits(folded string) bool {
	pieces := p.Pieces
	if len(pieces) == 0 {
		return true
	}
	if p.Exact() {
		return folded == pieces[0]
	}
	if p.Start {
		rest, ok := strings.CutPrefix(folded, pieces[0])
		if !ok {
			return false
		}
		folded, pieces = rest, pieces[1:]
	}
	last := ""
	if p.End && len(pieces) > 0 {
		last, pieces = pieces[len(pieces)-1], pieces[:len(pieces)-1]
	}
	for _, piece := range pieces {
		at := strings.Index(folded, piece)
		if at < 0 {
			return false
		}
		folded = folded[at+len(piece):]
	}
	return strings.HasSuffix(folded, last)
}

// String is the pattern as it is typed.
func (p Pattern) String() string {
	var out strings.Builder
	if !p.Start {
		out.WriteByte('*')
	}
	for i, piece := range p.Pieces {
		if i > 0 {
			out.WriteByte('*')
		}
		out.WriteString(quote(piece))
	}
	if !p.End && len(p.Pieces) > 0 {
		out.WriteByte('*')
	}
	return out.String()
}
