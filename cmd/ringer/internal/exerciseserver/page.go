package exerciseserver

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"io"
	"io/fs"
	"net/http"
	"path"
	"strings"
	"sync"
	"time"

	"github.com/ringer-lab/ringer/cmd/ringer/internal/exerciseserver/access"
	"github.com/ringer-lab/ringer/emulation/display"
)

//go:embed templates
var templateFiles embed.FS

// shared are the files of templates that every page has.
var shared = []string{"templates/layout.html", "templates/parts.html"}

// pages are the templates by name of the page.
var pages = sync.OnceValue(func() map[string]*template.Template {
	base := template.Must(template.New("layout.html").Funcs(template.FuncMap{
		"t": text, "n": counted, "asset": assetPath,
		"virtual": virtualTime, "wall": wallTime, "machine": machineTime,
		"dict": dict,
	}).ParseFS(templateFiles, shared...))
	files, err := fs.Glob(templateFiles, "templates/pages/*.html")
	if err != nil || len(files) == 0 {
		panic("the pages are embedded")
	}
	out := map[string]*template.Template{}
	for _, file := range files {
		own := template.Must(base.Clone())
		out[strings.TrimSuffix(path.Base(file), ".html")] = template.Must(own.ParseFS(templateFiles, file))
	}
	return out
})

// page is what the layout is given.
type page struct {
	Name  string // of the page, for the navigation
	Title string
	Role  string // nobody, trainee or instructor
	Who   string // the member's and the team's name
	Form  string // the token that forms bring along
	Done  string // what was just done
	Wrong string // why it was not
	Clock *clockView
	Data  any
}

var roleNames = map[access.Role]string{access.Nobody: "nobody", access.Trainee: "trainee", access.Instructor: "instructor"}

// render writes a page. What is no visible character, such as one that changes the
// direction of writing, is an escape in it, whoever wrote it: events have such names.
func (p page) render() (string, error) {
	of, ok := pages()[p.Name]
	if !ok {
		return "", fmt.Errorf("there is no page %q", p.Name)
	}
	var out bytes.Buffer
	if err := of.Execute(&out, p); err != nil {
		return "", fmt.Errorf("page %s: %w", p.Name, err)
	}
	return display.Clean(strings.ReplaceAll(out.String(), "\r\n", "\n")), nil
}

// show answers with a page. Nothing is written before the whole page is made.
func (v *visit) show(status int, p page) {
	p.Role, p.Form = roleNames[v.who.Role], access.FormToken(v.secret)
	v.fillIn(&p)
	body, err := p.render()
	if err != nil {
		v.server.options.Log.Error().Err(err).Msg("a page could not be made")
		http.Error(v.w, text("error.500"), http.StatusInternalServerError)
		return
	}
	v.w.Header().Set("Content-Type", "text/html; charset=utf-8")
	v.w.WriteHeader(status)
	io.WriteString(v.w, body) //nolint:errcheck // whoever asked has left
}

// dict gives a part of a template several values by name.
func dict(pairs ...any) (map[string]any, error) {
	if len(pairs)%2 != 0 {
		return nil, fmt.Errorf("dict: expected names with values")
	}
	out := map[string]any{}
	for i := 0; i < len(pairs); i += 2 {
		name, ok := pairs[i].(string)
		if !ok {
			return nil, fmt.Errorf("dict: %v is not a name", pairs[i])
		}
		out[name] = pairs[i+1]
	}
	return out, nil
}

// virtualTime is a time of the exercise, as people read it.
func virtualTime(t time.Time) string {
	if t.IsZero() {
		return "–"
	}
	return t.UTC().Format("2006-01-02 15:04:05")
}

// wallTime is a time of the room in which the exercise is held.
func wallTime(t time.Time) string {
	if t.IsZero() {
		return "–"
	}
	return t.Format("15:04:05")
}

// machineTime is a time as programs read it.
func machineTime(t time.Time) string { return t.UTC().Format(time.RFC3339Nano) }
