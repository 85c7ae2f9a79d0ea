package artifact

import "strings"

// System32 is the folder of Windows' own programs.
const System32 = `C:\Windows\System32\`

// IsBelow reports whether a Windows path lies in a folder, which must end in a
// backslash. Case does not count.
func IsBelow(path, folder string) bool {
	return len(path) > len(folder) && strings.EqualFold(path[:len(folder)], folder)
}

// BaseName returns the last name of a Windows path.
func BaseName(path string) string { return path[strings.LastIndexByte(path, '\\')+1:] }

// StreamName returns the name of the alternate data stream in a path; it is empty
// for the file itself.
func StreamName(path string) string {
	_, stream, _ := strings.Cut(BaseName(path), ":")
	return stream
}
