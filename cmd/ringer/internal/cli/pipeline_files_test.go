package cli

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// ringerCall is a call of ringer, and optionsLine a line that puts options of one together.
var (
	ringerCall  = regexp.MustCompile(`\bringer (run|report|images)\b`)
	optionsLine = regexp.MustCompile(`\b(options|before)\+?=\(|\bset -- `)
	longFlag    = regexp.MustCompile(`(?:^|[\s(])--([a-z][a-z-]*)`)
)

// What the pipelines that ringer brings along say must be what this ringer takes.
func TestEveryFlagOfThePipelinesExists(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, file := range []string{"../../../../.github/actions/ringer/action.yml", "../../../../.gitlab/ringer.gitlab-ci.yml"} {
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		for line := range strings.SplitSeq(string(text), "\n") {
			line, _, _ = strings.Cut(line, " #")
			command := ""
			switch call, options := ringerCall.FindStringSubmatch(line), optionsLine.FindStringSubmatch(line); {
			case call != nil:
				command = call[1]
			case options != nil && options[1] == "before":
				command = "report"
			case options != nil:
				command = "run"
			default:
				continue
			}
			cmd, _, err := newRoot(&State{Env: func(string) string { return "" }}).Find([]string{command})
			require.NoError(t, err)
			for _, flag := range longFlag.FindAllStringSubmatch(line, -1) {
				seen[command+" --"+flag[1]] = true
				assert.NotNil(t, cmd.Flags().Lookup(flag[1]), "%s: %s has no --%s", file, command, flag[1])
			}
		}
	}
	for _, wanted := range []string{"run --rules", "run --no-default-rules", "run --gate", "run --record", "run --junit", "run --baseline", "run --ci", "report --format", "report --out", "report --before"} {
		assert.True(t, seen[wanted], wanted)
	}
}
