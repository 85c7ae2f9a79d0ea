package hunt

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"

	"github.com/ringer-lab/ringer/emulation/hunt/query"
)

// Programs of ringer that are given no version resource are all the same file, so their
// hash would lead from one of an actor's to all others, of every actor. Each gets hashes
// of its own that follow from its name. A program with a version resource is one of its
// own already, whatever it is called: that a known one was renamed can be seen.

const hashesField, md5Digits, sha256Digits = "Hashes", 32, 64

// ownHashes is the hashes of a program without a version resource; ok is false for any
// other event.
func ownHashes(fields map[string]any) (hashes string, ok bool) {
	original, _ := fields["OriginalFileName"].(string)
	given, _ := fields[hashesField].(string)
	if original != "-" && original != "ringer.exe" || !strings.Contains(given, "SHA256=") {
		return "", false
	}
	image := textOf(fields, "ImageLoaded", "Image")
	name := query.Fold(image[strings.LastIndexAny(image, `\/`)+1:])
	parts := strings.Split(given, ",")
	for i, part := range parts {
		kind, digest, _ := strings.Cut(part, "=")
		if kind != "MD5" && kind != "SHA256" || len(digest) != md5Digits && len(digest) != sha256Digits {
			continue
		}
		sum := sha256.Sum256([]byte(kind + "\x00" + digest + "\x00" + name))
		parts[i] = kind + "=" + strings.ToUpper(hex.EncodeToString(sum[:])[:len(digest)])
	}
	return strings.Join(parts, ","), true
}
