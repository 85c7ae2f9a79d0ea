package windows

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestAVectorOfOneIsTheCommandLineAsTyped(t *testing.T) {
	t.Parallel()
	typed := `sc create x binPath= "C:\Program Files\x.exe" start= auto`
	assert.Equal(t, typed, commandLine([]string{typed}))
}

func TestWindowsArgumentsSplitAsWindowsDoes(t *testing.T) {
	t.Parallel()
	// The first rows are Microsoft's own examples for CommandLineToArgvW.
	for _, tt := range []struct {
		name, line string
		want       []string
	}{
		{"quotes hold blanks", `x "a b c" d e`, []string{"x", "a b c", "d", "e"}},
		{"a backslash before a quote keeps it", `x "ab\"c" "\\" d`, []string{"x", `ab"c`, `\`, "d"}},
		{"other backslashes mean themselves", `x a\\\b d"e f"g h`, []string{"x", `a\\\b`, "de fg", "h"}},
		{"three backslashes and a quote", `x a\\\"b c d`, []string{"x", `a\"b`, "c", "d"}},
		{"four backslashes and a quote", `x a\\\\"b c" d e`, []string{"x", `a\\b c`, "d", "e"}},
		{"a doubled quote inside quotes is one", `x "a""b" c`, []string{"x", `a"b`, "c"}},
		{"the program's name knows no escapes", `"C:\a b\" c`, []string{`C:\a b\`, "c"}},
		{"no arguments", `cmd.exe`, []string{"cmd.exe"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, tt.want, splitArguments(tt.line))
		})
	}
}

// What is quoted splits into what it was made of.
func FuzzWindowsQuoting(f *testing.F) {
	f.Add(`a b`, ``, `\`)
	f.Add(`"`, `\"`, `a\\`)
	f.Add(`C:\Program Files\`, `/d "x y" /f`, "\ttab")
	f.Fuzz(func(t *testing.T, first, two, three string) {
		argv := []string{"program.exe", first, two, three}
		assert.Equal(t, argv, splitArguments(commandLine(argv)))
	})
}
