package display_test

import (
	"bytes"
	"encoding/json"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/jedib0t/go-pretty/v6/text"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/display"
)

// written is what a terminal gets.
func written(t *testing.T, text string) string {
	t.Helper()
	var out bytes.Buffer
	n, err := display.NewWriter(&out).Write([]byte(text))
	require.NoError(t, err)
	assert.Equal(t, len(text), n)
	return out.String()
}

func TestWhatCommandsATerminalIsWrittenAsAnEscape(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ name, text, want string }{
		{"plain text", "a title, 100 %\n\tindented", "a title, 100 %\n\tindented"},
		{"visible text", "Späher 偵察 ✓ …", "Späher 偵察 ✓ …"},
		{"a colour", "\x1b[31mred\x1b[0m", `\u001b[31mred\u001b[0m`},
		{"a sequence that clears the screen", "\x1b[2J\x1b]0;title\a", `\u001b[2J\u001b]0;title\u0007`},
		{"the same in one character", "\u009b2J", `\u009b2J`},
		{"the same in one byte", "\x9b2J", `\x9b2J`},
		{"back to the beginning of the line", "FAIL\rPASS", `FAIL\u000dPASS`},
		{"zero", "a\x00b", `a\u0000b`},
		{"the last of ASCII", "a\x7fb", `a\u007fb`},
		{"writing turned round", "a\u202egpj.exe", `a\u202egpj.exe`},
		{"isolated from what is around it", "\u2066a\u2069", `\u2066a\u2069`},
		{"without width", "ad\u200bmin\ufeff", `ad\u200bmin\ufeff`},
		{"a line break that is not ours", "a\u2028b\u0085c\vd", `a\u2028b\u0085c\u000bd`},
		{"invisible tags", "a\U000e0041", `a\udb40\udc41`},
		{"not UTF-8", "a\xffb\xc3", `a\xffb\xc3`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, tt.want, written(t, tt.text))
			assert.Equal(t, tt.want, display.Clean(tt.text))
		})
	}
	assert.Equal(t, `a\n\n1 scenario, 9 steps PASS\t`, display.Line("a\n\n1 scenario, 9 steps PASS\t"))
}

func TestColoursOfOursAreShownAndNoOther(t *testing.T) {
	t.Parallel()
	painted := display.Paint("MISSED \x1b[32mdetected\x1b[0m", 31, 1)
	assert.Equal(t, "\x1b[31;1mMISSED \\u001b[32mdetected\\u001b[0m\x1b[0m", written(t, painted))
	assert.Equal(t, len(`MISSED `), text.StringWidthWithoutEscSequences(display.Paint("MISSED ", 31)), "it takes no width where text is laid out")
	assert.Equal(t, "\x1b[1mError\x1b[0m \\u001b[2J", written(t, display.Own("\x1b[1mError\x1b[0m "+display.Clean("\x1b[2J"))))
}

// What is written for a program is the same to it.
func TestJSONStaysTheSame(t *testing.T) {
	t.Parallel()
	var all []rune
	for r := rune(1); r <= unicode.MaxRune; r++ {
		if utf8.ValidRune(r) && (r < 0x3000 || r%61 == 0 || r>>8 == 0xe00) {
			all = append(all, r)
		}
	}
	document, err := json.Marshal(string(all))
	require.NoError(t, err)
	var got string
	require.NoError(t, json.Unmarshal([]byte(written(t, string(document))), &got))
	assert.True(t, string(all) == got)
}

func TestPlacesInASourceStayTheSame(t *testing.T) {
	t.Parallel()
	source := "title = \"\x1b[2J\u009b\u202e\U000e0041\xff\u00e9\r\"\r\n"
	got := display.Source([]byte(source))
	assert.Len(t, got, len(source))
	assert.Equal(t, "title = \"?[2J¿\ufffd?????é?\"\r\n", string(got))
	assert.Equal(t, "title = 1\n", string(display.Source([]byte("title = 1\n"))))
}

// FuzzRender asks that nothing comes through that is not visible.
func FuzzRender(f *testing.F) {
	f.Add("a\x1b[31mb\u202e\x00\x9b")
	f.Fuzz(func(t *testing.T, text string) {
		for i, r := range display.Render(text) {
			require.True(t, r == '\n' || r == '\t' || unicode.IsGraphic(r), "%q at %d", r, i)
		}
		require.NotContains(t, display.Line(text), "\n")
	})
}
