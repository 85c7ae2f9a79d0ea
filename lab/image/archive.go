package image

import (
	"archive/tar"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/ringer-lab/ringer/emulation/effect"
)

// writeLayer writes the image's file system: the binary and the mount point.
// There is no /etc: users are numbers, and nothing looks up a name.
func writeLayer(w io.Writer, binary []byte) error {
	return writeTar(w, []entry{
		{name: strings.TrimPrefix(effect.Root, "/") + "/", mode: 0o755},
		{name: strings.TrimPrefix(effect.Interpreter, "/"), mode: 0o755, content: binary},
	})
}

// manifest says which file of the archive is what; the format is the one that
// `docker save` writes.
type manifest struct {
	Config   string
	RepoTags []string
	Layers   []string
}

func (i Image) writeArchive(w io.Writer) error {
	var layer bytes.Buffer
	layer.Grow(len(i.binary) + 8<<10)
	if err := writeLayer(&layer, i.binary); err != nil {
		return err
	}
	sum := sha256.Sum256(i.config)
	configName := hex.EncodeToString(sum[:]) + ".json"
	layerName := strings.TrimPrefix(i.Layer, "sha256:") + "/layer.tar"
	index, err := json.Marshal([]manifest{{Config: configName, RepoTags: []string{i.Ref}, Layers: []string{layerName}}})
	if err != nil {
		return fmt.Errorf("describe archive: %w", err)
	}
	return writeTar(w, []entry{
		{name: "manifest.json", mode: 0o644, content: index},
		{name: configName, mode: 0o644, content: i.config},
		{name: layerName, mode: 0o644, content: layer.Bytes()},
	})
}

// entry is one file of an archive, or a folder if the name ends with a slash.
type entry struct {
	name    string
	mode    int64
	content []byte
}

// writeTar leaves out times and owners, so that the same entries are the same
// bytes.
func writeTar(w io.Writer, entries []entry) error {
	archive := tar.NewWriter(w)
	for _, one := range entries {
		head := &tar.Header{Name: one.name, Mode: one.mode, Size: int64(len(one.content)), Format: tar.FormatUSTAR, Typeflag: tar.TypeReg}
		if strings.HasSuffix(one.name, "/") {
			head.Typeflag = tar.TypeDir
		}
		if err := archive.WriteHeader(head); err != nil {
			return fmt.Errorf("archive %s: %w", one.name, err)
		}
		if _, err := archive.Write(one.content); err != nil {
			return fmt.Errorf("archive %s: %w", one.name, err)
		}
	}
	if err := archive.Close(); err != nil {
		return fmt.Errorf("end archive: %w", err)
	}
	return nil
}
