package sigma

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"sync"
	"time"

	"github.com/ringer-lab/ringer/emulation/sigma/internal/snapshot"
	"github.com/ringer-lab/ringer/emulation/userfile"
)

// What the rule cache rests on. A cache is believed: rules are read from it past the
// parser, so whoever can write the file decides what is matched. What is checked
// guards against accidents: a magic and a CRC-32C over all that follows (a damaged or
// half-written file), a hash of the types and of the build (another version of this
// package), and names, sizes and times of the rule files, or a SHA-256 of their
// contents (other rules). None of it has a secret, so none of it tells a forgery.
//
// A forged cache can leave rules out, alter what they match and hide their
// problems. It can end the process: by values that the parser never makes, such as a
// tree that contains itself, and by counts that ask for memory, up to the size of the
// file times that of the largest type. It cannot run code or read other memory: there
// are no functions in it, and each pointer, list and text must lie in the memory that
// was set aside for its type.
//
// So the folder must be one that only the user can write. LoadCached makes it with
// mode 0700 where it is missing, and the file with 0600; a folder that is there
// already is taken as it is. The rule files are trusted as much: whoever can write
// them needs no cache.

// cachedRules is what a cache keeps of a body of rules: what parsing made of it.
type cachedRules struct {
	Rules    []*Rule
	Problems []Problem
}

var cacheCodec = sync.OnceValue(snapshot.New[cachedRules])

// maxCache is the most bytes that a cache may have: that of SigmaHQ's thousands of
// rules has a tenth of it.
const maxCache = 256 << 20

const cacheMagic = "ringer sigma 1\n"

// cacheLayout tells a cache of another layout or another build of the parser.
var cacheLayout = sync.OnceValue(func() [sha256.Size]byte {
	h := sha256.New()
	h.Write([]byte(cacheCodec().Layout()))
	if info, ok := debug.ReadBuildInfo(); ok {
		fmt.Fprint(h, info.Main.Version, info.GoVersion)
		for _, s := range info.Settings {
			if s.Key == "vcs.revision" || s.Key == "vcs.modified" {
				fmt.Fprint(h, s)
			}
		}
	}
	return [sha256.Size]byte(h.Sum(nil))
})

var castagnoli = sync.OnceValue(func() *crc32.Table { return crc32.MakeTable(crc32.Castagnoli) })

// sealCache puts before a body the magic, a checksum of all that follows, the
// layout and the key.
func sealCache(key, body []byte) []byte {
	layout := cacheLayout()
	sealed := append(snapshot.AppendBlock(slices.Clone(layout[:]), key), body...)
	out := binary.LittleEndian.AppendUint32([]byte(cacheMagic), crc32.Checksum(sealed, castagnoli()))
	return append(out, sealed...)
}

// openCache checks what a cache is and takes it apart.
func openCache(src []byte) (key, body []byte, ok bool) {
	sealed, found := bytes.CutPrefix(src, []byte(cacheMagic))
	if !found || len(sealed) < 4 || binary.LittleEndian.Uint32(sealed) != crc32.Checksum(sealed[4:], castagnoli()) {
		return nil, nil, false
	}
	layout := cacheLayout()
	if sealed, found = bytes.CutPrefix(sealed[4:], layout[:]); !found {
		return nil, nil, false
	}
	return snapshot.CutBlock(sealed)
}

// LoadCached is [LoadPaths] with what it returns kept in a file, so that the next
// time the rules need not be parsed. The cache is used while the rule files have
// the names, sizes and times it was made of, and also if only the times differ
// but not the contents; otherwise it is made anew. A cache that cannot be read is
// passed over, one that cannot be written is a warning among the problems.
//
// The cache is believed: whoever can write the file can decide what the rules are.
// Its folder must be one that only the user can write.
func LoadCached(file string, paths ...string) ([]*Rule, []Problem) {
	l := newLoader(paths)
	defer l.close()
	stats, newest, ok := l.fileStats()
	if !ok {
		return l.load()
	}
	if c, ok := l.readCache(file, stats, newest); ok {
		return c.Rules, c.Problems
	}
	sum := l.contentHash()
	rules, problems := l.load()
	if sum != nil {
		if err := writeCache(file, sealCache(append(sum, stats...), cacheCodec().Encode(cachedRules{rules, problems}))); err != nil {
			problems = append(problems, Problem{Severity: Warning, File: file, Summary: "Cache cannot be written", Detail: err.Error()})
		}
	}
	return rules, problems
}

// clockGrain is how near to the writing of the cache a file may have changed
// twice without its time telling.
const clockGrain = 2 * time.Second

// readCache reads a cache of exactly these rules.
func (l *loader) readCache(file string, stats []byte, newest time.Time) (c cachedRules, ok bool) {
	src, err := userfile.Read(file, maxCache)
	if err != nil {
		return cachedRules{}, false
	}
	key, body, ok := openCache(src)
	if !ok || len(key) < sha256.Size {
		return cachedRules{}, false
	}
	info, err := os.Stat(file)
	unchanged := err == nil && bytes.Equal(key[sha256.Size:], stats) && newest.Before(info.ModTime().Add(-clockGrain))
	if !unchanged {
		sum := l.contentHash()
		if !bytes.Equal(key[:sha256.Size], sum) {
			return cachedRules{}, false
		}
		// So that the times are enough the next time; if not, only time is lost.
		_ = writeCache(file, sealCache(append(sum, stats...), body))
	}
	c, err = cacheCodec().Decode(body)
	return c, err == nil
}

// fileStats are the names, sizes and times of all sources; ok is false if there are
// some that are no files of their own, or that could not be found.
func (l *loader) fileStats() (stats []byte, newest time.Time, ok bool) {
	if len(l.problems) > 0 {
		return nil, newest, false
	}
	for _, s := range l.sources {
		info, err := os.Stat(s.name)
		if err != nil || !info.Mode().IsRegular() {
			return nil, newest, false
		}
		if info.ModTime().After(newest) {
			newest = info.ModTime()
		}
		stats = snapshot.AppendBlock(stats, []byte(s.name))
		stats = binary.AppendVarint(stats, info.Size())
		stats = binary.AppendVarint(stats, info.ModTime().UnixNano())
	}
	return stats, newest, true
}

// contentHash stands for the names and contents of all sources; nil if one cannot be
// read.
func (l *loader) contentHash() []byte {
	h := sha256.New()
	var text bytes.Buffer
	for _, s := range l.sources {
		if s.read(&text) != nil {
			return nil
		}
		var sizes []byte
		sizes = snapshot.AppendBlock(sizes, []byte(s.name))
		h.Write(binary.AppendUvarint(sizes, uint64(text.Len())))
		h.Write(text.Bytes())
	}
	return h.Sum(nil)
}

// writeCache replaces a file as a whole, so that nobody reads half of it. It fails
// where the file is something else than a cache, which is left as it is, and where
// the folder or the file cannot be written.
func writeCache(file string, content []byte) error {
	if there, err := userfile.Read(file, maxCache); err == nil && len(there) > 0 && !bytes.HasPrefix(there, []byte(cacheMagic)) {
		return fmt.Errorf("write cache: %s is not a rule cache: move it away or choose another file", file)
	}
	dir := filepath.Dir(file)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fmt.Errorf("write cache: %w", err)
	}
	f, err := os.CreateTemp(dir, filepath.Base(file)+".*")
	if err != nil {
		return fmt.Errorf("write cache: %w", err)
	}
	_, err = f.Write(content)
	err = errors.Join(err, f.Close())
	if err == nil {
		err = os.Rename(f.Name(), file)
	}
	if err != nil {
		_ = os.Remove(f.Name())
		return fmt.Errorf("write cache: %w", err)
	}
	return nil
}
