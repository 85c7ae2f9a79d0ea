package sigma

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/ringer-lab/ringer/emulation/sigma/internal/yamldoc"
	"github.com/ringer-lab/ringer/emulation/sigma/logevent"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
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

// repeated is a reader that gives the same bytes again and again without
// holding them.
type repeated struct {
	text string
	left int
}

func (r *repeated) Read(p []byte) (int, error) {
	if r.left == 0 {
		return 0, io.EOF
	}
	n := min(len(p), r.left)
	for i := 0; i < n; {
		i += copy(p[i:n], r.text)
	}
	r.left -= n
	return n, nil
}

func TestLineOf200MBIsSkippedInLittleMemory(t *testing.T) {
	in := io.MultiReader(
		strings.NewReader("{\"A\":\"before\"}\n{\"A\":\""),
		&repeated{strings.Repeat("x", 4096), 200 << 20},
		strings.NewReader("\"}\n{\"A\":\"after\"}\n"))
	var got []string
	grown := allocated(func() { got = decodeAll(logevent.NewDecoder(in)) })
	assert.Equal(t, []string{"before", "line 2", "after"}, got)
	assert.Less(t, grown, uint64(200<<20))
}

func TestRecordOverManyLinesIsBoundedToo(t *testing.T) {
	t.Parallel()
	in := io.MultiReader(
		strings.NewReader("{\"A\":\"before\"}\n{\"A\":[\n"),
		&repeated{"1,\n", 3 << 20},
		strings.NewReader("2]}\n{\"A\":\"after\"}\n"))
	d := logevent.NewDecoder(in)
	d.MaxRecord(1 << 20)
	assert.Equal(t, []string{"before", "line 2", "after"}, decodeAll(d))
}

// decodeAll gives field A of each event, and "line N" for what was skipped.
func decodeAll(d *logevent.Decoder) []string {
	var out []string
	for {
		ev, err := d.Next()
		var bad *logevent.LineError
		switch {
		case errors.Is(err, io.EOF):
			return out
		case errors.As(err, &bad):
			out = append(out, fmt.Sprintf("line %d", bad.Line))
		case err != nil:
			return append(out, err.Error())
		default:
			out = append(out, fmt.Sprint(ev.Fields["A"]))
		}
	}
}

func TestHostileEvents(t *testing.T) {
	t.Parallel()
	good := "{\"A\":\"good\"}\n"
	for name, c := range map[string]struct {
		src  string
		want []string
	}{
		"invalid UTF-8":           {"{\"A\":\"\xff\xfe\"}\n" + good, []string{"line 1", "good"}},
		"deep lists":              {"{\"A\":" + strings.Repeat("[", 100_000) + strings.Repeat("]", 100_000) + "}\n" + good, []string{"line 1", "good"}},
		"deep maps":               {strings.Repeat("{\"A\":", 100_000) + "1" + strings.Repeat("}", 100_000) + "\n" + good, []string{"line 1", "good"}},
		"deep without end":        {good + "{\"A\":" + strings.Repeat("[", 100_000), []string{"good", "line 2"}},
		"cut off":                 {"{\"A\":\"x\n" + good, []string{"line 1", "good"}},
		"cut off between":         {"{\"A\":\"x\",\n" + good, []string{"line 1", "good"}},
		"cut off after a key":     {"{\"A\":\n" + good + good, []string{"line 1", "good", "good"}},
		"records in a list":       {"{\"A\":[\n{\"B\":1},\n{\"B\":2}\n]}\n" + good, []string{"[map[B:1] map[B:2]]", "good"}},
		"cut off at the end":      {good + "{\"A\":", []string{"good", "line 2"}},
		"no object":               {"5\n\"x\"\nnull\n" + good, []string{"line 1", "line 2", "line 3", "good"}},
		"words":                   {"not json at all\n" + good, []string{"line 1", "good"}},
		"a comma too many":        {"{\"A\":1,}\n" + good, []string{"line 1", "good"}},
		"something after":         {"{\"A\":1} trailing\n" + good, []string{"1", "line 1", "good"}},
		"brackets mixed":          {"{\"A\":[1}]\n" + good, []string{"line 1", "good"}},
		"null bytes":              {"\x00\x00\x00\n" + good, []string{"line 1", "good"}},
		"empty":                   {"", nil},
		"blank lines":             {"\n\n  \n" + good + "\n", []string{"good"}},
		"array":                   {"[{\"A\":1},\n{\"A\":2}]\n", []string{"1", "2"}},
		"array without end":       {"[{\"A\":1},", []string{"1", "line 1"}},
		"array with a bad member": {"[{\"A\":1},\n7,\n{\"A\":2}]\n", []string{"1", "line 2", "2"}},
		"one after another":       {"{\"A\":1}{\"A\":2} {\"A\":\n3}", []string{"1", "2", "3"}},
		"over many lines":         {"{\n  \"A\": {\n    \"B\": 1\n  }\n}\n" + good, []string{"map[B:1]", "good"}},
		"byte order mark":         {"\xef\xbb\xbf" + good, []string{"good"}},
		"carriage returns":        {"{\"A\":1}\r\n{\"A\":2}\r\n", []string{"1", "2"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, c.want, decodeAll(logevent.NewDecoder(strings.NewReader(c.src))))
		})
	}
}

func TestReaderThatFailsIsToldFromBadRecords(t *testing.T) {
	t.Parallel()
	broken := errors.New("disk on fire")
	d := logevent.NewDecoder(io.MultiReader(strings.NewReader("{\"A\":1}\n"), errorReader{broken}))
	_, err := d.Next()
	require.NoError(t, err)
	_, err = d.Next()
	assert.ErrorIs(t, err, broken)
}

type errorReader struct{ err error }

func (r errorReader) Read([]byte) (int, error) { return 0, r.err }
