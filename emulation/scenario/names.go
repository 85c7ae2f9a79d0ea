package scenario

import (
	"regexp"
	"strings"
	"sync"

	"github.com/hashicorp/hcl/v2"

	"github.com/ringer-lab/ringer/emulation/diagnostic"
)

// namePattern matches a name: it can be written after `asset.`, and is short and
// ASCII, as it also names containers.
var namePattern = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_-]{0,62}$`) })

func label(block *hcl.Block, i int) Identifier {
	return Identifier{Text: block.Labels[i], Range: block.LabelRanges[i]}
}

// declareName declares a block's label as a name of that noun, which must be unique
// for the noun; of two the first one counts.
func (d *decoder) declareName(noun string, block *hcl.Block, i int) Identifier {
	name := label(block, i)
	if !namePattern().MatchString(name.Text) {
		d.Errorf(diagnostic.AtLabel(block, i), "Invalid name",
			"%q is not a valid name for %s: it must be a letter followed by up to 62 letters, digits, dashes and underscores.", name.Text, article(block.Type))
	}
	d.claimName(noun, block.Type, name, block.DefRange)
	return name
}

func (d *decoder) claimName(noun, kind string, name Identifier, around hcl.Range) bool {
	key := noun + "." + name.Text
	first, taken := d.taken[key]
	if !taken {
		d.taken[key] = declaration{kind, name.Range}
		return true
	}
	d.Errorf(diagnostic.Location{Subject: name.Range, Context: around}, "Duplicate name", "There is already %s %q, at %s. Give this %s another name.",
		article(first.kind), name.Text, diagnostic.FileLine(first.at), kind)
	return false
}

// article returns a noun with its indefinite article.
func article(noun string) string {
	if strings.ContainsRune("aeiou", rune(noun[0])) {
		return "an " + noun
	}
	return "a " + noun
}

// declaration is the block that declared a name.
type declaration struct {
	kind string
	at   hcl.Range
}
