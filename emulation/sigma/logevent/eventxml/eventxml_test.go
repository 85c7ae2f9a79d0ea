package eventxml

import (
	"bufio"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/sigma/logevent"
	"github.com/ringer-lab/ringer/emulation/sigma/logevent/record"
)

// cutAll is the text of each event, and what was wrong in between.
func cutAll(t *testing.T, text string, limit int) []string {
	t.Helper()
	c := NewCutter(bufio.NewReaderSize(strings.NewReader(text), 16), limit)
	var all []string
	for {
		p, err := c.Next()
		if errors.Is(err, io.EOF) {
			return all
		}
		if bad, ok := errors.AsType[*logevent.LineError](err); ok {
			all = append(all, bad.Error())
			continue
		}
		require.NoError(t, err)
		all = append(all, string(p.Text))
	}
}

func TestEventsAreCutOutOfWhateverIsAroundThem(t *testing.T) {
	t.Parallel()
	const a, b = "<Event><A>1 > 0</A></Event>", "<Event xmlns='x'>\n<B/></Event>"
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"a line each", a + "\n" + b + "\n", []string{a, b}},
		{"one element around", "<?xml version='1.0'?>\n<Events>" + a + b + "</Events>", []string{a, b}},
		{"text between", "x" + a + "y" + b, []string{a, b}},
		{"names that begin so", "<EventData/><Events/>" + a, []string{a}},
		{"cut off", "<Event><A>\n" + a, []string{"line 1: the event is incomplete", a}},
		{"cut off at the end", a + "\n<Event><A>", []string{a, "line 2: the event is incomplete"}},
		{"too long", "<Event>" + strings.Repeat("<A/>", 100) + "</Event>\n" + a, []string{"line 1: the event is longer than 99 bytes", a}},
		{"nothing", "<a/>", nil},
	} {
		assert.Equal(t, c.want, cutAll(t, c.text, 99), c.name)
	}
}

func TestParse(t *testing.T) {
	t.Parallel()
	v, err := Parse(&record.Parser{}, []byte(`<?xml version="1.0"?><!-- x --><a:Event xmlns:a='y'><S N="1 &lt; 2">t&#65;&amp;<![CDATA[<raw>]]></S><E/><T></T>`+
		`<Data Name="Image">x</Data><Data>1</Data><Data>2</Data><N><M>z</M></N></a:Event>`))
	require.NoError(t, err)
	assert.Equal(t, map[string]any{"Event": map[string]any{
		"#attributes": map[string]any{"a": "y"}, "S": map[string]any{"#attributes": map[string]any{"N": "1 < 2"}, "#text": "tA&<raw>"}, "E": nil, "T": "",
		"Image": "x", "Data": []any{"1", "2"}, "N": map[string]any{"M": "z"},
	}}, v.Any())
	for text, want := range map[string]string{
		"<a><b></a>": "b is closed as a", "<a>&b;</a>": "unknown entity", "<a>&b</a>": "an entity has no end", "<a": "incomplete", "": "no element",
		"<!DOCTYPE a><a/>": "a document type is declared", "<a b></a>": "expected an attribute", "<a b=c></a>": "in quotes", "<>": "expected the name",
		strings.Repeat("<a>", 100): "nested deeper", "<a>\xff</a>": "invalid UTF-8",
	} {
		_, err := Parse(&record.Parser{}, []byte(text))
		assert.ErrorContains(t, err, want, text)
	}
}

// FuzzParse holds: whatever the text, reading it ends, and no more comes out than went
// in.
func FuzzParse(f *testing.F) {
	f.Add("<Event xmlns='x'><System><Provider Name='a'/></System><EventData><Data Name='b'>&#x41;</Data></EventData></Event>")
	f.Fuzz(func(t *testing.T, text string) {
		v, err := Parse(&record.Parser{}, []byte(text))
		if err == nil {
			require.LessOrEqual(t, textLength(&v), len(text))
		}
	})
}

func textLength(v *record.Value) int {
	n := len(v.Text)
	for i := range v.Members {
		n += textLength(&v.Members[i].Value)
	}
	return n
}
