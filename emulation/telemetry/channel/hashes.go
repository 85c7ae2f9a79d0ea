package channel

import (
	"crypto/md5"
	"crypto/sha256"
	"fmt"
	"hash/fnv"
	"strings"

	"github.com/ringer-lab/ringer/emulation/event"
)

// Hashes are a file's real ones, in hex; md5 is empty where only the file's
// beginning is known.
type Hashes struct{ MD5, SHA256 string }

// HashesOf takes them from an observation of an executed or mapped file. What
// it holds of the content is all of it if that has the file's own digest.
func HashesOf(o event.Observation) Hashes {
	h := Hashes{SHA256: o.Digest}
	if sum := fmt.Sprintf("%x", sha256.Sum256(o.Content)); sum == o.Digest {
		h.MD5 = fmt.Sprintf("%x", md5.Sum(o.Content))
	}
	return h
}

// Sysmon writes them as Sysmon does. A text file imports nothing, for which
// Sysmon writes an import hash of zeros.
func (h Hashes) Sysmon() string {
	all := "SHA256=" + strings.ToUpper(h.SHA256) + ",IMPHASH=" + strings.Repeat("0", 32)
	if h.MD5 != "" {
		all = "MD5=" + strings.ToUpper(h.MD5) + "," + all
	}
	return all
}

// Hash32 is a number that follows from a text, as identifiers are made of it.
func Hash32(text string) uint32 {
	sum := fnv.New32a()
	_, _ = sum.Write([]byte(text)) // a hash refuses nothing
	return sum.Sum32()
}
