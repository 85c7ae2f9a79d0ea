package reader

import (
	"encoding/binary"
	"fmt"
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf16"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestEventsInUTF16(t *testing.T) {
	t.Parallel()
	var text strings.Builder
	for i := range 3000 {
		fmt.Fprintf(&text, "{\"A\": \"Zoë%d 😀😀\"}\r\n", i)
	}
	for name, order := range map[string]binary.AppendByteOrder{"little endian": binary.LittleEndian, "big endian": binary.BigEndian} {
		var src []byte
		for _, u := range utf16.Encode([]rune("\ufeff" + text.String())) {
			src = order.AppendUint16(src, u)
		}
		for _, whole := range []bool{true, false} {
			t.Run(fmt.Sprint(name, whole), func(t *testing.T) {
				t.Parallel()
				d := New(strings.NewReader(string(src)), Options{})
				if !whole {
					d = New(iotest.OneByteReader(strings.NewReader(string(src))), Options{})
				}
				for i := range 3000 {
					ev, err := d.Next()
					require.NoError(t, err)
					require.Equal(t, fmt.Sprintf("Zoë%d 😀😀", i), ev.Fields["A"])
				}
				_, err := d.Next()
				assert.Error(t, err)
			})
		}
	}
}

// Half a pair is a character nobody knows, not a reason to wait for ever.
func TestBrokenUTF16(t *testing.T) {
	t.Parallel()
	for _, tail := range []string{"\x3d\xd8", "\x3d\xd8\n", "\x3d", "\x00\xdc\x3d\xd8"} {
		events, skipped := All([]byte("\xff\xfe{\x00}\x00\n\x00" + tail))
		assert.Len(t, events, 1, "%q", tail)
		assert.LessOrEqual(t, len(skipped), 1, "%q", tail)
	}
}
