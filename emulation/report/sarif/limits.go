package sarif

import "unicode/utf8"

// The limits of code scanning that a run could reach. Of more results than are
// taken the last are left out: they come worst first.
const (
	maxResults     = 25_000
	maxTags        = 10   // of a rule, those that are shown
	maxDescription = 1024 // characters of a rule's descriptions
	maxFlow        = 100  // places of an explanation: more than anyone reads
)

// cut shortens a text to so many characters.
func cut(text string, most int) string {
	if utf8.RuneCountInString(text) <= most {
		return text
	}
	return string([]rune(text)[:most-1]) + "…"
}
