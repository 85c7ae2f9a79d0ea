package evasion

import (
	"slices"
	"strings"

	"github.com/ringer-lab/ringer/emulation/effect"
)

// reorderedFlags gives options that do not depend on one another in the
// opposite order, each with its value.
var reorderedFlags = Mutation{
	Name: "reordered_flags", Summary: "options are given in the opposite order",
	mutate: func(plans []effect.StepPlan, platform effect.Platform) ([]effect.StepPlan, replacements) {
		return mapActorProcesses(plans, func(p effect.Process) effect.Process {
			known, ok := toolOf(p)
			if !ok || known.orderMatters {
				return p
			}
			return withWords(p, platform, known.reversed(wordsOf(p, platform)))
		}), nil
	},
}

// reversed turns round each run of options; other words stay where they are.
func (t tool) reversed(words []string) []string {
	lead := min(len(words), 1+t.leadingWords)
	out := slices.Clone(words[:lead])
	var run [][]string
	flush := func() {
		slices.Reverse(run)
		out, run = slices.Concat(out, slices.Concat(run...)), nil
	}
	for i := lead; i < len(words); i++ {
		name, ok := t.option(words[i])
		pair := strings.HasSuffix(words[i], "=") // as sc.exe has them: start= auto
		if !ok && !pair {
			flush()
			out = append(out, words[i])
			continue
		}
		group := words[i : i+1]
		if i+1 < len(words) && (pair || t.takesNext(name)) {
			if _, next := t.option(words[i+1]); !next {
				i++
				group = words[i-1 : i+1]
			}
		}
		run = append(run, group)
	}
	flush()
	return out
}
