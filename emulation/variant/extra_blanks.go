package variant

import (
	"strings"

	"github.com/ringer-lab/ringer/emulation/effect"
)

// extraBlanks parts the words of a line by two blanks. On Linux a program never
// gets to see the blanks it was typed with.
var extraBlanks = Alteration{
	Name: "extra_blanks", Summary: "words stand two blanks apart",
	alter: func(plan effect.Plan, persona effect.Persona) effect.Plan {
		if persona != effect.Windows {
			return plan
		}
		return eachStarted(plan, func(p effect.Process) effect.Process {
			if words := wordsOf(p, persona); len(words) > 1 {
				p.Args = []string{strings.Join(words, "  ")}
			}
			return p
		})
	},
}
