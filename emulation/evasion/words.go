package evasion

import (
	"path"
	"strings"

	"github.com/ringer-lab/ringer/emulation/effect"
)

// wordsOf are the words of a command line, the program first, as typed: quotes
// are kept. A Windows process has one text for all of them.
func wordsOf(p effect.Process, platform effect.Platform) []string {
	if platform == effect.Windows && len(p.Args) == 1 {
		return fields(p.Args[0])
	}
	return append([]string(nil), p.Args...)
}

// withWords gives the process other words.
func withWords(p effect.Process, platform effect.Platform, words []string) effect.Process {
	if platform != effect.Windows || len(p.Args) != 1 {
		p.Args = words
		return p
	}
	if strings.Join(words, " ") != strings.Join(fields(p.Args[0]), " ") {
		p.Args = []string{strings.Join(words, " ")}
	}
	return p
}

// fields splits at blanks outside of quotes.
func fields(line string) []string {
	var words []string
	quoted, begun := false, -1
	for i, r := range line {
		switch {
		case r == ' ' && !quoted:
			if begun >= 0 {
				words, begun = append(words, line[begun:i]), -1
			}
			continue
		case r == '"':
			quoted = !quoted
		}
		if begun < 0 {
			begun = i
		}
	}
	if begun >= 0 {
		words = append(words, line[begun:])
	}
	return words
}

// folderAndName splits a path of either platform; the folder keeps its separator.
func folderAndName(of string) (folder, name string) {
	cut := strings.LastIndexAny(of, `\/`) + 1
	return of[:cut], of[cut:]
}

// toolName is a program's name as the table of tools has it.
func toolName(p effect.Process) string {
	_, name := folderAndName(p.Image)
	name = strings.ToLower(name)
	return strings.TrimSuffix(name, path.Ext(name))
}
