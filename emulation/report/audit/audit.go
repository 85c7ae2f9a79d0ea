package audit

import (
	_ "embed"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/ringer-lab/ringer/emulation/argument"
	"github.com/ringer-lab/ringer/emulation/behaviour"
	"github.com/ringer-lab/ringer/emulation/effect"
)

// Schema is the JSON Schema (2020-12) of an [Audit].
//
//go:embed schema.json
var Schema []byte

// Format names the document's schema.
const Format = "ringer.audit/1"

// Audit is what files of behaviours could do.
type Audit struct {
	Format  string   `json:"format"`
	Sources []Source `json:"sources"`
	// Items are the behaviours and the activities of ordinary days, in the order of the
	// libraries.
	Items []Item `json:"items"`
	// Hosts are the kinds of host.
	Hosts []Host `json:"hosts"`
	// Impossible is what none of them can do.
	Impossible []string `json:"impossible"`
}

// Source is one path that was named, with all files that were read for it.
type Source struct {
	Path string `json:"path"`
	// Digest is the SHA-256 of the lines "DIGEST  NAME" of all files by name, as sha256sum
	// writes them, in hex.
	Digest string `json:"sha256"`
	Files  []File `json:"files"`
}

// File is a file that was read.
type File struct {
	// Name is the file's, below the path of its source where it is there.
	Name   string `json:"name"`
	Digest string `json:"sha256"`
	Bytes  int    `json:"bytes"`
}

// Item is a behaviour, or an activity of an ordinary day.
type Item struct {
	// Kind is behaviour or ordinary_day.
	Kind    string `json:"kind"`
	Name    string `json:"name"`
	Library string `json:"library"`
	File    string `json:"file"`
	Line    int    `json:"line"`
	// Platform is empty of an activity: its hosts say it.
	Platform  effect.Platform `json:"platform,omitempty"`
	Hosts     []string        `json:"hosts"`
	Technique string          `json:"technique,omitempty"`
	Summary   string          `json:"summary"`
	Arguments []Argument      `json:"arguments"`
	Programs  []Program       `json:"programs"`
	Acts      []Act           `json:"acts"`
	// Cut is that there is more than can be performed, and than is told.
	Cut bool `json:"cut,omitempty"`
}

// Argument is what a scenario may choose, and what that may be, in words.
type Argument struct {
	Name string `json:"name"`
	May  string `json:"may"`
}

// Program is a program that could be started. Each text stands for one that there can be;
// what depends on an argument stands in it as ${arg.NAME}.
type Program struct {
	Image   []string `json:"image"`
	Command []string `json:"command,omitempty"`
	User    []string `json:"user,omitempty"`
	File    string   `json:"file"`
	Line    int      `json:"line"`
}

// Act is an act that could be done; given is what the host has before.
type Act struct {
	Act        string      `json:"act"`
	Attributes []Attribute `json:"attributes"`
	File       string      `json:"file"`
	Line       int         `json:"line"`
}

// Attribute is what an attribute could be. A value that is longer than maxValue is cut.
type Attribute struct {
	Name   string   `json:"name"`
	Values []string `json:"values"`
	// Most is how many bytes a text can have; 0 of what is not a text.
	Most int `json:"most,omitempty"`
	// content is that it is what a file holds.
	content bool
}

// Host is a kind of host, with what it has before the first step.
type Host struct {
	Name     string          `json:"name"`
	Library  string          `json:"library"`
	Platform effect.Platform `json:"platform"`
	Files    []string        `json:"files"`
}

// maxValue is how much of a value is kept.
const maxValue = 4096

// impossible is what holds for every file of the language.
var impossible = []string{
	"no text of these files is run, or read by a program: a command line is shown and nothing else",
	"nothing outside the host's own tree is read or changed, in a container without network, capabilities and a writable root",
	"a connection is on loopback and carries nothing; a name is asked for where nobody answers",
	"what is written carries ringer's mark and names no interpreter; no credential is read",
	"all is taken back, in the reverse order, and the container removed; a step has at most 5,000 acts",
}

// Of reads what libraries could do.
func Of(sources []Source, libraries []*behaviour.Library) Audit {
	a := Audit{Format: Format, Sources: sources, Items: []Item{}, Hosts: []Host{}, Impossible: impossible}
	for _, library := range libraries {
		for _, b := range library.Behaviours() {
			item := Item{
				Kind: "behaviour", Name: b.Name, Library: library.Name, File: b.Range.Filename, Line: b.Range.Start.Line,
				Platform: b.Platform, Hosts: b.Assets, Technique: b.Technique, Summary: b.Summary, Arguments: argumentsOf("", b.Arguments),
			}
			a.Items = append(a.Items, item.with(b.Outline()))
		}
		for _, day := range library.Baselines() {
			a.days(library, day)
		}
		for _, kind := range library.Kinds() {
			host := Host{Name: kind.Name, Library: library.Name, Platform: kind.Platform, Files: []string{}}
			for _, file := range kind.Files {
				host.Files = append(host.Files, file.Path)
			}
			a.Hosts = append(a.Hosts, host)
		}
	}
	return a
}

// days adds the activities of an ordinary day, each once for the hosts that it is alike on.
func (a *Audit) days(library *behaviour.Library, day behaviour.Baseline) {
	for _, host := range day.Assets {
		for _, activity := range day.Activities[host] {
			item := Item{
				Kind: "ordinary_day", Name: day.Name + ": " + activity.Name, Library: library.Name, File: day.Range.Filename, Line: day.Range.Start.Line,
				Hosts: []string{host}, Summary: activity.Summary, Arguments: []Argument{},
			}.with(activity.Outline())
			like := func(other Item) bool {
				return other.Name == item.Name && other.Library == item.Library && reflect.DeepEqual(other.Programs, item.Programs) && reflect.DeepEqual(other.Acts, item.Acts)
			}
			if at := slices.IndexFunc(a.Items, like); at >= 0 {
				a.Items[at].Hosts = append(a.Items[at].Hosts, host)
				continue
			}
			a.Items = append(a.Items, item)
		}
	}
}

// with is an item with what is outlined of it.
func (i Item) with(outline behaviour.Outline) Item {
	i.Programs, i.Acts, i.Cut = []Program{}, []Act{}, outline.Cut
	for _, program := range outline.Programs {
		i.Programs = append(i.Programs, Program{
			Image: cut(program.Image), Command: cut(program.Command), User: cut(program.User), File: program.Range.Filename, Line: program.Range.Start.Line,
		})
	}
	for _, act := range outline.Acts {
		out := Act{Act: act.Kind, Attributes: []Attribute{}, File: act.Range.Filename, Line: act.Range.Start.Line}
		for _, declared := range act.Attributes {
			attribute := Attribute{Name: declared.Name, Values: cut(declared.Values), content: isContent(declared.Argument)}
			if declared.Form != "" {
				attribute.Most = declared.Max
			}
			out.Attributes = append(out.Attributes, attribute)
		}
		i.Acts = append(i.Acts, out)
	}
	return i
}

// isContent reports whether an attribute is what a file holds.
func isContent(a argument.Argument) bool { return a.Form == "content" || a.Name == "content" }

func cut(values []string) []string {
	values = slices.Clone(values)
	for i, value := range values {
		if len(value) > maxValue {
			values[i] = fmt.Sprintf("%s… (%d bytes)", strings.ToValidUTF8(value[:maxValue], ""), len(value))
		}
	}
	return values
}

func argumentsOf(above string, arguments []argument.Argument) []Argument {
	all := []Argument{}
	for _, a := range arguments {
		name := above + a.Name
		if a.Type == "object" {
			all = append(all, argumentsOf(name+".", a.Arguments)...)
			continue
		}
		all = append(all, Argument{name, may(a)})
	}
	return all
}

// may says what an argument may be.
func may(a argument.Argument) string {
	said := map[string]string{"list(string)": "each ", "map(string)": "each "}[a.Type]
	switch {
	case a.OneOf != nil:
		return said + "one of " + strings.Join(a.OneOf, ", ")
	case a.Type == "number":
		return fmt.Sprintf("%d to %d", a.Min, a.Max)
	case a.Like != "":
		return said + "a plain name like " + a.Like + ", without paths or quotes"
	case a.Form != "":
		return said + fmt.Sprintf("a %s of at most %d bytes", strings.ReplaceAll(a.Form, "_", " "), a.Max)
	}
	return a.Type
}
