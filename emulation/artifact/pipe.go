package artifact

import "strings"

// PipeFolder is the folder of all named pipes; PipeShare is the share by which they
// are opened from another host.
const (
	PipeFolder = `\\.\pipe\`
	PipeShare  = "IPC$"
)

// PipePath returns the path of a named pipe. A leading backslash of the name does
// not count.
func PipePath(name string) string { return PipeFolder + strings.TrimLeft(name, `\`) }

// PipeName is the inverse of [PipePath]. ok is false for a path that is no pipe's.
func PipeName(path string) (name string, ok bool) {
	if !IsBelow(path, PipeFolder) {
		return "", false
	}
	return path[len(PipeFolder):], true
}

// SharePath returns the path of a file on a host's share; inside is the file's path
// below the share, without a leading backslash.
func SharePath(host, share, inside string) string { return `\\` + host + `\` + share + `\` + inside }

// SplitSharePath splits a path on a share into the host, the share's name in
// capitals, as Windows registers its own, and what lies inside. All are empty for
// any other path.
func SplitSharePath(path string) (host, share, inside string) {
	rest, ok := strings.CutPrefix(path, `\\`)
	if !ok || strings.HasPrefix(rest, ".") {
		return "", "", ""
	}
	host, rest, _ = strings.Cut(rest, `\`)
	share, inside, _ = strings.Cut(rest, `\`)
	return host, strings.ToUpper(share), inside
}
