package manual

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ringer-lab/ringer/emulation/scenario/schema"
)

// parent is a block that may contain another; nil is the top level of a file.
type parent = *schema.Block

// blockPages returns the pages of blocks, of those inside them and of their kinds.
func blockPages(language []*schema.Block) []Page {
	in := parents(language)
	names := map[string]int{}
	for _, block := range schema.All(language) {
		names[block.Name]++
	}
	var pages []Page
	for _, block := range schema.All(language) {
		title := block.Name
		if names[block.Name] > 1 && in[block][0] != nil {
			title += " in " + in[block][0].Name
		}
		kindOf := in[block][0]
		if kindOf == nil || !slices.Contains(kindOf.Kinds, block) {
			pages = append(pages, Page{Name: block.Name, Kind: Block, Title: title, Lead: firstSentence(block.Doc), Text: blockText(block, in[block])})
			continue
		}
		pages = append(pages, Page{Name: block.Name, Kind: kindOf.Name, Title: title, Lead: firstSentence(block.Doc), Text: kindText(block, kindOf)})
	}
	return pages
}

// parents returns what each block may be in, or is a kind of.
func parents(language []*schema.Block) map[*schema.Block][]parent {
	in := map[*schema.Block][]parent{}
	for _, block := range language {
		in[block] = append(in[block], nil)
	}
	for _, block := range schema.All(language) {
		for _, inner := range slices.Concat(block.Blocks, block.Kinds) {
			in[inner] = append(in[inner], block)
		}
	}
	return in
}

func blockText(block *schema.Block, in []parent) string {
	var out text
	var labels []string
	for _, label := range block.Labels {
		labels = append(labels, placeholder(label))
	}
	out.code("", head(block.Name, labels...))
	out.paragraph(block.Doc)
	out.paragraph(placement(block, in))
	out.labels(block)
	out.attributes("Attributes:", block)
	out.paragraph(block.Open)
	out.blocks("Kinds:", block.Kinds)
	out.blocks("Blocks in it:", block.Blocks)
	out.paragraph("Example:")
	out.code("hcl", block.Example)
	return out.String()
}

func kindText(kind *schema.Block, of *schema.Block) string {
	var out text
	labels := []string{kind.Name}
	for _, label := range of.Labels[1:] {
		labels = append(labels, placeholder(label))
	}
	out.code("", head(of.Name, labels...))
	out.paragraph(kind.Doc)
	out.attributes(fmt.Sprintf("Attributes, besides those of each [%s]:", of.Name), kind)
	out.blocks("Blocks in it:", kind.Blocks)
	out.paragraph("Example:")
	out.code("hcl", kind.Example)
	return out.String()
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
func placement(block *schema.Block, in []parent) string {
	times := "any number of times"
	switch {
	case block.Least == 1 && block.Most == 1 && in[0] == nil:
		times = "exactly once in a scenario"
	case block.Least == 1 && block.Most == 1:
		times = "exactly once"
	case block.Least == 1:
		times = "at least once"
	case block.Most == 1:
		times = "at most once"
	}
	var places []string
	for _, of := range in {
		if of == nil {
			places = append(places, "at the top level of a file")
			continue
		}
		places = append(places, "in ["+of.Name+"]")
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

func (t *text) blocks(heading string, blocks []*schema.Block) {
	if len(blocks) == 0 {
		return
	}
	t.paragraph(heading)
	for _, block := range blocks {
		fmt.Fprintf(t, "- [%s]: %s\n", block.Name, firstSentence(block.Doc))
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
