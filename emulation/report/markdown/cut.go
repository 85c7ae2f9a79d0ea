package markdown

import "unicode/utf8"

// cut shortens to so many characters.
func cut(words string, most int) string {
	if utf8.RuneCountInString(words) <= most {
		return words
	}
	return string([]rune(words)[:most-1]) + "…"
}
