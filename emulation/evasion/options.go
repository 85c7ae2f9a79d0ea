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
