package effect

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/ringer-lab/ringer/emulation/artifact"
)

// Pack puts copies of files into one archive of ringer's own format: a line
// with the marker, then each file after a line with its size and name. No real
// archiver's format is written, so nothing a real one would open leaves the
// asset's tree.
type Pack struct {
	Into string   `json:"into"`
	From []string `json:"from"`
	// Piece cuts the archive into files of at most so many bytes; 0 leaves it
	// whole. Pieces are named by Names, in order.
	Piece int      `json:"piece,omitempty"`
	Names []string `json:"names,omitempty"`
}

func (Pack) Kind() string { return "pack" }
func (p Pack) Touches() []string {
	if p.Piece > 0 {
		return p.Names
	}
	return []string{p.Into}
}
func (p Pack) String() string {
	return fmt.Sprintf("pack %d files into %s", len(p.From), strings.Join(p.Touches(), ", "))
}

// Perform fails if the pieces are not as many as Names has names.
func (p Pack) Perform(in Executor) error {
	packed, err := p.pack(in.Tree)
	if err != nil {
		return err
	}
	if p.Piece <= 0 {
		return writeFile(in.Tree, p.Into, packed, 0o644, false)
	}
	pieces := slices.Collect(slices.Chunk(packed, p.Piece))
	if len(pieces) != len(p.Names) {
		return fmt.Errorf("pack %s: %d pieces, names for %d", p.Into, len(pieces), len(p.Names))
	}
	for i, piece := range pieces {
		if err := writeFile(in.Tree, p.Names[i], piece, 0o644, false); err != nil {
			return err
		}
	}
	return nil
}

// Traces is the archive, or each of its pieces.
func (p Pack) Traces() []Trace {
	var all []Trace
	for _, path := range p.Touches() {
		all = append(all, Trace{Kind: TraceOverwrite, Path: path, Opaque: true})
	}
	return all
}

func (p Pack) pack(tree Tree) ([]byte, error) {
	archive := []byte(artifact.Marker + "\n")
	for _, from := range p.From {
		content, _, err := readFile(tree, from)
		if err != nil {
			return nil, err
		}
		archive = AppendPacked(archive, from, content)
	}
	return archive, nil
}

// AppendPacked returns the archive with a file added, as [Pack] adds it.
func AppendPacked(archive []byte, name string, content []byte) []byte {
	return append(fmt.Appendf(archive, "%d %q\n", len(content), name), content...)
}

// unpack gives the SHA-256 of each packed file, by its base name.
func unpack(packed []byte) (map[string][sha256.Size]byte, error) {
	rest, ok := bytes.CutPrefix(packed, []byte(artifact.Marker+"\n"))
	if !ok {
		return nil, fmt.Errorf("not an archive made by ringer: the marker is missing")
	}
	digests := map[string][sha256.Size]byte{}
	for len(rest) > 0 {
		head, after, _ := bytes.Cut(rest, []byte("\n"))
		length, quoted, _ := strings.Cut(string(head), " ")
		size, sizeErr := strconv.Atoi(length)
		name, nameErr := strconv.Unquote(quoted)
		if sizeErr != nil || nameErr != nil || size < 0 || size > len(after) {
			return nil, fmt.Errorf("read archive: expected the size and name of a file, found %.80q", head)
		}
		digests[base(name)] = sha256.Sum256(after[:size])
		rest = after[size:]
	}
	return digests, nil
}

// base is a platform path's last name, in either platform.
func base(name string) string { return path.Base(strings.ReplaceAll(name, `\`, "/")) }
