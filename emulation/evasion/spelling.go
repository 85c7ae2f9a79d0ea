package evasion

import (
	"strings"
	"unicode"

	"github.com/ringer-lab/ringer/emulation/effect"
)

// Windows finds programs and files in any case, and most of its tools take
// their options so.
var (
	upperCase = letterCase("upper_case", "program, paths and options are typed in upper case", strings.ToUpper)
	lowerCase = letterCase("lower_case", "program, paths and options are typed in lower case", strings.ToLower)
	mixedCase = letterCase("mixed_case", "program, paths and options are typed in mixed case", alternateCase)
)

func letterCase(name, summary string, of func(string) string) Mutation {
	return commandLineMutation(name, summary, effect.Windows, func(p effect.Process) effect.Process {
		known, _ := toolOf(p)
		words := wordsOf(p, effect.Windows)
		for i, word := range words {
			_, option := known.option(word)
			if i == 0 || isPath(word) || known.caseInsensitive && (option || i <= known.leadingWords) {
				words[i] = of(word)
			}
		}
		return withWords(p, effect.Windows, words)
	})
}

func isPath(word string) bool {
	word = strings.TrimLeft(word, `"`)
	return len(word) > 2 && word[1:3] == `:\`
}

// alternateCase has every other letter in upper case.
func alternateCase(text string) string {
	upper := true
	return strings.Map(func(r rune) rune {
		if !unicode.IsLetter(r) {
			return r
		}
		upper = !upper
		if upper {
			return unicode.ToUpper(r)
		}
		return unicode.ToLower(r)
	}, text)
}

// extraQuotes puts quotes where they change nothing: around the program, and an
// empty pair inside a word, which Windows' way of splitting a line takes out.
var extraQuotes = commandLineMutation("extra_quotes", "quotes are added where they change nothing", effect.Windows,
	func(p effect.Process) effect.Process {
		known, _ := toolOf(p)
		words := wordsOf(p, effect.Windows)
		if !strings.Contains(words[0], `"`) {
			words[0] = `"` + words[0] + `"`
		}
		for i, word := range words {
			if i > 0 && known.dropsEmptyQuotes && len(word) > 3 && !strings.Contains(word, `"`) {
				words[i] = word[:len(word)/2] + `""` + word[len(word)/2:]
			}
		}
		return withWords(p, effect.Windows, words)
	})

// extraBlanks parts the words of a line by two blanks. On Linux a program never
// gets to see the blanks it was typed with.
var extraBlanks = commandLineMutation("extra_blanks", "words are separated by two blanks", effect.Windows,
	func(p effect.Process) effect.Process {
		if words := wordsOf(p, effect.Windows); len(words) > 1 {
			p.Args = []string{strings.Join(words, "  ")}
		}
		return p
	})
