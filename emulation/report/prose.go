package report

import "strings"

// prose returns Markdown as text of the style's width: headings, paragraphs, lists,
// lists in them and code, which stays as it is. Everything but headings is indented.
func (s Style) prose(markdown string) string {
	p := proseWriter{style: s}
	for line := range strings.Lines(markdown) {
		p.add(strings.TrimRight(line, "\n"))
	}
	p.flush()
	return p.out.String()
}

type proseWriter struct {
	style Style
	out   strings.Builder
	lead  string   // of the paragraph: an element of a list has a dash
	words []string // its lines so far
	code  bool
}

func (p *proseWriter) add(line string) {
	content := strings.TrimLeft(line, " ")
	indent := line[:len(line)-len(content)]
	switch {
	case strings.HasPrefix(content, "```"):
		p.flush()
		p.code = !p.code
	case p.code && line == "":
		p.out.WriteString("\n")
	case p.code:
		p.out.WriteString("    " + line + "\n")
	case content == "":
		p.flush()
		p.out.WriteString("\n")
	case strings.HasPrefix(content, "#"):
		p.out.WriteString(strings.TrimLeft(content, "# ") + "\n")
	case strings.HasPrefix(content, "- "):
		p.flush()
		p.lead, p.words = "  "+indent+"- ", []string{content[2:]}
	default:
		if len(p.words) == 0 {
			p.lead = "  "
		}
		p.words = append(p.words, content)
	}
}

// flush writes the paragraph that was begun.
func (p *proseWriter) flush() {
	if len(p.words) > 0 {
		p.out.WriteString(p.style.Beside(p.lead, strings.Join(p.words, " ")))
	}
	p.words = nil
}
