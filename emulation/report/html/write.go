package html

import (
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"io"
	"strings"
	"sync"

	"github.com/ringer-lab/ringer/emulation/report/evidence"
)

//go:embed templates/*.html
var templates embed.FS

//go:embed style.css
var style string

//go:embed script.js
var script string

var pageTemplate = sync.OnceValue(func() *template.Template {
	return template.Must(template.New("page.html").Funcs(template.FuncMap{
		"style":      func() template.CSS { return template.CSS(style) },
		"script":     func() template.JS { return template.JS(script) },
		"scriptHash": scriptHash,
		"join":       func(words []string) string { return strings.Join(words, ", ") },
	}).ParseFS(templates, "templates/*.html"))
})

// scriptHash is by what a browser knows the page's own script: it runs no other.
func scriptHash() string {
	sum := sha256.Sum256([]byte(script))
	return "sha256-" + base64.StdEncoding.EncodeToString(sum[:])
}

// Write writes a run as one page. It fails if w does.
func Write(w io.Writer, of evidence.Run) error {
	if err := pageTemplate().Execute(w, pageOf(of)); err != nil {
		return fmt.Errorf("write HTML: %w", err)
	}
	return nil
}
