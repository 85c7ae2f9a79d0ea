package record

import (
	"bytes"
	"encoding/json"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestPaths(t *testing.T) {
	t.Parallel()
	v, err := new(Parser).JSON([]byte(`{"a": {"b": {"c": 1}, "b.d": "x"}, "a.b": {"e": true}, "n": null, "l": [1, "two", {"k": 3}]}`))
	require.NoError(t, err)
	assert.Equal(t, "1", v.Said("a.b.c"))
	assert.Equal(t, "x", v.Said("a.b.d"))
	assert.Equal(t, "true", v.Said("a.b.e"))
	assert.Nil(t, v.At("a.x"))
	assert.Nil(t, v.At("n.x"))
	assert.Equal(t, Null, v.At("n").Kind)
	assert.Equal(t, []any{json.Number("1"), "two", map[string]any{"k": json.Number("3")}}, v.At("l").Any())
	assert.Empty(t, (*Value)(nil).Scalar())
	v.Put("n", OfText("y"))
	v.Put("m", OfText("z"))
	assert.Equal(t, "yz", v.Said("n")+v.Said("m"))
}

// A parser that is used again leaves what it gave out before as it is, but for the
// members.
func TestTextsOutliveReset(t *testing.T) {
	t.Parallel()
	var p Parser
	first, err := p.JSON([]byte(`{"a": "one\n"}`))
	require.NoError(t, err)
	kept := first.Any()
	p.Reset()
	_, err = p.JSON([]byte(`{"b": "two"}`))
	require.NoError(t, err)
	assert.Equal(t, map[string]any{"a": "one\n"}, kept)
}

// FuzzJSON holds: what is read is what the standard library reads, and fails where that
// does or the text is not in UTF-8.
func FuzzJSON(f *testing.F) {
	for _, s := range []string{`{"a":[1,2.5e3,-0,true,null,"x\u00e9\ud83d\ude00\\\""]}`, `[[[]]]`, `{"a":1,"a":2}`, `"\ud800"`, `01`, ` {} `, `{}{}`} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		var p Parser
		v, err := p.JSON(text)
		in := json.NewDecoder(bytes.NewReader(text))
		in.UseNumber()
		var want any
		wrong := in.Decode(&want)
		if err != nil {
			return // more is refused: a further text
		}
		require.True(t, utf8.Valid(text))
		require.NoError(t, wrong)
		require.Equal(t, want, v.Any())
	})
}
