package effect

import "path"

// Real paths are Linux's, so package path serves them. Package path/filepath does
// the same there; it is left out because of what would be initialised before it
// when a stand-in starts (see cmd/ringer/internal/first).

// join is the real path of names below a folder.
func join(names ...string) string { return path.Join(names...) }

// folderOf is the folder that a real path lies in.
func folderOf(real string) string { return path.Dir(real) }
