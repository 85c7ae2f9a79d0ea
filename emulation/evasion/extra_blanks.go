package evasion

import (
	"strings"

	"github.com/ringer-lab/ringer/emulation/effect"
)

// extraBlanks parts the words of a line by two blanks. On Linux a program never
// gets to see the blanks it was typed with.
var extraBlanks = commandLineMutation("extra_blanks", "words are separated by two blanks", effect.Windows,
	func(p effect.Process) effect.Process {
		if words := wordsOf(p, effect.Windows); len(words) > 1 {
			p.Args = []string{strings.Join(words, "  ")}
		}
		return p
	})
