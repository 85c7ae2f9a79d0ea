package evasion

import (
	"github.com/ringer-lab/ringer/emulation/effect"
)

// otherSwitch begins options with the other character, / or -, where the
// program takes both.
var otherSwitch = commandLineMutation("other_switch", "options begin with - instead of /, or the reverse", effect.Windows,
	func(p effect.Process) effect.Process {
		known, ok := toolOf(p)
		if !ok || len(known.switches) != 2 {
			return p
		}
		words := wordsOf(p, effect.Windows)
		for i, word := range words[1:] {
			if name, ok := known.option(word); ok {
				words[i+1] = otherCharacter(known.switches, word[0]) + name
			}
		}
		return withWords(p, effect.Windows, words)
	})

func otherCharacter(both string, have byte) string {
	if have == both[0] {
		return both[1:]
	}
	return both[:1]
}
