package report_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"

	"github.com/ringer-lab/ringer/emulation/report"
)

func TestAPageIsLaidOutForItsTerminal(t *testing.T) {
	t.Parallel()
	page := report.Page{Title: "owa_web_shell_drop", Lead: "the worker leaves an inert page in a folder that it serves, and nothing else at all"}
	page.Add("source", "Cybereason, DeadRinger, 2021 (cluster C: backdoor on Exchange and IIS servers); the page's name is ours.")
	page.Add("nothing", "")
	page.AddArgument("folder", "string", "the folder the page goes to; one of owa_auth, owa; default owa_auth, which is what was reported")
	golden(t, "page.golden", report.FormatPage(page, 80))

	narrow := report.FormatPage(page, 40)
	for line := range strings.Lines(narrow) {
		assert.LessOrEqual(t, utf8.RuneCountInString(strings.TrimRight(line, "\n")), 40, line)
	}
	assert.Equal(t, strings.Fields(report.FormatPage(page, 400)), strings.Fields(narrow), "nothing is lost")
}

func TestAWordIsBrokenOnlyWhereNoLineHoldsIt(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("x", 41)
	for _, test := range []struct{ name, words, want string }{
		{"a word that the next line holds", strings.Repeat("a", 16) + " " + long[:36] + " b", strings.Repeat("a", 16) + "\n" + long[:36] + " b\n"},
		{"a word one longer than a line", long, long[:40] + "\nx\n"},
		{"a word one longer than a line, and one more", long + " b", long[:40] + "\nx b\n"},
		{"a word longer than a line beside a short one", "is " + long, "is " + long[:37] + "\nxxxx\n"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, test.want, report.Style{Width: 40}.Beside("", test.words))
		})
	}
}
