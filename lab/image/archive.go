package image

import (
	"archive/tar"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"path"
	"strings"

	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/effect"
)

// assetFiles is what an asset's image has of ours: the mount points and the binary.
// There is nothing in /etc: users are numbers, and nothing looks up a name.
func assetFiles(binary []byte) []entry {
	return append(mountPoints(), entry{name: strings.TrimPrefix(artifact.Interpreter, "/"), mode: 0o755, content: binary})
}

// mountPoints are the folders that an asset has a file system of its own in, but those
// that the engine makes.
func mountPoints() []entry {
	var all []entry
	for _, place := range append(effect.OwnPlaces(effect.Linux), effect.Root) {
		if path.Dir(place) == "/" {
			all = append(all, entry{name: strings.TrimPrefix(place, "/") + "/", mode: 0o755})
		}
	}
	return all
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
	if err := writeTar(&layer, i.files); err != nil {
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

// entry is one file of an archive, a folder if the name ends with a slash, or a
// symbolic link if it has a link.
type entry struct {
	name    string
	mode    int64
	content []byte
	link    string
	// owner is user and group; 0 is root.
	owner int
}

// writeTar leaves out times, so that the same entries are the same
// bytes.
func writeTar(w io.Writer, entries []entry) error {
	archive := tar.NewWriter(w)
	for _, entry := range entries {
		head := &tar.Header{
			Name: entry.name, Mode: entry.mode, Size: int64(len(entry.content)), Uid: entry.owner, Gid: entry.owner,
			Linkname: entry.link, Format: tar.FormatUSTAR, Typeflag: tar.TypeReg,
		}
		switch {
		case entry.link != "":
			head.Typeflag = tar.TypeSymlink
		case strings.HasSuffix(entry.name, "/"):
			head.Typeflag = tar.TypeDir
		}
		if err := archive.WriteHeader(head); err != nil {
			return fmt.Errorf("archive %s: %w", entry.name, err)
		}
		if _, err := archive.Write(entry.content); err != nil {
			return fmt.Errorf("archive %s: %w", entry.name, err)
		}
	}
	if err := archive.Close(); err != nil {
		return fmt.Errorf("end archive: %w", err)
	}
	return nil
}
