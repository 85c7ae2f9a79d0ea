package persona

import (
	"crypto/md5"
	"crypto/sha256"
	"fmt"
	"strings"

	"github.com/ringer-lab/ringer/emulation/event"
)

// hashes are a file's real ones, in hex; md5 is empty where only the file's
// beginning is known.
type hashes struct{ md5, sha256 string }

// hashesOf takes them from an observation of an executed or mapped file. What
// it holds of the content is all of it if that has the file's own digest.
func hashesOf(o event.Observation) hashes {
	h := hashes{sha256: o.Digest}
	if sum := fmt.Sprintf("%x", sha256.Sum256(o.Content)); sum == o.Digest {
		h.md5 = fmt.Sprintf("%x", md5.Sum(o.Content))
	}
	return h
}

// sysmon writes them as Sysmon does. A text file imports nothing, for which
// Sysmon writes an import hash of zeros.
func (h hashes) sysmon() string {
	all := "SHA256=" + strings.ToUpper(h.sha256) + ",IMPHASH=" + strings.Repeat("0", 32)
	if h.md5 != "" {
		all = "MD5=" + strings.ToUpper(h.md5) + "," + all
	}
	return all
}
