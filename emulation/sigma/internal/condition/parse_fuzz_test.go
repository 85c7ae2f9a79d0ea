package condition

import (
	"strings"
	"testing"

	"github.com/ringer-lab/ringer/emulation/sigma/internal/yamldoc"
	"github.com/stretchr/testify/require"
)

// FuzzCondition holds: a condition that is read is read the same when written
// out again with brackets around everything.
func FuzzCondition(f *testing.F) {
	for _, c := range []string{"a", "a and b or not c", "1 of them", "all of a_*", "not (a or 1 of *)", "notepad and order", "a | count() > 5", "((a)"} {
		f.Add(c)
	}
	f.Fuzz(func(t *testing.T, text string) {
		tree, err := Parse(&yamldoc.Node{Text: text, Line: 1})
		if err != nil {
			require.NotEmpty(t, err.Summary)
			return
		}
		again, err := Parse(&yamldoc.Node{Text: tree.written(), Line: 1})
		if err != nil {
			require.Equal(t, "Condition nested too deep", err.Summary, "%q", tree.written())
			return
		}
		require.Equal(t, tree.written(), again.written())
	})
}

// written is a condition with every bracket there can be.
func (c *Tree) written() string {
	children := make([]string, len(c.Children))
	for i, k := range c.Children {
		children[i] = k.written()
	}
	switch c.Op {
	case Not:
		return "(not " + children[0] + ")"
	case And:
		return "(" + strings.Join(children, " and ") + ")"
	case Or:
		return "(" + strings.Join(children, " or ") + ")"
	case Any:
		return "1 of " + c.Name
	case All:
		return "all of " + c.Name
	}
	return c.Name
}
