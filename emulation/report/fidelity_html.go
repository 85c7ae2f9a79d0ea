package report

import (
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"sync"

	"github.com/ringer-lab/ringer/emulation/fidelity"
)

//go:embed fidelity.html
var fidelityPage string

var fidelityTemplate = sync.OnceValue(func() *template.Template {
	return template.Must(template.New("fidelity").Funcs(template.FuncMap{
		"percent": func(share float64) string { return fmt.Sprintf("%.1f%%", 100*share) },
		"short":   func(text string) string { return cut(oneLine(text), 200) },
	}).Parse(fidelityPage))
})

// FidelityHTML writes a comparison as one page that needs nothing else. It fails if
// w does.
func FidelityHTML(w io.Writer, r fidelity.Report) error { return fidelityTemplate().Execute(w, r) }
