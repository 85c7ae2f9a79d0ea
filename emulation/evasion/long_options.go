package evasion

import (
	"strings"

	"github.com/ringer-lab/ringer/emulation/effect"
)

// longOptions writes the short options of Linux tools out, each by its long
// name, and long ones short.
var longOptions = commandLineMutation("long_options", "short options are written out, long ones abbreviated", effect.Linux,
	func(p effect.Process) effect.Process {
		known, ok := toolOf(p)
		if !ok || known.longNames == nil {
			return p
		}
		words := p.Args[:1:1]
		for _, word := range p.Args[1:] {
			words = append(words, known.otherSpelling(word)...)
		}
		return withWords(p, effect.Linux, words)
	})

func (t tool) otherSpelling(word string) []string {
	name, ok := t.option(word)
	switch {
	case !ok:
		return []string{word}
	case strings.HasPrefix(name, "-"):
		for short, long := range t.longNames {
			if name[1:] == long {
				return []string{"-" + short}
			}
		}
		return []string{word}
	case !t.allShort(name):
		return []string{word}
	}
	var out []string
	for _, letter := range name {
		out = append(out, "--"+t.longNames[string(letter)])
	}
	return out
}
