package audit

import (
	"fmt"
	"io"
	"strings"

	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/display"
	"github.com/ringer-lab/ringer/emulation/report"
)

// mostShown is how much of a value is shown.
const mostShown = 200

// Text writes an audit for a person. It fails if w does.
func Text(w io.Writer, a Audit, style report.Style) error {
	v := view{style: style}
	for _, item := range a.Items {
		v.item(item)
	}
	for _, host := range a.Hosts {
		v.out.WriteString(style.Bold("host "+host.Name) + fmt.Sprintf("  of %s, %s\n", host.Library, host.Platform))
		v.row("has", strings.Join(host.Files, ", "))
		v.out.WriteString("\n")
	}
	if len(a.Items)+len(a.Hosts) == 0 {
		v.out.WriteString("No behaviour, ordinary day or host of their own: whatever is performed is ringer's.\n\n")
	}
	v.out.WriteString(style.Bold("Impossible, whatever they say") + "\n")
	for _, words := range a.Impossible {
		v.out.WriteString(style.Beside("  - ", words))
	}
	v.out.WriteString("\n" + style.Bold("To record what was allowed") + "\n")
	for _, source := range a.Sources {
		v.out.WriteString(fmt.Sprintf("  sha256 %s\n", source.Digest))
		v.out.WriteString(style.Beside("         ", source.Path+": "+report.Plural(len(source.Files), "file")))
	}
	_, err := io.WriteString(w, v.out.String())
	return err
}

type view struct {
	style report.Style
	out   strings.Builder
}

func (v *view) row(name, words string) {
	v.out.WriteString(v.style.Beside(fmt.Sprintf("  %-16s ", name), words))
}

func (v *view) item(item Item) {
	v.out.WriteString(v.style.Bold(item.Name) + fmt.Sprintf("  %s:%d\n", item.File, item.Line))
	v.out.WriteString(v.style.Wrap(item.Summary, 2))
	where := strings.Join(item.Hosts, ", ")
	if item.Platform != "" {
		where += " (" + string(item.Platform) + ")"
	}
	v.row("performed on", where)
	name := "a scenario says"
	for _, a := range item.Arguments {
		v.row(name, a.Name+": "+a.May)
		name = ""
	}
	name = "programs"
	for _, program := range item.Programs {
		v.row(name, words(program))
		name = ""
	}
	before := ""
	for _, act := range item.Acts {
		name = act.Act
		if name == before {
			name = ""
		}
		before = act.Act
		v.row(name, described(act))
	}
	if item.Cut {
		v.row("and more", "than can be performed: it is not told here")
	}
	v.out.WriteString("\n")
}

func words(p Program) string {
	said := alternatives(p.Image)
	if len(p.User) > 0 {
		said += " as " + alternatives(p.User)
	}
	if len(p.Command) > 0 {
		said += ": " + alternatives(p.Command)
	}
	return said
}

// described is an act by its attributes: the first is what it is about.
func described(act Act) string {
	var parts []string
	for i, attribute := range act.Attributes {
		switch {
		case attribute.content:
			parts = append(parts, attribute.Name+" "+contentOf(attribute))
		case i == 0:
			parts = append(parts, alternatives(attribute.Values))
		default:
			parts = append(parts, attribute.Name+" "+alternatives(attribute.Values))
		}
	}
	return strings.Join(parts, "; ")
}

// contentOf says how long a content is, and whether it is marked.
func contentOf(a Attribute) string {
	said := fmt.Sprintf("of at most %d bytes", a.Most)
	if len(a.Values) == 1 && !strings.Contains(a.Values[0], "${") && len(a.Values[0]) < maxValue {
		said = report.Plural(len(a.Values[0]), "byte")
	}
	for _, value := range a.Values {
		if !strings.Contains(value, artifact.Marker) {
			return said + ": " + strings.TrimSpace(alternatives(a.Values))
		}
	}
	return said + " with ringer's mark"
}

// alternatives are the texts that there can be.
func alternatives(values []string) string {
	var shown []string
	for _, value := range values {
		if len(value) > mostShown {
			value = strings.ToValidUTF8(value[:mostShown], "") + fmt.Sprintf("… (%d bytes)", len(value))
		}
		shown = append(shown, display.Line(value))
	}
	return strings.Join(shown, " or ")
}
