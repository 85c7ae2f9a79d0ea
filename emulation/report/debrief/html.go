package debrief

import (
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"strings"
	"sync"
)

//go:embed page.html
var pageText string

//go:embed style.css
var style string

var page = sync.OnceValue(func() *template.Template {
	return template.Must(template.New("page").Funcs(template.FuncMap{
		"style": func() template.CSS { return template.CSS(style) },
		"clock": clock, "passed": passed, "target": target, "rule": rule, "seen": seen, "signed": signed, "status": status, "about": about, "safe": safe,
		"next": func(i int) int { return i + 1 },
	}).Parse(pageText))
})

// safe is words with their lines, without what turns the reading order or moves the cursor.
func safe(words string) string {
	return strings.Map(func(r rune) rune {
		if r == '\n' || r == '\t' {
			return r
		}
		return printable(r)
	}, strings.ReplaceAll(words, "\r\n", "\n"))
}

// HTML writes an exercise as one page, which needs nothing but itself and has no script.
// It fails if w does.
func HTML(w io.Writer, of Document) error {
	if err := page().Execute(w, of); err != nil {
		return fmt.Errorf("write HTML: %w", err)
	}
	return nil
}
