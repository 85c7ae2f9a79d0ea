package record

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
)

// container is the zip file of a sealed recording. It opens parts by name, as
// io/fs does.
type container struct {
	from io.ReaderAt
	size int64
	// files are as the directory has them.
	files []*zip.File
	// sealFiles are those that seal the others.
	sealFiles []*zip.File
	manifest  Manifest
	text      []byte
	signature []byte
}

// maxSealing bounds the parts that seal the others.
const maxSealing = 64 << 20

// check holds every byte of the file against the manifest, and the manifest against
// its digest. The manifest has no other digest than that beside it: only a
// signature shows that both were not replaced.
func (c *container) check() error {
	sealing, err := c.sealing()
	if err != nil {
		return err
	}
	if err := c.checkManifest(sealing); err != nil {
		return err
	}
	for i, part := range c.manifest.Parts {
		if err := c.checkPart(c.files[i], part); err != nil {
			return err
		}
	}
	return c.checkForm()
}

// sealing reads the parts that seal the others, and takes them off files.
func (c *container) sealing() ([]namedText, error) {
	at := slices.IndexFunc(c.files, func(f *zip.File) bool { return f.Name == manifestPart })
	if at < 0 {
		return nil, missingOr(manifestPart, len(c.files) > 0 && slices.ContainsFunc(c.files, func(f *zip.File) bool { return f.Name == sealPart || f.Name == headPart }))
	}
	var out []namedText
	for _, file := range c.files[at:] {
		if file.UncompressedSize64 > maxSealing {
			return nil, &DamageError{file.Name, "is too large"}
		}
		text, err := readAll(file)
		if err != nil {
			return nil, &DamageError{file.Name, "cannot be read: " + err.Error()}
		}
		out = append(out, namedText{file.Name, text})
	}
	names := []string{manifestPart, sealPart}
	if len(out) > 1 && out[1].name == signaturePart {
		names = []string{manifestPart, signaturePart, sealPart}
	}
	for i, name := range names {
		if i >= len(out) || out[i].name != name {
			return nil, &DamageError{name, "is missing"}
		}
	}
	if len(out) > len(names) {
		return nil, &DamageError{out[len(names)].name, "is not part of the recording"}
	}
	c.files, c.sealFiles = c.files[:at], c.files[at:]
	return out, nil
}

// missingOr tells a recording without its manifest from a zip file of another kind.
func missingOr(part string, recording bool) error {
	if recording {
		return &DamageError{part, "is missing"}
	}
	return ErrNotARecording
}

func readAll(file *zip.File) ([]byte, error) {
	reader, err := file.Open()
	if err != nil {
		return nil, err
	}
	defer reader.Close()
	return io.ReadAll(io.LimitReader(reader, maxSealing+1))
}

func (c *container) checkManifest(sealing []namedText) error {
	seal := sealing[len(sealing)-1]
	sealed := sealing[:len(sealing)-1]
	c.text = sealed[0].text
	if len(sealed) == 2 {
		c.signature = sealed[1].text
	}
	broken := c.readManifest()
	if want := sums(sealed); !bytes.Equal(want, seal.text) {
		if broken != nil {
			return &DamageError{manifestPart, "was changed"}
		}
		if len(sealed) == 2 && bytes.HasPrefix(seal.text, sums(sealed[:1])) && !signs(c.signature, c.text) {
			return &DamageError{signaturePart, "was changed"}
		}
		return &DamageError{sealPart, "or " + sealed[len(sealed)-1].name + " was changed"}
	}
	return broken
}

// readManifest reads the manifest and checks it in itself: any byte of it that is
// changed is noticed here.
func (c *container) readManifest() error {
	if err := json.Unmarshal(c.text, &c.manifest); err != nil {
		return &DamageError{manifestPart, "cannot be read: " + err.Error()}
	}
	if c.manifest.Format != Format {
		return fmt.Errorf("the recording has the format %q; this ringer reads %q", c.manifest.Format, Format)
	}
	again, err := json.MarshalIndent(c.manifest, "", " ")
	if err != nil || !bytes.Equal(append(again, '\n'), c.text) {
		return &DamageError{manifestPart, "is not written as ringer writes it"}
	}
	chain := c.manifest.anchor()
	for _, part := range c.manifest.Parts {
		if chain = part.chained(chain); part.Chain != chain {
			return &DamageError{manifestPart, fmt.Sprintf("does not chain at %s", part.Name)}
		}
	}
	return c.checkNames()
}

// checkNames holds the names of the parts in the file against the manifest.
func (c *container) checkNames() error {
	listed := c.manifest.Parts
	for i, part := range listed {
		if i < len(c.files) && c.files[i].Name == part.Name {
			continue
		}
		if slices.ContainsFunc(c.files, func(f *zip.File) bool { return f.Name == part.Name }) {
			return &DamageError{part.Name, "is not in its place"}
		}
		return &DamageError{part.Name, "is missing"}
	}
	if len(c.files) > len(listed) {
		return &DamageError{c.files[len(listed)].Name, "is not in the manifest"}
	}
	return nil
}

// checkPart holds a part, as it is compressed in the file, against the manifest.
// What it unpacks to is checked where it is read.
func (c *container) checkPart(file *zip.File, part Part) error {
	raw, err := file.OpenRaw()
	if err != nil {
		return &DamageError{part.Name, "cannot be read: " + err.Error()}
	}
	sum := sha256.New()
	if _, err := io.Copy(sum, raw); err != nil {
		return &DamageError{part.Name, "cannot be read: " + err.Error()}
	}
	if hex.EncodeToString(sum.Sum(nil)) != part.Packed || file.UncompressedSize64 != uint64(part.Size) {
		return &DamageError{part.Name, "was changed"}
	}
	return nil
}

// checkForm writes the file once more, and compares: headers and directory say
// nothing but what follows from the parts.
func (c *container) checkForm() error {
	file := &comparing{with: io.NewSectionReader(c.from, 0, c.size)}
	again := zip.NewWriter(file)
	for _, part := range slices.Concat(c.files, c.sealFiles) {
		method, size := zip.Deflate, int64(part.UncompressedSize64)
		if part.Name == manifestPart || part.Name == signaturePart || part.Name == sealPart {
			method = zip.Store
		}
		raw, err := part.OpenRaw()
		if err == nil {
			var to io.Writer
			if to, err = again.CreateRaw(header(part.Name, method, size, int64(part.CompressedSize64), part.CRC32)); err == nil {
				_, err = io.Copy(to, raw)
			}
		}
		if err == nil {
			err = again.Flush()
		}
		if err != nil {
			return &DamageError{part.Name, "was changed in its header"}
		}
	}
	if err := again.Close(); err != nil {
		return &DamageError{"the directory of the file", "was changed"}
	}
	if file.n != c.size {
		return &DamageError{"the directory of the file", "is followed by something else"}
	}
	return nil
}

var errDiffers = errors.New("another byte")

// comparing is a writer that fails where what is written is not what with has.
type comparing struct {
	with io.Reader
	n    int64
	have []byte
}

func (c *comparing) Write(p []byte) (int, error) {
	if cap(c.have) < len(p) {
		c.have = make([]byte, len(p))
	}
	have := c.have[:len(p)]
	if _, err := io.ReadFull(c.with, have); err != nil || !bytes.Equal(have, p) {
		return 0, errDiffers
	}
	c.n += int64(len(p))
	return len(p), nil
}

// Open opens a part. Reading it to its end fails with a *DamageError if its content
// is not what the manifest says.
func (c container) Open(name string) (fs.File, error) {
	for i, part := range c.manifest.Parts {
		if part.Name != name {
			continue
		}
		reader, err := c.files[i].Open()
		if err != nil {
			return nil, &fs.PathError{Op: "open", Path: name, Err: err}
		}
		return &partFile{ReadCloser: reader, part: part, about: c.files[i].FileInfo(), sum: sha256.New()}, nil
	}
	return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
}

// partFile is one part that is read.
type partFile struct {
	io.ReadCloser
	part  Part
	about fs.FileInfo
	sum   interface {
		io.Writer
		Sum([]byte) []byte
	}
}

func (p *partFile) Stat() (fs.FileInfo, error) { return p.about, nil }

func (p *partFile) Read(to []byte) (int, error) {
	n, err := p.ReadCloser.Read(to)
	p.sum.Write(to[:n])
	if errors.Is(err, io.EOF) && hex.EncodeToString(p.sum.Sum(nil)) != p.part.Digest {
		return n, &DamageError{p.part.Name, "does not unpack to what was sealed"}
	}
	return n, err
}

// eachLine calls do for each whole line, without its end. It returns do's error.
func eachLine(text []byte, do func(row []byte) error) error {
	for len(text) > 0 {
		row, rest, whole := bytes.Cut(text, []byte("\n"))
		if !whole {
			return errTorn
		}
		if err := do(row); err != nil {
			return err
		}
		text = rest
	}
	return nil
}

// errTorn says that the last line has no end: whoever wrote it was stopped.
var errTorn = errors.New("the last line is not whole")
