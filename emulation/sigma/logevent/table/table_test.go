package table

import (
	"bufio"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/sigma/logevent"
	"github.com/ringer-lab/ringer/emulation/sigma/logevent/cut"
	"github.com/ringer-lab/ringer/emulation/sigma/logevent/record"
)

// rows are the records of a table, and what was wrong.
func rows(t testing.TB, text string) (all []any, failed []error) {
	c, parser := NewCutter(cut.NewLines(bufio.NewReader(strings.NewReader(text)), 1<<16)), &record.Parser{}
	for {
		p, err := c.Next()
		if errors.Is(err, io.EOF) {
			return all, failed
		}
		if bad, ok := errors.AsType[*logevent.LineError](err); ok {
			failed = append(failed, bad)
			continue
		}
		require.NoError(t, err)
		v, err := p.Of.(*Head).Row(parser, string(p.Text))
		if err != nil {
			failed = append(failed, err)
			continue
		}
		all = append(all, v.Any())
	}
}

func TestTables(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		text   string
		want   []any
		failed int
	}{
		"CSV": {"\"a b\",c,d\r\n1,\"x, \"\"y\"\"\nz\",\r\n2\r\n", []any{
			map[string]any{"a b": "1", "c": "x, \"y\"\nz", "d": ""}, map[string]any{"a b": "2"}}, 0},
		"semicolons":           {"a;b;c\n1;2,5;3\n", []any{map[string]any{"a": "1", "b": "2,5", "c": "3"}}, 0},
		"too many values":      {"a,b\n1,2,3\n4,5\n", []any{map[string]any{"a": "4", "b": "5"}}, 1},
		"a quote left open":    {"a,b\n1,\"2\n", nil, 1},
		"Zeek":                 {"#separator \\x09\n#set_separator\t,\n#empty_field\t(empty)\n#unset_field\t-\n#path\tdns\n#fields\tts\tquery\tanswers\tz\n#types\ttime\tstring\tvector[string]\tstring\n1.5\t-\ta,b\t(empty)\n#close\tx\n", []any{map[string]any{"_path": "dns", "ts": "1.5", "answers": []any{"a", "b"}, "z": ""}}, 0},
		"two logs of Zeek":     {"#separator \\x09\n#path\ta\n#fields\tx\n1\n#separator \\x09\n#path\tb\n#fields\ty\n2\n", []any{map[string]any{"_path": "a", "x": "1"}, map[string]any{"_path": "b", "y": "2"}}, 0},
		"the format of W3C":    {"#Software: IIS\n#Fields: date time cs-method\n2024-01-01 08:00:00 GET\n", []any{map[string]any{"date": "2024-01-01", "time": "08:00:00", "cs-method": "GET"}}, 0},
		"only a head":          {"a,b,c\n", nil, 0},
		"directives of naught": {"#x\n#\n", nil, 0},
	} {
		all, failed := rows(t, c.text)
		assert.Equal(t, c.want, all, name)
		assert.Len(t, failed, c.failed, name)
	}
	assert.True(t, IsHead("a,b,c", "1,2,3"))
	assert.False(t, IsHead("a,b,c", "1,2"))
	assert.False(t, IsHead("hello, world", ""))
	assert.False(t, IsHead(`{"a":1,"b":2,"c":3}`, ""))
}

// FuzzTable holds: whatever the table, reading it ends, and there are no more records
// than lines.
func FuzzTable(f *testing.F) {
	f.Add("a,b\n\"1\",2\n")
	f.Add("#separator \\x09\n#fields\ta\tb\n1\t2\n")
	f.Fuzz(func(t *testing.T, text string) {
		all, failed := rows(t, text)
		require.LessOrEqual(t, len(all)+len(failed), strings.Count(text, "\n")+1)
	})
}
