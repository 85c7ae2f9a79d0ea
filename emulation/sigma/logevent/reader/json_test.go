package reader_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/sigma/logevent"
	"github.com/ringer-lab/ringer/emulation/sigma/logevent/reader"
)

// allocated is the memory f takes from the heap in all, freed or not.
func allocated(f func()) uint64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	f()
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
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
	grown := allocated(func() { got = decodeAll(reader.New(in, reader.Options{})) })
	assert.Equal(t, []string{"before", "line 2", "after"}, got)
	assert.Less(t, grown, uint64(200<<20))
}

func TestRecordOverManyLinesIsBoundedToo(t *testing.T) {
	t.Parallel()
	in := io.MultiReader(
		strings.NewReader("{\"A\":\"before\"}\n{\"A\":[\n"),
		&repeated{"1,\n", 3 << 20},
		strings.NewReader("2]}\n{\"A\":\"after\"}\n"))
	d := reader.New(in, reader.Options{MaxRecord: 1 << 20})
	assert.Equal(t, []string{"before", "line 2", "after"}, decodeAll(d))
}

// decodeAll gives field A of each event, and "line N" for what was skipped.
func decodeAll(d *reader.Reader) []string {
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
			assert.Equal(t, c.want, decodeAll(reader.New(strings.NewReader(c.src), reader.Options{})))
		})
	}
}

func TestReaderThatFailsIsToldFromBadRecords(t *testing.T) {
	t.Parallel()
	broken := errors.New("disk on fire")
	d := reader.New(io.MultiReader(strings.NewReader("{\"A\":1}\n"), errorReader{broken}), reader.Options{})
	_, err := d.Next()
	require.NoError(t, err)
	_, err = d.Next()
	assert.ErrorIs(t, err, broken)
}

type errorReader struct{ err error }

func (r errorReader) Read([]byte) (int, error) { return 0, r.err }

// FuzzDecoder holds: reading ends, a record with valid JSON on a line of its own
// comes through whatever stood before, and equal bytes give equal events.
func FuzzDecoder(f *testing.F) {
	for _, s := range []string{"{}", "{\"A\":1}\n", "[{},{}]", "{\"A\":", "\xff", "{\"Event\":{\"System\":{\"EventID\":1,\"Channel\":\"Security\"},\"EventData\":{\"Data\":[{\"@Name\":\"a\",\"#text\":1}]}}}", "[", "]", "{\"A\":\"\n", "\xfe\xff", "\xff\xfe{\x00}\x00"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		in := append(append(bytes.Clone(src), "\n"...), "{\"marker\":\"last\"}\n"...)
		var last *logevent.Event
		d := reader.New(bytes.NewReader(in), reader.Options{MaxRecord: 1 << 16})
		for range len(in) + 2 {
			ev, err := d.Next()
			var bad *logevent.LineError
			switch {
			case errors.Is(err, io.EOF):
				if !inText(src) && !inUTF16(src) {
					require.NotNil(t, last)
					require.Equal(t, "last", last.Fields["marker"])
				}
				return
			case errors.As(err, &bad):
				require.Positive(t, bad.Line)
			case errors.As(err, new(*reader.FormatError)):
				require.True(t, inUTF16(src))
				return
			default:
				require.NoError(t, err)
				require.NotNil(t, ev.Fields)
				last = ev
			}
		}
		t.Fatal("it does not end")
	})
}

// inUTF16 says that a byte order mark makes all of the input another encoding.
func inUTF16(src []byte) bool {
	return bytes.HasPrefix(src, []byte("\xff\xfe")) || bytes.HasPrefix(src, []byte("\xfe\xff"))
}

// inText says that the bytes leave something open of which a further object may
// be a part, as a key's value.
func inText(src []byte) bool { return bytes.ContainsAny(src, "{[") }
