package exercise

import (
	"fmt"
	"unicode"
	"unicode/utf8"
)

// The bounds of what people may hand in, in bytes where it is text.
const (
	MaxName   = 80        // of a team, a member, a host or an actor
	MaxID     = 128       // of an event, a key, an objective or a token's hash
	MaxNote   = 4000      // beside a finding, or broadcast
	MaxRule   = 32 * 1024 // of a Sigma rule
	MaxEvents = 64        // of a finding
	MaxBought = 64        // of what a team buys
)

// CheckText returns an error that names the field if a text is longer than that many
// bytes, is not UTF-8, or has a control character, a mark that changes the direction of
// writing, or, unless lines is set, a line break. Tabs and line breaks are allowed in
// lines.
func CheckText(field, text string, most int, lines bool) error {
	if len(text) > most {
		return fmt.Errorf("%s has %d bytes; at most %d are allowed", field, len(text), most)
	}
	if !utf8.ValidString(text) {
		return fmt.Errorf("%s must be UTF-8", field)
	}
	for _, r := range text {
		allowed := lines && (r == '\n' || r == '\r' || r == '\t')
		if !allowed && (unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) || r == '\u2028' || r == '\u2029') {
			return fmt.Errorf("%s must not have the character %U", field, r)
		}
	}
	return nil
}
