package cli

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ringer-lab/ringer/emulation/report"
)

// An item of the library is shown under its name, and says that the language has a word
// of the same name.
func TestAnItemNamesTheWordOfTheSameName(t *testing.T) {
	t.Parallel()
	page := report.Page{Title: "title"}
	addWord(&page, "title")
	assert.Equal(t, [][2]string{{"language", "title is also a word of the language (function, attribute): ringer show language title"}}, page.Facts)

	other := report.Page{Title: "web"}
	addWord(&other, "web")
	assert.Empty(t, other.Facts)
}

// `show language` is the manual, so nothing else may have that name.
func TestNoItemIsCalledLanguage(t *testing.T) {
	t.Parallel()
	_, _, found := libraryPage("language")
	assert.False(t, found)
}
