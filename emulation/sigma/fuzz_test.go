package sigma

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"testing"

	"github.com/ringer-lab/ringer/emulation/sigma/logevent"
	"github.com/stretchr/testify/require"
)

// FuzzParse holds: whatever the bytes, reading them ends; every problem lies in
// the file and says what and why; what is read can be compiled, linted, matched
// and explained.
func FuzzParse(f *testing.F) {
	for _, c := range readCases(f, ownCases) {
		if len(c.Rule) < 2000 {
			f.Add([]byte(c.Rule))
		}
	}
	ev := &logevent.Event{Fields: map[string]any{"A": "x", "B": []any{"1", nil}, "a": map[string]any{"b": json.Number("5")}}}
	f.Fuzz(func(t *testing.T, src []byte) {
		rules, problems := Parse("fuzz.yml", src)
		set, more := Compile(rules)
		problems = append(append(problems, more...), Lint(rules, nil)...)
		lines := bytes.Count(src, []byte("\n")) + bytes.Count(src, []byte("\r")) + 1
		for _, p := range problems {
			require.NotEmpty(t, p.Summary)
			require.NotEmpty(t, p.Section, p.String())
			require.LessOrEqual(t, p.Line, lines+1, p.String())
			require.Positive(t, p.Line, p.String())
		}
		x := set.NewSession()
		for range 3 {
			x.Feed(ev)
		}
		x.Close()
		for _, r := range set.Rules() {
			require.NotEmpty(t, set.Explain(r, ev).String())
		}
	})
}

// FuzzDecoder holds: reading ends, a record with valid JSON on a line of its own
// comes through whatever stood before, and equal bytes give equal events.
func FuzzDecoder(f *testing.F) {
	for _, s := range []string{"{}", "{\"A\":1}\n", "[{},{}]", "{\"A\":", "\xff", "{\"Event\":{\"System\":{\"EventID\":1,\"Channel\":\"Security\"},\"EventData\":{\"Data\":[{\"@Name\":\"a\",\"#text\":1}]}}}", "[", "]", "{\"A\":\"\n", "\xfe\xff", "\xff\xfe{\x00}\x00"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		in := append(append(bytes.Clone(src), "\n"...), "{\"marker\":\"last\"}\n"...)
		var last *logevent.Event
		d := logevent.NewDecoder(bytes.NewReader(in))
		d.MaxRecord(1 << 16)
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
