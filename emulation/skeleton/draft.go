package skeleton

import (
	"fmt"
	"strings"

	"github.com/ringer-lab/ringer/emulation/argument"
	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/behaviour"
	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/scenario/manual"
)

// draft is a behaviour that is being written.
type draft struct {
	Behaviour
	kind asset.Kind
	acts []actText
	// given are blocks of what the host must have before.
	given []string
	// noted is that the last act is there to prove the others.
	noted bool
}

// note is the content that samples write, and the argument that takes its place.
const (
	note         = `inert("a note")`
	noteArgument = `inert(arg.note)`
)

// actText is an act with the values of its attributes, in order.
type actText struct {
	block  *behaviour.Block
	values []string
}

// actsOf gives each act its values: those of the manual, where two acts would make or
// change one place each one of its own.
func actsOf(blocks []*behaviour.Block, platform effect.Platform) []actText {
	var acts []actText
	taken := map[string]bool{}
	for i, block := range blocks {
		act := actText{block: block}
		for _, a := range block.Attributes {
			value := manual.LibrarySample(block.Name, a, platform)
			switch {
			case a.Form == "mode" && platform == effect.Windows:
				value = ""
			case value == note:
				value = noteArgument
			case isPlace(a) && taken[value]:
				value = numbered(value, i+1)
			}
			taken[value] = taken[value] || isPlace(a)
			act.values = append(act.values, value)
		}
		acts = append(acts, act)
	}
	return acts
}

// isPlace reports whether an attribute names a place that an act can make or change.
func isPlace(a argument.Argument) bool {
	return a.Type == "string" && (a.Form == "path" || a.Form == "key" || a.Form == "path_below")
}

// numbered is a quoted name with a number at the end of its stem.
func numbered(value string, number int) string {
	stem := strings.TrimSuffix(value, `"`)
	at := len(stem)
	if dot := strings.LastIndexByte(stem, '.'); dot > strings.LastIndexAny(stem, `/\`)+1 {
		at = dot
	}
	return fmt.Sprintf(`%s_%d%s"`, stem[:at], number, stem[at:])
}

// head is what a reader should know first.
func (d draft) head() string {
	return head("A behaviour to begin with. It is valid and can be performed as it stands: change what it says, and try it again.", [][2]string{
		{"ringer validate " + d.File, "every mistake at once, each with its line"},
		{"ringer try " + d.File, "perform it once: what it left, and which rules saw it"},
		{"ringer show " + d.acts[0].block.Name, "the page of an act, or of any other word of the language"},
		{"ringer new scenario NAME --library " + d.File, "a scenario that performs it"},
	})
}

// text is the block, not yet formatted.
func (d draft) text() string {
	var out writer
	of := blockNamed(behaviour.Blocks(), "behaviour")
	out.open("behaviour", d.Name)
	for _, a := range of.Attributes {
		value := manual.LibrarySample(of.Name, a, d.Platform)
		switch a.Name {
		case "platform":
			value = string(d.Platform)
		case "hosts":
			value = fmt.Sprintf("[%q]", d.kind.Name)
		case "summary":
			value = `"an example: say here what is done"`
		case "source":
			value = `"none: an example"`
		}
		switch {
		case a.Required:
			out.attribute(a, value)
		case a.Name == "attack" || a.Name == "actors" || a.Name == "phase":
			out.suggested(a, value)
		}
	}
	d.argument(&out)
	if len(d.given) > 0 {
		out.blank()
		out.comment(blockNamed(behaviour.Blocks(), "behaviour", "given").Doc)
		for _, given := range d.given {
			out.line(given)
		}
	}
	d.process(&out)
	out.blank()
	out.comment("What follows from the acts is proven and taken back by itself. A block `prove` adds to the proofs: `ringer show prove`.")
	out.close()
	return out.String()
}

// argument writes the argument that the acts refer to, if one of them does.
func (d draft) argument(out *writer) {
	used := false
	for _, act := range d.acts {
		for _, value := range act.values {
			used = used || value == noteArgument
		}
	}
	if !used {
		return
	}
	of := blockNamed(behaviour.Blocks(), "behaviour", "argument")
	out.blank()
	out.comment(of.Doc)
	out.open("argument", "note")
	for _, a := range of.Attributes {
		switch a.Name {
		case "doc":
			out.attribute(a, `"what the note says"`)
		case "default":
			out.attribute(a, `"a note"`)
		case "like", "one_of", "form", "max":
			out.suggested(a, map[string]string{"like": `"*.txt"`, "one_of": `["a note", "another"]`, "form": `"line"`, "max": "1024"}[a.Name])
		}
	}
	out.close()
}

func (d draft) process(out *writer) {
	of := blockNamed(behaviour.Blocks(), "behaviour", "process")
	out.blank()
	out.comment(of.Doc)
	out.open("process", "example")
	for _, a := range of.Attributes {
		if value := manual.LibrarySample(of.Name, a, d.Platform); value != "" && a.Type == "string" {
			out.attribute(a, value)
		}
	}
	for i, act := range d.acts {
		out.blank()
		if d.noted && i == len(d.acts)-1 {
			out.comment("Nothing that can be looked at afterwards follows from the acts above: this note proves that they were done.")
		}
		out.act(act)
	}
	out.close()
}
