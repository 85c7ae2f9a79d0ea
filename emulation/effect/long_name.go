package effect

import (
	"errors"
	"strings"
	"unicode/utf8"
)

// Windows counts a name in units of UTF-16, and has names of values far beyond
// 255 of them; the real file system has 255 bytes. A longer name is a folder for
// each piece of it but the last, marked by a character that no name on Windows
// contains.
const (
	maxNameBytes     = 255
	continuationMark = "\x01"
)

// splitLongName gives the pieces of a Windows name.
func splitLongName(name string) ([]string, error) {
	if strings.Contains(name, continuationMark) {
		return nil, errors.New("a name must not contain a control character")
	}
	var pieces []string
	for len(name) > maxNameBytes {
		end := maxNameBytes - len(continuationMark)
		// A last piece of one or two dots would lead out of the folder.
		for end > 1 && (!utf8.RuneStart(name[end]) || len(name)-end <= len("..")) {
			end--
		}
		pieces, name = append(pieces, name[:end]+continuationMark), name[end:]
	}
	return append(pieces, name), nil
}

// joinLongNames puts the pieces of the names in a path together again.
func joinLongNames(path string) string { return strings.ReplaceAll(path, continuationMark+"/", "") }
