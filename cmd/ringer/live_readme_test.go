package main

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// What the README shows of a command is what it says: every line of the block
// but for times, and the dots where lines are left out.
func TestLiveTheReadmeShowsWhatIsSaid(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("../../README.md")
	require.NoError(t, err)
	// A longer time stands further left, or has gone to the next line, or its
	// unit has.
	took := regexp.MustCompile(`\s+\d+\.\d+\s+s`)
	for _, tt := range []struct{ name, args string }{
		{"a run", "run naikon"},
		{"a comparison", "compare overlap"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			out := ringer(t, strings.Fields(tt.args)...)
			require.Equal(t, 0, out.code, out.stderr.String())
			said := took.ReplaceAllString(out.stdout.String()+out.stderr.String(), " N s")
			_, after, _ := strings.Cut(string(text), "bin/ringer "+tt.args)
			if !strings.HasPrefix(after, "\n") { // named in a sentence, shown below it
				_, after, _ = strings.Cut(after, "```\n")
			}
			block, _, _ := strings.Cut(after, "```")
			require.NotEmpty(t, strings.TrimSpace(block))
			for line := range strings.Lines(took.ReplaceAllString(block, " N s")) {
				if line = strings.TrimSpace(line); line != "…" {
					assert.Contains(t, said, line)
				}
			}
		})
	}
}
