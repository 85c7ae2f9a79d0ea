package importer

import (
	"regexp"
	"strings"
	"sync"
)

// recipe says which commands a behaviour stands for, and what of its arguments they
// have.
type recipe struct {
	behaviour string
	platform  string
	// command matches the commands, in any case; the groups with names are read.
	command string
	// arguments reads the behaviour's arguments of what the command's groups matched, and
	// of the whole text.
	arguments func(found map[string]string, text string) map[string]any
}

var patterns sync.Map // of *regexp.Regexp, by text

func pattern(text string) *regexp.Regexp {
	if known, ok := patterns.Load(text); ok {
		return known.(*regexp.Regexp)
	}
	compiled := regexp.MustCompile("(?i)" + text)
	patterns.Store(text, compiled)
	return compiled
}

// match reports whether the recipe is for a command, and reads its arguments.
func (r recipe) match(text string) (arguments map[string]any, ok bool) {
	matched := pattern(r.command).FindStringSubmatch(text)
	if matched == nil {
		return nil, false
	}
	if r.arguments == nil {
		return nil, true
	}
	found := map[string]string{}
	for i, name := range pattern(r.command).SubexpNames() {
		if name != "" && matched[i] != "" {
			found[name] = unquoted(matched[i])
		}
	}
	return r.arguments(found, text), true
}

// unquoted is a word without the quotes around it.
func unquoted(text string) string {
	text = strings.TrimSpace(text)
	if len(text) >= 2 && (text[0] == '"' || text[0] == '\'') && text[len(text)-1] == text[0] {
		return text[1 : len(text)-1]
	}
	return text
}

// group returns the text of the pattern's first group; "" if it does not match.
func group(expression, text string) string {
	matched := pattern(expression).FindStringSubmatch(text)
	if len(matched) < 2 {
		return ""
	}
	return unquoted(matched[1])
}

// chosen returns the words of those whose pattern is in a text, in their order.
func chosen(text string, words ...[2]string) []string {
	var all []string
	for _, word := range words {
		if pattern(word[1]).MatchString(text) {
			all = append(all, word[0])
		}
	}
	return all
}

// listOf is an argument that is a list of the words found; none if nothing was.
func listOf(name string, words ...[2]string) func(map[string]string, string) map[string]any {
	return func(_ map[string]string, text string) map[string]any {
		if found := chosen(text, words...); len(found) > 0 {
			return map[string]any{name: found}
		}
		return nil
	}
}

// oneOf is an argument that is the first word found.
func oneOf(name string, words ...[2]string) func(map[string]string, string) map[string]any {
	return func(_ map[string]string, text string) map[string]any {
		if found := chosen(text, words...); len(found) > 0 {
			return map[string]any{name: found[0]}
		}
		return nil
	}
}

// named takes the groups of those names as arguments of the same name.
func named(found map[string]string, _ string) map[string]any {
	arguments := map[string]any{}
	for name, text := range found {
		arguments[name] = text
	}
	return arguments
}

// programIn is the name of the first program of Windows in a command line; "" if there is
// none.
func programIn(line string) string { return group(`([^\\/"'\s]+\.exe)\b`, line) }

// word is one word of a command line, or a quoted text.
const word = `("[^"\n]*"|'[^'\n]*'|[^\s"']+)`
