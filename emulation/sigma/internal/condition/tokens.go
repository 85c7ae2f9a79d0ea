package condition

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/ringer-lab/ringer/emulation/sigma/internal/yamldoc"
)

// NameChars are the characters that a name in a condition may have.
const NameChars = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-"

// tokenise cuts a condition into words, brackets being words too.
func (c *parser) tokenise(text string) *yamldoc.Error {
	for i := 0; i < len(text); {
		switch ch := text[i]; {
		case ch == ' ' || ch == '\t' || ch == '\n' || ch == '\r':
			i++
		case ch == '(' || ch == ')':
			c.words, c.offsets = append(c.words, text[i:i+1]), append(c.offsets, i)
			i++
		case ch == '|':
			err := c.errorAt(i, "Aggregation in the condition", "%q: Sigma 2 removed aggregations such as \"| count()\" and \"| near\"; use a correlation rule", strings.TrimSpace(text[i:min(len(text), i+30)]))
			err.Section = "Correlation: Expression of Relationships In The Condition of Sigma Rules"
			return err
		case ch == '*' || strings.IndexByte(NameChars, ch) >= 0:
			end := i
			for end < len(text) && (text[end] == '*' || strings.IndexByte(NameChars, text[end]) >= 0) {
				end++
			}
			c.words, c.offsets = append(c.words, text[i:end]), append(c.offsets, i)
			i = end
		default:
			return c.errorAt(i, "Unexpected character", "%q is not allowed in a condition", []rune(text[i:])[0])
		}
	}
	return nil
}

// errorAt is a fault at a place of the condition's text. Only a plain text on one
// line lets the column be told; of others it is where the text begins.
func (c *parser) errorAt(at int, summary, format string, args ...any) *yamldoc.Error {
	col := c.at.Col
	if col > 0 && !c.at.Quoted && !strings.Contains(c.at.Text, "\n") {
		col += utf8.RuneCountInString(c.at.Text[:at])
	}
	return &yamldoc.Error{Line: c.at.Line, Col: col, Summary: summary, Detail: fmt.Sprintf(format, args...), Section: "Rules: Condition"}
}
