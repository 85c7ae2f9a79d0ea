package effect

import (
	"archive/tar"
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"
)

// Pack puts copies of files into one archive of ringer's own format: a line
// with the marker, then a plain tar. No real archiver's format is written, so
// nothing a real one would open leaves the asset's tree.
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
func (p Pack) Perform(in Stand) error {
	packed, err := p.pack(in.Tree)
	if err != nil {
		return err
	}
	if p.Piece <= 0 {
		return put(in.Tree, p.Into, packed, 0o644, false)
	}
	pieces := slices.Collect(slices.Chunk(packed, p.Piece))
	if len(pieces) != len(p.Names) {
		return fmt.Errorf("pack %s: %d pieces, names for %d", p.Into, len(pieces), len(p.Names))
	}
	for i, piece := range pieces {
		if err := put(in.Tree, p.Names[i], piece, 0o644, false); err != nil {
			return err
		}
	}
	return nil
}

func (p Pack) pack(tree Tree) ([]byte, error) {
	var out bytes.Buffer
	out.WriteString(Marker + "\n")
	archive := tar.NewWriter(&out)
	for _, from := range p.From {
		content, stat, err := read(tree, from)
		if err != nil {
			return nil, err
		}
		head := &tar.Header{Name: from, Size: int64(len(content)), Mode: 0o644, ModTime: stat.ModTime(), Format: tar.FormatPAX}
		if err := archive.WriteHeader(head); err != nil {
			return nil, fmt.Errorf("pack %s: %w", from, err)
		}
		if _, err := archive.Write(content); err != nil {
			return nil, fmt.Errorf("pack %s: %w", from, err)
		}
	}
	if err := archive.Close(); err != nil {
		return nil, fmt.Errorf("pack %s: %w", p.Into, err)
	}
	return out.Bytes(), nil
}

// unpack gives the SHA-256 of each packed file, by its base name.
func unpack(packed []byte) (map[string][sha256.Size]byte, error) {
	rest, ok := bytes.CutPrefix(packed, []byte(Marker+"\n"))
	if !ok {
		return nil, fmt.Errorf("no archive of ours: the marker is missing")
	}
	held := map[string][sha256.Size]byte{}
	archive := tar.NewReader(bytes.NewReader(rest))
	for {
		head, err := archive.Next()
		if errors.Is(err, io.EOF) {
			return held, nil
		}
		if err != nil {
			return nil, fmt.Errorf("read archive: %w", err)
		}
		var content bytes.Buffer
		if _, err := content.ReadFrom(archive); err != nil {
			return nil, fmt.Errorf("read archive: %w", err)
		}
		held[base(head.Name)] = sha256.Sum256(content.Bytes())
	}
}

// base is a persona path's last name, in either persona.
func base(name string) string { return path.Base(strings.ReplaceAll(name, `\`, "/")) }
