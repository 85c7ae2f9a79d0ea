package report

import (
	"fmt"
	"strings"
)

// Page is the description of one item: a behaviour, an asset kind, a baseline, a
// scenario, a profile, a fault, a rule or a word of the language.
type Page struct {
	Title     string
	Lead      string
	Facts     [][2]string
	Arguments [][3]string
	// Text is Markdown: paragraphs, lists and code.
	Text string
	// Source is the item as written, shown unchanged.
	Source string
}

// Add adds a fact; an empty one is omitted.
func (t *Page) Add(name, words string) {
	if words != "" {
		t.Facts = append(t.Facts, [2]string{name, words})
	}
}

// AddArgument adds an argument.
func (t *Page) AddArgument(name, kind, words string) {
	t.Arguments = append(t.Arguments, [3]string{name, kind, words})
}

// FormatPage returns a page as text of that width.
func FormatPage(t Page, width int) string {
	style := Style{Width: width}
	var out strings.Builder
	out.WriteString(t.Title + "\n")
	if t.Lead != "" {
		out.WriteString("\n" + style.wrap(t.Lead, 2))
	}
	out.WriteString("\n")
	for _, fact := range t.Facts {
		out.WriteString(style.Beside(fmt.Sprintf("  %-16s", fact[0]), fact[1]))
	}
	out.WriteString(style.prose(t.Text))
	if len(t.Arguments) > 0 {
		out.WriteString("\n  with {}\n")
	}
	for _, arg := range t.Arguments {
		out.WriteString(style.Beside(fmt.Sprintf("    %-13s ", arg[0]), arg[1]+": "+arg[2]))
	}
	if t.Source != "" {
		out.WriteString("\n")
	}
	for line := range strings.Lines(t.Source) {
		out.WriteString(strings.TrimRight("  "+line, " \r\n") + "\n")
	}
	return out.String()
}

// Beside returns words to the right of a name, on as many lines as they need.
func (s Style) Beside(name, words string) string {
	lead := name
	var out strings.Builder
	for line := range strings.SplitSeq(words, "\n") {
		for _, part := range split(line, s.textWidth()-len([]rune(name))) {
			out.WriteString(lead + part + "\n")
			lead = strings.Repeat(" ", len([]rune(name)))
		}
	}
	return out.String()
}
