package reenact

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/ringer-lab/ringer/emulation/effect"
)

// What recordings hold and an asset cannot: it is written as near to it as can
// be, so that a detail which no rule may read does not cost the recording. A
// rule that does read it is asked about what came of it, as about anything else.

// normalizedPath is a path as an asset can have it: another spelling of the same place
// where it is written with slashes or with a step upwards.
func normalizedPath(text string) string {
	if len(text) > 2 && text[1:3] == ":/" && !strings.Contains(text, `\`) {
		text = strings.ReplaceAll(text, "/", `\`)
	}
	names := strings.Split(text, `\`)
	for i := slices.Index(names, ".."); i > 1; i = slices.Index(names, "..") {
		names = slices.Delete(names, i-1, i+1)
	}
	return replaceControls(strings.Join(names, `\`))
}

// validPath is a path, or nothing where it names no place: what Sysmon writes of a
// process that it does not know.
func validPath(text string) string {
	if text = normalizedPath(text); effect.CheckPath(effect.Windows, text) != nil {
		return ""
	}
	return text
}

// registryKey is a registry path without an end that names nothing.
func registryKey(text string) string { return strings.TrimRight(replaceControls(text), `\`) }

// replaceControls is a text without what no line can hold.
func replaceControls(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, text)
}

// untilNUL is a text as far as a process can be given it.
func untilNUL(text string) string {
	text, _, _ = strings.Cut(text, "\x00")
	return text
}

// atMost is the beginning of a text, cut between two characters.
func atMost(text string, bytes int) string {
	if len(text) <= bytes {
		return text
	}
	for bytes > 0 && !utf8.RuneStart(text[bytes]) {
		bytes--
	}
	return text[:bytes]
}

// What a step's texts may be long.
const (
	longestCommand = 100_000
	longestValue   = 32_768
	longestLine    = 256
)
