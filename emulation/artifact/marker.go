package artifact

// Marker is in everything ringer leaves on an asset.
const Marker = "ringer: inert emulation, no function"

// Marked returns the content of a text file: the marker, and a line to tell the
// file from others by.
func Marked(line string) []byte { return []byte(Marker + "\n" + line + "\n") }

// MarkedComment returns the marker as a comment of a Linux configuration file, and
// a line in that file's own syntax after it.
func MarkedComment(line string) []byte { return []byte("# " + Marker + "\n" + line + "\n") }
