package tune

import (
	"fmt"
	"strings"
)

// around is how many lines a patch has around what it changes.
const around = 3

// patch returns an edit of a file's lines as a unified diff, which `patch -p0` and
// `git apply -p0` take.
func patch(file string, lines []string, e edit) string {
	first, last := max(0, e.from-around), min(len(lines), e.to+around)
	var out strings.Builder
	name := file
	if strings.ContainsAny(name, " ") {
		name += "\t" // or what follows the blank is taken for a time
	}
	fmt.Fprintf(&out, "--- %s\n+++ %s\n", name, name)
	fmt.Fprintf(&out, "@@ -%d,%d +%d,%d @@\n", first+1, last-first, first+1, last-first+len(e.lines)-(e.to-e.from))
	write := func(sign byte, lines []string) {
		for _, line := range lines {
			out.WriteByte(sign)
			out.WriteString(line)
			if !strings.HasSuffix(line, "\n") {
				out.WriteString("\n\\ No newline at end of file\n")
			}
		}
	}
	write(' ', lines[first:e.from])
	write('-', lines[e.from:e.to])
	write('+', e.lines)
	write(' ', lines[e.to:last])
	return out.String()
}
