package sigma

import (
	"fmt"
	"strings"

	"github.com/ringer-lab/ringer/emulation/sigma/internal/textline"
)

// String is the explanation as text: the verdict, the condition as a tree with
// ✓ and ✗ and the event's values, and the fewest changes by which the rule would
// match.
func (e Explanation) String() string {
	var b strings.Builder
	verdict := "does not match"
	if e.Met {
		verdict = "matches"
	}
	fmt.Fprintf(&b, "%s %s: %s\n", checkMark(e.Met), textline.Shorten(e.Rule.Title, textline.Width-18), verdict)
	if !e.LogSourceMet {
		got := make([]string, len(e.Got))
		for i, l := range e.Got {
			got[i] = l.String()
		}
		fmt.Fprintf(&b, "✗ log source: the rule is for %s\n    the event is of %s\n", e.Wanted, textline.Shorten(strings.Join(got, ", "), textline.Width-20))
	}
	if e.Note != "" {
		b.WriteString(textline.Shorten(e.Note, textline.Width) + "\n")
	}
	if e.Root != nil {
		fmt.Fprintf(&b, "  condition: %s\n", textline.Shorten(e.Rule.Condition(), textline.Width-13))
		e.Root.write(&b, 0)
	}
	if len(e.Changes) > 0 {
		b.WriteString("To match:\n")
		for _, c := range e.Changes {
			b.WriteString(textline.Wrap(textline.Printable(c), "  - ", "    "))
		}
	}
	return b.String()
}

func checkMark(met bool) string {
	if met {
		return "✓"
	}
	return "✗"
}

// maxListed bounds how many alike alternatives are written out.
const maxListed = 6

// write puts a node and what is below it on lines; a node with a single part
// shares its line with it.
func (r *Reason) write(b *strings.Builder, depth int) {
	text, last := r.Text, r
	for len(last.Children) == 1 {
		child := last.Children[0]
		switch {
		case strings.HasSuffix(text, "not"):
			text += " " + child.Text
		case child.leaf:
			text = strings.TrimSuffix(text, " (not)") + ": " + child.Text
		default:
			text += ": " + child.Text
		}
		last = child
	}
	indent := strings.Repeat("  ", min(depth, 12))
	room := textline.Width - len(indent) - 2
	fmt.Fprintf(b, "%s%s %s\n", indent, checkMark(r.Met), textline.Shorten(text, room))
	actual := last.Actual
	shared := last.sharedActual()
	if shared != "" {
		actual = shared
	}
	if actual != "" {
		fmt.Fprintf(b, "%s    is %s\n", indent, textline.Truncate(actual, last.showsEnd(), room-5))
	}
	if shared != "" {
		last.list(b, indent+"  ")
		return
	}
	for _, k := range last.Children {
		k.write(b, depth+1)
	}
}

// sharedActual is the value that all parts of a list look at, if they are
// predicates of one field.
func (r *Reason) sharedActual() string {
	if !r.item || len(r.Children) < 2 {
		return ""
	}
	for _, k := range r.Children {
		if !k.leaf || k.Actual != r.Children[0].Actual {
			return ""
		}
	}
	return r.Children[0].Actual
}

// list writes the alternatives of one item: those that hold, and some of those
// that do not.
func (r *Reason) list(b *strings.Builder, indent string) {
	left, shown := 0, 0
	for _, k := range r.Children {
		if !k.Met && (shown >= maxListed || r.Met) {
			left++
			continue
		}
		if shown++; shown > 2*maxListed {
			left++
			continue
		}
		fmt.Fprintf(b, "%s%s %s\n", indent, checkMark(k.Met), textline.Shorten(k.predicateText, textline.Width-len(indent)-2))
	}
	switch {
	case left > 0 && r.Met:
		fmt.Fprintf(b, "%s  (%d more alternatives)\n", indent, left)
	case left > 0:
		fmt.Fprintf(b, "%s✗ and %d more\n", indent, left)
	}
}

// showsEnd says that the end of the value is what matters.
func (r *Reason) showsEnd() bool {
	text := r.predicateText
	if len(r.Children) > 0 {
		text = r.Children[0].predicateText
	}
	return strings.HasPrefix(text, "ends with")
}
