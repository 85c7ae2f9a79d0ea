package sigma

import (
	"strings"

	"github.com/ringer-lab/ringer/emulation/sigma/internal/textline"
	"github.com/ringer-lab/ringer/emulation/sigma/internal/yamldoc"
)

// maxPart is how much of an altered part is told: lists may be long.
const maxPart = 200

// line is the item as its rule has it, and of a long list the beginning.
func (it *item) line() string {
	return textline.Shorten(it.String()+": "+strings.Join(valueTexts(it.raw), ", "), maxPart)
}

func valueTexts(raw []*yamldoc.Node) []string {
	out := make([]string, len(raw))
	for i, n := range raw {
		out[i] = n.RuleText()
	}
	return out
}

// lines are several items that have to hold together.
func lines(items []*item) string {
	out := make([]string, len(items))
	for i, it := range items {
		out[i] = it.line()
	}
	return textline.Shorten(strings.Join(out, "; "), maxPart)
}

// impliedBy and coveredBy are the reasons why a part can go.
func impliedBy(it *item) string { return "implied by " + it.line() }
func coveredBy(n *yamldoc.Node) string {
	return "covered by " + textline.Shorten(n.RuleText(), maxPart)
}
