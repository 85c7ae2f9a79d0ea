package sigma

import (
	"bytes"
	"fmt"
	"runtime"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/sigma/internal/yamldoc"
	"github.com/ringer-lab/ringer/emulation/sigma/logevent"
)

const plainRule = "title: Plain\nlogsource:\n    product: linux\ndetection:\n    sel:\n        A: x\n    condition: sel\n"

// alone is one rule with its own detection lines.
func alone(i int, line string) string {
	return fmt.Sprintf("title: Rule %d\nlogsource:\n    product: linux\ndetection:\n    sel:\n        %s\n    condition: sel\n", i, line)
}

func TestOneBrokenRuleAmongAThousandIsNamed(t *testing.T) {
	t.Parallel()
	files := fstest.MapFS{}
	for i := range 1000 {
		files[fmt.Sprintf("rules/rule_%03d.yml", i)] = &fstest.MapFile{Data: []byte(alone(i, fmt.Sprintf("A: v%d", i)))}
	}
	files["rules/rule_500.yml"] = &fstest.MapFile{Data: []byte(alone(500, "A|re: '(unclosed'"))}
	rules, problems := LoadFS(files)
	require.Len(t, problems, 1)
	assert.Equal(t, "rules/rule_500.yml", problems[0].File)
	assert.Equal(t, 6, problems[0].Line)
	assert.Equal(t, "Invalid regular expression", problems[0].Summary)
	require.Len(t, rules, 999)
	set, problems := Compile(rules)
	require.Empty(t, problems)
	fired := set.Match(&logevent.Event{Fields: map[string]any{"A": "v999"}}, nil)
	require.Len(t, fired, 1)
	assert.Equal(t, "Rule 999", fired[0].Title)
}

// allocated is the memory f takes from the heap in all, freed or not.
func allocated(f func()) uint64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	f()
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}

// Each of these is one file that must cost an error, and little time or memory.
func TestHostileRules(t *testing.T) {
	bomb := "a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
	for i := range 9 {
		bomb += fmt.Sprintf("a%d: &a%d [%s]\n", i+1, i+1, strings.Repeat(fmt.Sprintf("*a%d, ", i), 9))
	}
	for name, c := range map[string]struct{ src, want string }{
		"alias bomb":               {bomb + plainRule, "Document too large"},
		"alias of itself":          {"a: &a [*a]\n" + plainRule, "Alias contains itself"},
		"nested lists":             {"a: " + strings.Repeat("[", 5000) + strings.Repeat("]", 5000) + "\n" + plainRule, "Document nested too deep"},
		"nested lists without end": {"a: " + strings.Repeat("[", 200_000), "Invalid YAML"},
		"nested maps":              {"a: " + strings.Repeat("{a: ", 5000) + strings.Repeat("}", 5000) + "\n" + plainRule, "Document nested too deep"},
		"nested blocks":            {nestedBlocks(500) + plainRule, "Document nested too deep"},
		"brackets in a condition":  {strings.Replace(plainRule, "condition: sel", "condition: "+strings.Repeat("(", 10_000)+"sel"+strings.Repeat(")", 10_000), 1), "Condition nested too deep"},
		"not in a condition":       {strings.Replace(plainRule, "condition: sel", "condition: "+strings.Repeat("not ", 10_000)+"sel", 1), "Condition nested too deep"},
		"mixed in a condition":     {strings.Replace(plainRule, "condition: sel", "condition: "+strings.Repeat("not (", 10_000)+"sel"+strings.Repeat(")", 10_000), 1), "Condition nested too deep"},
		"invalid UTF-8":            {strings.Replace(plainRule, "Plain", "Pl\xffin", 1), "Invalid UTF-8"},
		"a control character":      {strings.Replace(plainRule, "Plain", "Pl\x00in", 1), "Control character"},
		"a huge repetition":        {strings.Replace(plainRule, "A: x", "A|re: '(a{1000}){1000}'", 1), "Invalid regular expression"},
		"deep regular expression":  {strings.Replace(plainRule, "A: x", "A|re: '"+strings.Repeat("(", 5000)+strings.Repeat(")", 5000)+"'", 1), "Invalid regular expression"},
		"dashes to be encoded":     {strings.Replace(plainRule, "A: x", "A|windash|base64: '"+strings.Repeat(" -a", 40)+"'", 1), "Modifier cannot be applied"},
	} {
		t.Run(name, func(t *testing.T) {
			var rules []*Rule
			var problems []Problem
			start := time.Now()
			grown := allocated(func() { rules, problems = Parse("hostile.yml", []byte(c.src+"\n---\n"+plainRule)) })
			assert.Less(t, time.Since(start), 5*time.Second)
			assert.Less(t, grown, uint64(300<<20))
			require.NotEmpty(t, problems)
			assert.Equal(t, c.want, problems[0].Summary, problems[0].String())
			assert.Equal(t, Error, problems[0].Severity)
			assert.Positive(t, problems[0].Line)
			assert.NotEmpty(t, problems[0].Section)
			assert.LessOrEqual(t, len(problems[0].Detail), 2*maxDetail)
			if assert.Len(t, rules, 1, "the document after it stands") {
				assert.Equal(t, "Plain", rules[0].Title)
			}
		})
	}
}

func nestedBlocks(depth int) string {
	var b strings.Builder
	for i := range depth {
		b.WriteString(strings.Repeat(" ", i) + "a:\n")
	}
	return b.String() + strings.Repeat(" ", depth) + "x\n"
}

func TestFileTooLargeIsNotRead(t *testing.T) {
	t.Parallel()
	_, problems := Parse("big.yml", bytes.Repeat([]byte("#\n"), yamldoc.MaxFileSize))
	require.Len(t, problems, 1)
	assert.Equal(t, "File too large", problems[0].Summary)
}
