package skeleton

import (
	"fmt"
	"strings"

	"github.com/ringer-lab/ringer/emulation/argument"
	"github.com/ringer-lab/ringer/emulation/display"
)

// columns is how wide a line may be.
const columns = 100

// writer writes blocks, which are formatted later.
type writer struct {
	strings.Builder
	depth int
}

func (w *writer) line(text string) {
	fmt.Fprintf(w, "%s%s\n", strings.Repeat("  ", w.depth), text)
}

func (w *writer) blank() { w.WriteString("\n") }

func (w *writer) open(name string, labels ...string) {
	for _, label := range labels {
		name += fmt.Sprintf(" %q", label)
	}
	w.line(name + " {")
	w.depth++
}

func (w *writer) close() {
	w.depth--
	w.line("}")
}

// comment writes words as lines that each begin with #. Some are what others wrote.
func (w *writer) comment(words string) {
	line := "#"
	for word := range strings.FieldsSeq(display.Line(words)) {
		if len(line)+1+len(word)+2*w.depth > columns && line != "#" {
			w.line(line)
			line = "#"
		}
		line += " " + word
	}
	w.line(line)
}

// attribute writes an attribute and what it means: beside it where there is room, else
// above it.
func (w *writer) attribute(a argument.Argument, value string) {
	w.explained(a.Name+" = "+value, a.Doc+choices(a))
}

// optional is the same for an attribute that can be left out.
func (w *writer) optional(a argument.Argument, value string) {
	w.explained(a.Name+" = "+value, "optional: "+a.Doc+choices(a))
}

func (w *writer) explained(line, doc string) {
	if len(line)+len(doc)+3+2*w.depth > columns {
		w.comment(doc)
		w.line(line)
		return
	}
	w.line(line + " # " + doc)
}

// suggested writes an attribute that is left out, as one that can be taken in.
func (w *writer) suggested(a argument.Argument, value string) {
	w.comment("optional: " + a.Doc + choices(a))
	w.line("# " + a.Name + " = " + value)
}

// choices are the words that a value is one of, for a comment.
func choices(a argument.Argument) string {
	if a.OneOf == nil || a.Type != "string" {
		return ""
	}
	return " (" + strings.Join(a.OneOf, ", ") + ")"
}

func (w *writer) act(act actText) {
	w.comment(act.block.Doc)
	w.open(act.block.Name)
	for i, a := range act.block.Attributes {
		switch {
		case act.values[i] == "":
		case a.Required:
			w.attribute(a, act.values[i])
		default:
			w.optional(a, act.values[i])
		}
	}
	w.close()
}

// head is a comment at the top of a file, with commands and what each is for.
func head(words string, commands [][2]string) string {
	var w writer
	w.comment(words)
	w.line("#")
	widest := 0
	for _, command := range commands {
		widest = max(widest, len(command[0]))
	}
	for _, command := range commands {
		w.line(fmt.Sprintf("#   %-*s  %s", widest, command[0], command[1]))
	}
	w.blank()
	return w.String()
}
