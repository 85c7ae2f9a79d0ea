package access

import (
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/hex"
)

// tokenBytes is how many random bytes a token has.
const tokenBytes = 32

// NewToken is a random secret of 256 bits, as base64 without padding: 43 characters
// that may stand in a path.
func NewToken() string {
	var random [tokenBytes]byte
	rand.Read(random[:]) //nolint:errcheck // it never fails: the program ends where there is no randomness
	return base64.RawURLEncoding.EncodeToString(random[:])
}

// Digest is the SHA-256 of a token, in hex: what is kept of it. A token is random, so
// that a digest without salt or work says nothing of it.
func Digest(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}

// FormToken is what a form must bring along from the page that a session, or a link,
// was given. It follows from the secret, so that a page that was open while the server
// was started again can still be sent.
func FormToken(secret string) string {
	sum := sha256.Sum256([]byte("form\x00" + secret))
	return base64.RawURLEncoding.EncodeToString(sum[:])
}

// IsFormToken tells whether given is the form's token of a secret.
func IsFormToken(secret, given string) bool {
	return subtle.ConstantTimeCompare([]byte(FormToken(secret)), []byte(given)) == 1
}
