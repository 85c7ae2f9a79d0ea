package query

import (
	"strings"
	"time"
)

// The bounds of a query.
const (
	MaxBytes = 4096 // of its text
	MaxTerms = 32   // conditions
	MaxDepth = 16   // of parentheses and nots within one another
	MinText  = 3    // bytes that a text without a field must have together in one place
)

// Query is a query that was understood. The zero value finds every event.
type Query struct{ root *Node }

// Root is the query's tree; nil finds every event.
func (q Query) Root() *Node { return q.root }

// Op says what a node of a query asks for.
type Op uint8

// What nodes ask for.
const (
	And    Op = iota // every child
	Or               // some child
	Not              // not its one child
	Field            // a value of the field called Name fits Pattern
	Text             // a value of whatever field contains what fits Pattern
	Host             // the host's name fits Pattern
	Source           // the log source's category, service or product fits Pattern
	After            // the event is of At or later
	Before           // the event is before At
)

// Node is a part of a query. It must not be changed.
type Node struct {
	Op       Op
	Children []*Node // of And, Or and Not
	Name     string  // of Field, as it was typed
	Pattern  Pattern // of Field, Text, Host and Source
	At       time.Time
	// From and To are where the node stands in the text that was parsed, in bytes.
	From, To int
}

// String is the query in one spelling: parsing it gives the same query.
func (q Query) String() string {
	if q.root == nil {
		return ""
	}
	var out strings.Builder
	q.root.write(&out, Or)
	return out.String()
}

// within is Or where the node may be an or without parentheses, And where it may be
// an and, and Not where it may be neither.
func (n *Node) write(out *strings.Builder, within Op) {
	switch n.Op {
	case And, Or:
		closed := n.Op == Or && within != Or || n.Op == And && within == Not
		if closed {
			out.WriteByte('(')
		}
		for i, child := range n.Children {
			switch {
			case i > 0 && n.Op == Or:
				out.WriteString(" or ")
			case i > 0:
				out.WriteByte(' ')
			}
			inside := And
			if child.Op == n.Op {
				inside = Not // one of its own within one of the same kind
			}
			child.write(out, inside)
		}
		if closed {
			out.WriteByte(')')
		}
	case Not:
		out.WriteString("not ")
		n.Children[0].write(out, Not)
	default:
		out.WriteString(n.term())
	}
}

func (n *Node) term() string {
	const layout = "2006-01-02T15:04:05.999999999Z"
	switch n.Op {
	case Field:
		return quoteName(n.Name) + ":" + n.Pattern.String()
	case Host:
		return "host:" + n.Pattern.String()
	case Source:
		return "source:" + n.Pattern.String()
	case After:
		return "after:" + n.At.UTC().Format(layout)
	case Before:
		return "before:" + n.At.UTC().Format(layout)
	default:
		return Pattern{Pieces: n.Pattern.Pieces, Start: true, End: true}.String()
	}
}
