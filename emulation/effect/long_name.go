package effect

import (
	"errors"
	"strings"
	"unicode/utf8"
)

// Windows counts a name in units of UTF-16, and has names of values far beyond
// 255 of them; the real file system has 255 bytes. A longer name is a folder for
// each piece of it but the last, marked by a character that no name on Windows
// holds.
const (
	longestName = 255
	goesOn      = "\x01"
)

// cut gives the pieces of a Windows name.
func cut(name string) ([]string, error) {
	if strings.Contains(name, goesOn) {
		return nil, errors.New("a name holds a control character")
	}
	var pieces []string
	for len(name) > longestName {
		end := longestName - len(goesOn)
		// A last piece of one or two dots would lead out of the folder.
		for end > 1 && (!utf8.RuneStart(name[end]) || len(name)-end <= len("..")) {
			end--
		}
		pieces, name = append(pieces, name[:end]+goesOn), name[end:]
	}
	return append(pieces, name), nil
}

// whole puts the pieces of the names in a path together again.
func whole(path string) string { return strings.ReplaceAll(path, goesOn+"/", "") }
