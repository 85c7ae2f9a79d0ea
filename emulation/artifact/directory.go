package artifact

import "strings"

// DirectoryFolder is where a domain controller keeps its directory.
const DirectoryFolder = `C:\Windows\NTDS\`

// DirectoryFile is a domain controller's directory: a text file with an entry a
// line. No real directory exists on an asset.
const DirectoryFile = DirectoryFolder + "directory.txt"

// DirectoryEntry is a user of the directory or, where Group is set, a user's
// membership in that group.
type DirectoryEntry struct{ Group, User string }

// Encode returns the entry's line in the file, with its line end.
func (e DirectoryEntry) Encode() []byte {
	if e.Group == "" {
		return []byte("user:" + e.User + "\n")
	}
	return []byte("group:" + e.Group + ":" + e.User + "\n")
}

// DecodeDirectory reads the entries among a file's lines.
func DecodeDirectory(content []byte) []DirectoryEntry {
	var entries []DirectoryEntry
	for line := range strings.Lines(string(content)) {
		kind, rest, _ := strings.Cut(strings.TrimSuffix(line, "\n"), ":")
		switch kind {
		case "user":
			entries = append(entries, DirectoryEntry{User: rest})
		case "group":
			if group, user, _ := strings.Cut(rest, ":"); group != "" {
				entries = append(entries, DirectoryEntry{Group: group, User: user})
			}
		}
	}
	return entries
}
