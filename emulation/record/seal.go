package record

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"hash/crc32"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/ringer-lab/ringer/emulation/userfile"
)

// The parts that seal the others, last in the file.
const (
	manifestPart  = "manifest.json"
	signaturePart = "manifest.json.sig"
	sealPart      = "SHA256SUMS"
)

// Manifest lists the parts of a sealed recording, in order.
type Manifest struct {
	Format string `json:"format"`
	Run    string `json:"run"`
	Parts  []Part `json:"parts"`
}

// Part is one part of a sealed recording. Digests are SHA-256, in hex.
type Part struct {
	Name   string `json:"name"`
	Size   int64  `json:"size"`
	Digest string `json:"sha256"`
	// Packed is the digest of the part as it is compressed in the file.
	Packed string `json:"packed_sha256"`
	// Chain is the digest of the chain before this part and of all above: that of
	// the last part depends on every part and on their order.
	Chain string `json:"chain"`
}

// chained computes the chain at a part after the one before it.
func (p Part) chained(before string) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%s\n%q\n%d\n%s\n%s\n", before, p.Name, p.Size, p.Digest, p.Packed))
	return hex.EncodeToString(sum[:])
}

// anchor is the chain before the first part: it ties all parts to one run.
func (m Manifest) anchor() string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%s\n%q\n", m.Format, m.Run))
	return hex.EncodeToString(sum[:])
}

// Signer signs the manifest and returns what goes beside it: an armored SSH
// signature.
type Signer func(manifest []byte) (signature []byte, err error)

// Seal writes the journal's parts, a manifest of them and, with a signer, its
// signature into w, as one zip file. Of the same journal it is the same file,
// but for a signature. It fails if a part cannot be read or w cannot be
// written to, or if the journal itself has failed before.
func (j *Journal) Seal(w io.Writer, sign Signer) error {
	if err := j.Err(); err != nil {
		return err
	}
	parts, err := userfile.OpenFolder(j.folder)
	if err != nil {
		return fmt.Errorf("seal recording: %w", err)
	}
	defer parts.Close()
	return seal(parts, j.head.Run, w, sign)
}

func seal(journal fs.FS, run string, w io.Writer, sign Signer) error {
	names, err := partsIn(journal)
	if err != nil {
		return fmt.Errorf("seal recording: %w", err)
	}
	manifest := Manifest{Format: Format, Run: run, Parts: []Part{}}
	out := zip.NewWriter(w)
	chain := manifest.anchor()
	for _, name := range names {
		part, err := pack(out, journal, name)
		if err != nil {
			return fmt.Errorf("seal recording: %s: %w", name, err)
		}
		part.Chain = part.chained(chain)
		chain = part.Chain
		manifest.Parts = append(manifest.Parts, part)
	}
	text, err := json.MarshalIndent(manifest, "", " ")
	if err != nil {
		return fmt.Errorf("seal recording: %w", err)
	}
	text = append(text, '\n')
	sealing := []namedText{{manifestPart, text}}
	if sign != nil {
		signature, err := sign(text)
		if err != nil {
			return fmt.Errorf("sign recording: %w", err)
		}
		sealing = append(sealing, namedText{signaturePart, signature})
	}
	sealing = append(sealing, namedText{sealPart, sums(sealing)})
	for _, part := range sealing {
		if err := store(out, part); err != nil {
			return fmt.Errorf("seal recording: %s: %w", part.name, err)
		}
	}
	if err := out.Close(); err != nil {
		return fmt.Errorf("seal recording: %w", err)
	}
	return nil
}

type namedText struct {
	name string
	text []byte
}

// sums are the digests of parts as `sha256sum -c` reads them.
func sums(parts []namedText) []byte {
	var out []byte
	for _, part := range parts {
		sum := sha256.Sum256(part.text)
		out = fmt.Appendf(out, "%x  %s\n", sum, part.name)
	}
	return out
}

// rank is the order in which parts are sealed.
var rank = []string{headPart, sourceFolder, rulePart, scenarioFolder, eventFolder, alertFolder, outsideFolder, verdictFolder, tailPart}

// partsIn lists the parts of a journal in the order in which they are sealed, those
// of a folder by name. What is not a part, such as a file that a crash left half
// written, is left out.
func partsIn(journal fs.FS) ([]string, error) {
	var names []string
	err := fs.WalkDir(journal, ".", func(name string, entry fs.DirEntry, err error) error {
		if err == nil && entry.Type().IsRegular() && isPart(name) {
			names = append(names, name)
		}
		return err
	})
	slices.SortFunc(names, func(a, b string) int {
		first := func(name string) int {
			top, _, _ := strings.Cut(name, "/")
			return slices.Index(rank, top)
		}
		if difference := first(a) - first(b); difference != 0 {
			return difference
		}
		return strings.Compare(a, b)
	})
	return names, err
}

func isPart(name string) bool {
	folder, base := path.Split(name)
	if folder == "" {
		return slices.Contains(rank, base)
	}
	return slices.Contains(rank, path.Clean(folder)) && !strings.HasPrefix(base, ".")
}

// header is the only header that a part may have: what could say something else, such
// as a date, is the same for all.
func header(name string, method uint16, size, packed int64, crc uint32) *zip.FileHeader {
	return &zip.FileHeader{
		Name: name, Method: method, CRC32: crc, CompressedSize64: uint64(packed), UncompressedSize64: uint64(size),
		ModifiedDate: earliest, //lint:ignore SA1019 a raw entry is written with this field alone
	}
}

// earliest is the first day that a zip file can name: 1 January 1980.
const earliest = 1<<5 | 1

// pack compresses one part into the file.
func pack(out *zip.Writer, journal fs.FS, name string) (Part, error) {
	file, err := journal.Open(name)
	if err != nil {
		return Part{}, err
	}
	defer file.Close()
	var packed bytes.Buffer
	compressor, err := flate.NewWriter(&packed, flate.DefaultCompression)
	if err != nil {
		return Part{}, err
	}
	sum, crc := sha256.New(), crc32.NewIEEE()
	size, err := io.Copy(io.MultiWriter(compressor, sum, crc), file)
	if err != nil {
		return Part{}, err
	}
	if err := compressor.Close(); err != nil {
		return Part{}, err
	}
	raw, err := out.CreateRaw(header(name, zip.Deflate, size, int64(packed.Len()), crc.Sum32()))
	if err != nil {
		return Part{}, err
	}
	part := Part{Name: name, Size: size, Digest: hex.EncodeToString(sum.Sum(nil)), Packed: Digest(packed.Bytes())}
	_, err = raw.Write(packed.Bytes())
	return part, err
}

// store puts a small part into the file as it is.
func store(out *zip.Writer, part namedText) error {
	size := int64(len(part.text))
	raw, err := out.CreateRaw(header(part.name, zip.Store, size, size, crc32.ChecksumIEEE(part.text)))
	if err != nil {
		return err
	}
	_, err = raw.Write(part.text)
	return err
}

// SealFile seals the journal into a file, which is replaced as a whole: an error
// leaves what was there. It fails as Seal does, and if the file cannot be
// replaced.
func (j *Journal) SealFile(name string, sign Signer) error {
	file, err := os.CreateTemp(filepath.Dir(name), ".ringer-*")
	if err != nil {
		return fmt.Errorf("seal recording: %w", err)
	}
	defer os.Remove(file.Name()) // it is gone if all went well
	err = j.Seal(file, sign)
	if err == nil {
		err = file.Chmod(0o644)
	}
	if err == nil {
		err = file.Sync()
	}
	if closing := file.Close(); err == nil {
		err = closing
	}
	if err != nil {
		return err
	}
	return os.Rename(file.Name(), name)
}
