package reenact

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/ringer-lab/ringer/emulation/effect"
)

// Recordings have values that an asset cannot have. They are written as nearly as
// possible, so that a detail which no rule reads does not exclude the recording.

// normalizedPath returns a path as an asset can have it: the same place without
// slashes and without steps upwards.
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

// validPath returns a path, or "" if it is not one, as Sysmon writes for an unknown
// process.
func validPath(text string) string {
	if text = normalizedPath(text); effect.CheckPath(effect.Windows, text) != nil {
		return ""
	}
	return text
}

// registryKey returns a registry path without trailing backslashes.
func registryKey(text string) string { return strings.TrimRight(replaceControls(text), `\`) }

// replaceControls returns a text with blanks for control characters.
func replaceControls(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, text)
}

// untilNUL returns a text up to its first NUL, as a process would receive it.
func untilNUL(text string) string {
	text, _, _ = strings.Cut(text, "\x00")
	return text
}

// atMost returns the beginning of a text in whole characters.
func atMost(text string, bytes int) string {
	if len(text) <= bytes {
		return text
	}
	for bytes > 0 && !utf8.RuneStart(text[bytes]) {
		bytes--
	}
	return text[:bytes]
}

// The largest lengths of a step's texts, in bytes.
const (
	longestCommand = 100_000
	longestValue   = 32_768
	longestLine    = 256
)
