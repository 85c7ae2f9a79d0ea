package sigma

// edges finds literals of up to three bytes that a text starts or ends with, by
// the byte at the edge.
type edges struct {
	groups [256]uint8 // 1-based, 0: none
	finds  [][]find
	atEnd  bool
}

// newEdges is nil without literals to find.
func newEdges(finds []find, atEnd bool) *edges {
	if len(finds) == 0 {
		return nil
	}
	e := &edges{atEnd: atEnd}
	for _, f := range finds {
		b := e.edge(f.lit)
		if e.groups[b] == 0 {
			e.finds = append(e.finds, nil)
			e.groups[b] = uint8(len(e.finds))
		}
		group := &e.finds[e.groups[b]-1]
		*group = append(*group, f)
	}
	return e
}

func (e *edges) edge(s string) byte {
	if e.atEnd {
		return s[len(s)-1] | lowerBits&0xff
	}
	return s[0] | lowerBits&0xff
}

// scan reports the predicates of every literal at the edge of s, the text of
// index i.
func (e *edges) scan(s string, i int32, x *scratch) {
	if s == "" {
		return
	}
	group := e.groups[e.edge(s)]
	if group == 0 {
		return
	}
	low := x.low(i)
	for _, f := range e.finds[group-1] {
		start := 0
		if e.atEnd {
			start = len(low) - len(f.lit)
		}
		if f.stands(low, start) {
			x.found(f.pred, f.sure)
		}
	}
}
