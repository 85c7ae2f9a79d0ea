package manual

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ringer-lab/ringer/emulation/scenario/schema"
)

// grammar is all blocks of a language, and where each may be.
type grammar struct {
	blocks []*schema.Block
	// in has what each block may be in, nil for the top level of a file, and of each kind
	// of a block that block.
	in map[*schema.Block][]*schema.Block
	// titles are the headings of the blocks, no two of them the same.
	titles map[*schema.Block]string
}

func newGrammar(language []*schema.Block) grammar {
	g := grammar{schema.All(language), map[*schema.Block][]*schema.Block{}, map[*schema.Block]string{}}
	for _, block := range language {
		g.in[block] = append(g.in[block], nil)
	}
	count := map[string]int{}
	for _, block := range g.blocks {
		count[block.Name]++
		for _, inner := range slices.Concat(block.Blocks, block.Kinds) {
			g.in[inner] = append(g.in[inner], block)
		}
	}
	for _, block := range g.blocks {
		g.titles[block] = block.Name
		if of := g.in[block][0]; count[block.Name] > 1 && of != nil {
			g.titles[block] += " in " + of.Name
		}
	}
	return g
}

// blockPages returns the pages of blocks, of those inside them and of their kinds.
func blockPages(language []*schema.Block) []Page {
	g := newGrammar(language)
	var pages []Page
	for _, block := range g.blocks {
		page := Page{Name: block.Name, Kind: Block, Title: g.titles[block], Lead: firstSentence(block.Doc)}
		if of := g.in[block][0]; of != nil && slices.Contains(of.Kinds, block) {
			page.Kind, page.Text = of.Name, g.kindText(block, of)
		} else {
			page.Text = g.blockText(block)
		}
		pages = append(pages, page)
	}
	return pages
}

func (g grammar) blockText(block *schema.Block) string {
	var out text
	var labels []string
	for _, label := range block.Labels {
		labels = append(labels, placeholder(label))
	}
	out.code("", head(block.Name, labels...))
	out.paragraph(block.Doc)
	out.paragraph(g.placement(block))
	out.labels(block)
	out.attributes("Attributes:", block)
	out.paragraph(block.Open)
	g.list(&out, "Kinds:", block.Kinds)
	g.list(&out, "Blocks in it:", block.Blocks)
	out.paragraph("Example:")
	out.code("hcl", block.Example)
	return out.String()
}

func (g grammar) kindText(kind, of *schema.Block) string {
	var out text
	labels := []string{kind.Name}
	for _, label := range of.Labels[1:] {
		labels = append(labels, placeholder(label))
	}
	out.code("", head(of.Name, labels...))
	out.paragraph(kind.Doc)
	out.attributes(fmt.Sprintf("Attributes, besides those of each [%s]:", g.titles[of]), kind)
	g.list(&out, "Blocks in it:", kind.Blocks)
	out.paragraph("Example:")
	out.code("hcl", kind.Example)
	return out.String()
}

// list writes a list of blocks with what each is for.
func (g grammar) list(out *text, heading string, blocks []*schema.Block) {
	if len(blocks) == 0 {
		return
	}
	out.paragraph(heading)
	for _, block := range blocks {
		fmt.Fprintf(out, "- [%s]: %s\n", g.titles[block], firstSentence(block.Doc))
	}
	out.WriteString("\n")
}

func placeholder(label schema.Label) string { return strings.ToUpper(label.Name) }

// head returns a block as it is written, without its content.
func head(name string, labels ...string) string {
	for _, label := range labels {
		name += fmt.Sprintf(" %q", label)
	}
	return name + " { … }"
}

// placement says where a block may be written, and how often.
func (g grammar) placement(block *schema.Block) string {
	times := "any number of times"
	switch {
	case block.Least == 1 && block.Most == 1 && g.in[block][0] == nil:
		times = "exactly once in a scenario"
	case block.Least == 1 && block.Most == 1:
		times = "exactly once"
	case block.Least == 1:
		times = "at least once"
	case block.Most == 1:
		times = "at most once"
	}
	var places []string
	for _, of := range g.in[block] {
		if of == nil {
			places = append(places, "at the top level of a file")
			continue
		}
		places = append(places, "in ["+g.titles[of]+"]")
	}
	return fmt.Sprintf("It is written %s, %s.", strings.Join(places, " and "), times)
}

// text is Markdown that is being written.
type text struct{ strings.Builder }

func (t *text) paragraph(words string) {
	if words != "" {
		t.WriteString(words + "\n\n")
	}
}

func (t *text) code(language, lines string) {
	fmt.Fprintf(t, "```%s\n%s\n```\n\n", language, strings.Trim(lines, "\n"))
}

func (t *text) labels(block *schema.Block) {
	if len(block.Labels) == 0 {
		return
	}
	t.paragraph("Labels:")
	for _, label := range block.Labels {
		fmt.Fprintf(t, "- `%s`: %s.\n", placeholder(label), label.Doc)
	}
	t.WriteString("\n")
}

func (t *text) attributes(heading string, block *schema.Block) {
	if len(block.Attributes) == 0 {
		return
	}
	t.paragraph(heading)
	for _, attribute := range block.Attributes {
		t.WriteString(entry(attribute))
	}
	t.WriteString("\n")
}

// entry returns an attribute as an element of a list.
func entry(a schema.Attribute) string {
	kind := string(a.Type)
	switch a.Type {
	case schema.Reference:
		kind = "reference to an [" + a.To + "]"
		if !strings.ContainsAny(a.To[:1], "aeiou") {
			kind = "reference to a [" + a.To + "]"
		}
	case schema.References:
		kind = "list of references to [" + a.To + "] blocks"
	case schema.Targets:
		kind = "reference, or list of references, to [" + strings.ReplaceAll(a.To, " or ", "] or [") + "] blocks"
	}
	necessity := "optional"
	switch {
	case a.Required:
		necessity = "required"
	case a.Default != "":
		necessity = "default: " + a.Default
	}
	out := fmt.Sprintf("- `%s` (%s; %s): %s\n", a.Name, kind, necessity, a.Doc)
	for _, choice := range a.Choices {
		out += fmt.Sprintf("  - `%s`: %s\n", choice.Name, choice.Doc)
	}
	return out
}
