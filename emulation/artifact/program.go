package artifact

import (
	"bytes"
	"strings"
)

// Interpreter is where the container's image has ringer's own binary. A
// stand-in is a small text file whose first line names it, so the kernel runs
// the one binary under the file's own path, and the file is inert everywhere
// else: it is a comment. On a Linux asset the file holds the binary as well, with that
// text at its end (package effect).
const Interpreter = "/ringer"

// MaxProgram is how long the text of a program is at most, in bytes.
const MaxProgram = 64 << 10

// StandIn is the word by which the binary knows that it is to be a stand-in.
const StandIn = "standin"

// Resource is a program's version resource, as a Windows image has it; a field
// that is not there is empty.
type Resource struct {
	OriginalFileName, Description, Product, Company, FileVersion string
}

// Signature is what is said of who signed a library. Nobody has: where it is
// not empty it is a statement.
type Signature struct{ By, Status string }

// Program returns the content of a file that stands for a program.
func Program(r Resource) []byte {
	return comments("#!"+Interpreter+" "+StandIn+"\n# "+Marker+"\n", r.entries())
}

// Library returns the content of a file that stands for a library or driver: text
// that says so, without an interpreter.
func Library(r Resource, s Signature) []byte {
	return comments("# "+Marker+"\n", append(r.entries(), entry{"Signature", s.By}, entry{"SignatureStatus", s.Status}))
}

// entry is a name and a value on a line of its own.
type entry struct{ name, value string }

func (r Resource) entries() []entry {
	return []entry{
		{"OriginalFileName", r.OriginalFileName}, {"Description", r.Description}, {"Product", r.Product},
		{"Company", r.Company}, {"FileVersion", r.FileVersion},
	}
}

func comments(head string, entries []entry) []byte {
	var out bytes.Buffer
	out.WriteString(head)
	for _, entry := range entries {
		if entry.value != "" {
			out.WriteString("# " + entry.name + ": " + entry.value + "\n")
		}
	}
	return out.Bytes()
}

// DecodeResource reads what [Program] or [Library] wrote. ok is false for other
// content.
func DecodeResource(content []byte) (r Resource, ok bool) {
	values, ok := decodeComments(content)
	return Resource{
		values["OriginalFileName"], values["Description"], values["Product"], values["Company"], values["FileVersion"],
	}, ok
}

// DecodeSignature reads what [Library] was given; it is empty for other content.
func DecodeSignature(content []byte) Signature {
	values, _ := decodeComments(content)
	return Signature{By: values["Signature"], Status: values["SignatureStatus"]}
}

// decodeComments reads the entries of a stand-in or a library by name.
func decodeComments(content []byte) (values map[string]string, ok bool) {
	values = map[string]string{}
	lines := strings.Split(string(content), "\n")
	if lines[0] != "#!"+Interpreter+" "+StandIn && lines[0] != "# "+Marker {
		return values, false
	}
	for _, line := range lines[1:] {
		if name, value, ok := strings.Cut(strings.TrimPrefix(line, "# "), ": "); ok {
			values[name] = value
		}
	}
	return values, true
}
