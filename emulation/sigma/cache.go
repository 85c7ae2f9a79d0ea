package sigma

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"runtime/debug"
	"slices"
	"sync"

	"github.com/ringer-lab/ringer/emulation/sigma/internal/snapshot"
)

// cachedRules is what a cache keeps of a body of rules: what parsing made of it.
type cachedRules struct {
	Rules    []*Rule
	Problems []Problem
}

var cacheCodec = sync.OnceValue(snapshot.New[cachedRules])

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
