package record

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"sync"

	"github.com/ringer-lab/ringer/emulation/userfile"
)

// Recording is what was kept of a run, sealed or not.
type Recording struct {
	Head Head
	// Sealed tells a file whose parts were held against its manifest; a journal
	// has none.
	Sealed bool
	// Manifest is that of a sealed recording, Signature the armored SSH
	// signature of ManifestText beside it; nil where there is none.
	Manifest     Manifest
	ManifestText []byte
	Signature    []byte

	parts fs.FS
	close func() error

	mutex sync.Mutex
	read  map[string]*ScenarioRecord // scenarios of a sealed recording
}

// ErrNotARecording says of a file or folder that it is something else.
var ErrNotARecording = errors.New("not a recording of ringer")

// DamageError says that a sealed recording is not as it was sealed.
type DamageError struct {
	Part string // the first part that is not as it was
	What string // what is wrong with it
}

// Error names the part.
func (d *DamageError) Error() string {
	return fmt.Sprintf("the recording is not as it was sealed: %s %s", d.Part, d.What)
}

// Open reads a sealed recording, or the journal in a folder. Of a sealed one every
// byte is checked; a *DamageError names the first part that is not as it was
// sealed. It returns ErrNotARecording for a file or folder of another kind, and
// fails if it cannot be read.
func Open(name string) (*Recording, error) {
	about, err := os.Stat(name)
	switch {
	case err != nil:
		return nil, err
	case about.IsDir():
		return openJournal(name)
	}
	file, err := userfile.Open(name)
	if errors.Is(err, userfile.ErrNotRegular) {
		return nil, fmt.Errorf("%w: %w", err, ErrNotARecording)
	}
	if err != nil {
		return nil, err
	}
	if about, err = file.Stat(); err != nil {
		return nil, errors.Join(err, file.Close())
	}
	recording, err := Read(file, about.Size())
	if err != nil {
		return nil, errors.Join(fmt.Errorf("%s: %w", name, err), file.Close())
	}
	recording.close = file.Close
	return recording, nil
}

// Close ends the reading. It fails if the file cannot be closed.
func (r *Recording) Close() error {
	if r.close == nil {
		return nil
	}
	return r.close()
}

// Read reads a sealed recording of so many bytes. It fails as Open does.
func Read(from io.ReaderAt, size int64) (*Recording, error) {
	archive, err := zip.NewReader(from, size)
	if err != nil {
		if startsAsZip(from) {
			return nil, &DamageError{"the directory of the file", "cannot be read: " + err.Error()}
		}
		return nil, ErrNotARecording
	}
	c := container{from: from, size: size, files: archive.File}
	if err := c.check(); err != nil {
		return nil, err
	}
	r := &Recording{Sealed: true, Manifest: c.manifest, ManifestText: c.text, Signature: c.signature, parts: c}
	if err := r.readHead(); err != nil {
		return nil, err
	}
	if r.Head.Run != r.Manifest.Run {
		return nil, &DamageError{headPart, "is of another run"}
	}
	return r, nil
}

func startsAsZip(from io.ReaderAt) bool {
	var start [2]byte
	_, err := from.ReadAt(start[:], 0)
	return err == nil && string(start[:]) == "PK"
}

// IsRun tells the folder of a run, sealed or not, from any other. It does not say
// whether it can be read.
func IsRun(folder string) bool {
	return isFile(filepath.Join(folder, sealedRun)) || isFile(filepath.Join(folder, headPart))
}

func openJournal(folder string) (*Recording, error) {
	if sealed := filepath.Join(folder, sealedRun); isFile(sealed) {
		return Open(sealed)
	}
	if !isFile(filepath.Join(folder, headPart)) {
		return nil, fmt.Errorf("%s: %w", folder, ErrNotARecording)
	}
	parts, err := userfile.OpenFolder(folder)
	if err != nil {
		return nil, err
	}
	r := &Recording{parts: parts, close: parts.Close}
	if err := r.readHead(); err != nil {
		return nil, errors.Join(fmt.Errorf("%s: %w", folder, err), parts.Close())
	}
	return r, nil
}

func isFile(name string) bool {
	about, err := os.Stat(name)
	return err == nil && about.Mode().IsRegular()
}

func (r *Recording) readHead() error {
	text, err := r.part(headPart)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(text, &r.Head); err != nil || r.Head.Format == "" {
		return fmt.Errorf("%s: %w", headPart, errors.Join(ErrNotARecording, err))
	}
	if r.Head.Format != Format {
		return fmt.Errorf("the recording has the format %q; this ringer reads %q", r.Head.Format, Format)
	}
	return nil
}

// Tail reads what the recording says of the whole run; it is nil in a journal whose run
// was not ended in order. It fails if that cannot be read.
func (r *Recording) Tail() (*Tail, error) {
	text, err := r.part(tailPart)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	var tail Tail
	if err == nil {
		err = json.Unmarshal(text, &tail)
	}
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", tailPart, err)
	}
	return &tail, nil
}

// maxPart bounds what is read of one part: more than any run of the library has by
// far, and less than a machine has memory.
const maxPart = 256 << 20

// part reads a whole part.
func (r *Recording) part(name string) ([]byte, error) {
	file, err := r.parts.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	var read bytes.Buffer
	if about, err := file.Stat(); err == nil && about.Size() <= maxPart {
		read.Grow(int(about.Size()) + bytes.MinRead) // it is read without growing
	}
	if _, err := read.ReadFrom(io.LimitReader(file, maxPart+1)); err != nil {
		return nil, err
	}
	text := read.Bytes()
	if len(text) > maxPart {
		return nil, fmt.Errorf("%s has more than %d bytes", name, maxPart)
	}
	return text, nil
}

// Part reads a part by its name, as it was written. It fails with an error that
// wraps fs.ErrNotExist if there is no such part, and if it cannot be read.
func (r *Recording) Part(name string) ([]byte, error) { return r.part(name) }

// Sources reads the scenario files. It fails if one cannot be read, or is not the
// one that the head names.
func (r *Recording) Sources() ([]Source, error) {
	out := make([]Source, len(r.Head.Sources))
	for i, source := range r.Head.Sources {
		text, err := r.part(source.Part)
		if err != nil {
			return nil, fmt.Errorf("read scenario %s: %w", source.Name, err)
		}
		if Digest(text) != source.Digest {
			return nil, &DamageError{source.Part, "is not the file that the run read"}
		}
		source.Content = text
		out[i] = source
	}
	return out, nil
}

// Rules reads the files of rules. It fails if they cannot be read, or are not those
// that the head names.
func (r *Recording) Rules() ([]Source, error) {
	text, err := r.part(rulePart)
	if err != nil {
		return nil, fmt.Errorf("read rules: %w", err)
	}
	out := make([]Source, len(r.Head.Rules))
	n := 0
	err = eachLine(text, func(row []byte) error {
		var rule ruleLine
		if err := json.Unmarshal(row, &rule); err != nil {
			return err
		}
		if n == len(out) || rule.Name != r.Head.Rules[n].Name || Digest([]byte(rule.Text)) != r.Head.Rules[n].Digest {
			return &DamageError{rulePart, "has other rules than the run had"}
		}
		out[n] = r.Head.Rules[n]
		out[n].Content = []byte(rule.Text)
		n++
		return nil
	})
	if err == nil && n < len(out) {
		err = &DamageError{rulePart, "has fewer rules than the run had"}
	}
	if err != nil {
		return nil, fmt.Errorf("read rules: %w", err)
	}
	return out, nil
}

// CheckContents unpacks every part of a sealed recording and holds it against the
// manifest, beyond what Open checks of the parts as they are compressed. It fails
// with a *DamageError if one is not as it was sealed.
func (r *Recording) CheckContents() error {
	for _, part := range r.Manifest.Parts {
		if _, err := r.part(part.Name); err != nil {
			return err
		}
	}
	return nil
}
