package channel

import (
	"crypto/md5"
	"crypto/sha256"
	"fmt"
	"hash/fnv"
	"strings"

	"github.com/ringer-lab/ringer/emulation/event"
)

// Hashes are the digests of a file's content, in hex. MD5 is empty where only the
// beginning of the file is known.
type Hashes struct{ MD5, SHA256 string }

// HashesOf returns the hashes of an executed or mapped file. What the observation
// has of the content is the whole file if it has the file's own digest.
func HashesOf(o *event.Observation) Hashes {
	h := Hashes{SHA256: o.Digest}
	if sum := fmt.Sprintf("%x", sha256.Sum256(o.Content)); sum == o.Digest {
		h.MD5 = fmt.Sprintf("%x", md5.Sum(o.Content))
	}
	return h
}

// Sysmon returns the hashes as Sysmon writes them. The import hash is zeros, as
// Sysmon writes it for a file that imports nothing.
func (h Hashes) Sysmon() string {
	all := "SHA256=" + strings.ToUpper(h.SHA256) + ",IMPHASH=" + strings.Repeat("0", 32)
	if h.MD5 != "" {
		all = "MD5=" + strings.ToUpper(h.MD5) + "," + all
	}
	return all
}

// Hash32 returns a number that follows from a text, of which identifiers are made.
func Hash32(text string) uint32 {
	sum := fnv.New32a()
	_, _ = sum.Write([]byte(text)) // a hash refuses nothing
	return sum.Sum32()
}
