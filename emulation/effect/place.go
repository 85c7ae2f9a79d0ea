package effect

import "path"

// Real paths are Linux's, also in a ringer for another system, so package path serves
// them and path/filepath does not.

// join is the real path of names below a folder.
func join(names ...string) string { return path.Join(names...) }

// folderOf is the folder that a real path lies in.
func folderOf(real string) string { return path.Dir(real) }
