package cut

import "bytes"

// wholeObject says that a line holds one object and nothing else.
func wholeObject(line []byte) bool {
	depth := 0
	for i := 0; i < len(line); i++ {
		switch line[i] {
		case '"':
			n := stringEnd(line[i+1:])
			if n < 0 {
				return false
			}
			i += n
		case '{', '[':
			depth++
		case '}', ']':
			if depth--; depth == 0 {
				return len(bytes.TrimSpace(line[i+1:])) == 0
			}
		}
	}
	return false
}

// stringEnd is the length up to and with the closing quote; negative where it is
// missing.
func stringEnd(b []byte) int {
	for at := 0; ; {
		quote := bytes.IndexByte(b[at:], '"')
		if quote < 0 {
			return -1
		}
		at += quote + 1
		if !escaped(b[:at-1]) {
			return at
		}
	}
}

// escaped says that an odd number of backslashes stands at the end.
func escaped(b []byte) bool {
	n := 0
	for n < len(b) && b[len(b)-1-n] == '\\' {
		n++
	}
	return n%2 == 1
}
