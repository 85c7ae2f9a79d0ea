package image

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"

	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/lab/confinement"
)

// Repository is the name all our images share.
const Repository = "ringer-asset"

// Label marks everything of ours that an engine holds; its value is the version.
const Label = "ringer"

// Image is a container image made of one binary.
type Image struct {
	// Ref is repository and tag. The tag is taken from the digest of all that
	// the image is, so another binary or recipe has another one.
	Ref string
	// Layer is the digest of the one layer, as an engine reports it.
	Layer string
	// Arch is the processor the binary is for, as Go names it.
	Arch string

	files  []entry
	config []byte
}

// FromBinary makes the image of a program. The error is [ErrNotStandalone] if that
// could not run in an image that holds nothing else.
func FromBinary(binary []byte, version string) (Image, error) {
	arch, err := architecture(bytes.NewReader(binary))
	if err != nil {
		return Image{}, err
	}
	return build(Repository, assetFiles(binary), description{
		Architecture: arch,
		Config:       settings{User: user, Entrypoint: entrypoint(), Labels: map[string]string{Label: version}},
	})
}

// user is who the agent and all stand-ins run as, in the engine's words.
var user = fmt.Sprintf("%d:%d", confinement.User, confinement.Group)

func entrypoint() []string { return []string{artifact.Interpreter, "agent"} }

// build describes an image of one layer and gives it the tag that follows from
// all it is.
func build(repository string, files []entry, about description) (Image, error) {
	sum := sha256.New()
	if err := writeTar(sum, files); err != nil {
		return Image{}, err
	}
	layer := "sha256:" + hex.EncodeToString(sum.Sum(nil))
	about.Created, about.OS, about.Config.WorkingDir = "1970-01-01T00:00:00Z", "linux", "/"
	about.RootFS = rootFS{Type: "layers", DiffIDs: []string{layer}}
	config, err := json.Marshal(about)
	if err != nil {
		return Image{}, fmt.Errorf("describe image: %w", err)
	}
	whole := sha256.Sum256(config)
	return Image{
		Ref: repository + ":" + hex.EncodeToString(whole[:6]), Layer: layer, Arch: about.Architecture,
		files: files, config: config,
	}, nil
}

// settings are the image's part of a container's configuration.
type settings struct {
	User       string
	Entrypoint []string `json:",omitempty"`
	WorkingDir string
	Labels     map[string]string
}

// rootFS lists the layers.
type rootFS struct {
	Type    string   `json:"type"`
	DiffIDs []string `json:"diff_ids"`
}

// description is an image's configuration, of which the engine takes the digest
// for the image's id. Its time never changes, so that neither does the id.
type description struct {
	Created      string   `json:"created"`
	Architecture string   `json:"architecture"`
	OS           string   `json:"os"`
	Config       settings `json:"config"`
	RootFS       rootFS   `json:"rootfs"`
}

// WriteTo writes the archive for the engine to load. It returns the bytes written, and
// w's error.
func (i Image) WriteTo(w io.Writer) (int64, error) {
	out := &countingWriter{to: w}
	err := i.writeArchive(out)
	return out.n, err
}

type countingWriter struct {
	to io.Writer
	n  int64
}

func (c *countingWriter) Write(p []byte) (int, error) {
	n, err := c.to.Write(p)
	c.n += int64(n)
	return n, err
}
