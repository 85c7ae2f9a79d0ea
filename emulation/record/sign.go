package record

import (
	"bytes"
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/hiddeco/sshsig"
	"golang.org/x/crypto/ssh"
)

// Namespace is what signatures of recordings are made for, so that a signature made
// for something else is none: `ssh-keygen -Y verify -n ringer`.
const Namespace = "ringer"

// ErrNotSigned says that a recording has no signature.
var ErrNotSigned = errors.New("the recording is not signed")

// NewSigner makes a signer of a private SSH key in PEM, as ssh-keygen writes it.
// passphrase is asked if the key is encrypted. It fails if the key cannot be
// read or decrypted.
func NewSigner(key []byte, passphrase func() ([]byte, error)) (Signer, error) {
	private, err := ssh.ParsePrivateKey(key)
	if _, encrypted := errors.AsType[*ssh.PassphraseMissingError](err); encrypted {
		var phrase []byte
		if phrase, err = passphrase(); err == nil {
			private, err = ssh.ParsePrivateKeyWithPassphrase(key, phrase)
		}
	}
	if err != nil {
		return nil, fmt.Errorf("read signing key: %w", err)
	}
	return func(manifest []byte) ([]byte, error) {
		signature, err := sshsig.Sign(bytes.NewReader(manifest), private, sshsig.HashSHA512, Namespace)
		if err != nil {
			return nil, err
		}
		return sshsig.Armor(signature), nil
	}, nil
}

// signs tells whether an armored signature, written as we write it, is one of a text.
func signs(armored, text []byte) bool {
	signature, err := sshsig.Unarmor(armored)
	return err == nil && bytes.Equal(sshsig.Armor(signature), armored) &&
		sshsig.Verify(bytes.NewReader(text), signature, signature.PublicKey, signature.HashAlgorithm, Namespace) == nil
}

// SignedBy is who signed a recording.
type SignedBy struct {
	// Key is the fingerprint of the key, such as "SHA256:…".
	Key string
	// Principals are whose the key is, by the allowed signers; empty where none
	// were given.
	Principals string
}

// VerifySignature checks the recording's signature. allowed is a file of allowed
// signers as ssh-keygen(1) describes it; nil allows any key, which shows only that
// whoever has that key signed it. at is the time at which the key must be
// valid. It returns ErrNotSigned where there is no signature, and fails if the
// signature is not one of this recording or not one of an allowed key.
func (r *Recording) VerifySignature(allowed []byte, at time.Time) (SignedBy, error) {
	if r.Signature == nil {
		return SignedBy{}, ErrNotSigned
	}
	signature, err := sshsig.Unarmor(r.Signature)
	if err != nil {
		return SignedBy{}, fmt.Errorf("read signature: %w", err)
	}
	by := SignedBy{Key: ssh.FingerprintSHA256(signature.PublicKey)}
	if err := sshsig.Verify(bytes.NewReader(r.ManifestText), signature, signature.PublicKey, signature.HashAlgorithm, Namespace); err != nil {
		return by, fmt.Errorf("the signature is not one of this recording: %w", err)
	}
	if allowed == nil {
		return by, nil
	}
	by.Principals, err = principalsOf(allowed, signature.PublicKey, at)
	return by, err
}

// principalsOf finds whose a key is among allowed signers. Each line has principals,
// options and a key; a line of a certificate authority allows no key by itself.
func principalsOf(allowed []byte, key ssh.PublicKey, at time.Time) (string, error) {
	refused := "is not among the allowed signers"
	number := 0
	for row := range strings.Lines(string(allowed)) {
		number++
		row = strings.TrimSpace(row)
		if row == "" || strings.HasPrefix(row, "#") {
			continue
		}
		principals, rest, found := strings.Cut(row, " ")
		have, _, options, _, err := ssh.ParseAuthorizedKey([]byte(rest))
		if !found || err != nil {
			return "", fmt.Errorf("allowed signers, line %d: expected principals, options and a public key: %w", number, err)
		}
		if !bytes.Equal(have.Marshal(), key.Marshal()) {
			continue
		}
		why, err := optionsRefuse(options, at)
		if err != nil {
			return "", fmt.Errorf("allowed signers, line %d: %w", number, err)
		}
		if why == "" {
			return strings.Trim(principals, `"`), nil
		}
		refused = why
	}
	return "", fmt.Errorf("the signing key %s %s", ssh.FingerprintSHA256(key), refused)
}

// optionsRefuse says why a line with these options does not allow its key; "" if it
// does. It fails on an option that cannot be read or is not known, as it may
// restrict the key.
func optionsRefuse(options []string, at time.Time) (why string, err error) {
	for _, option := range options {
		name, value, _ := strings.Cut(option, "=")
		value = strings.Trim(value, `"`)
		switch strings.ToLower(name) {
		case "namespaces":
			fits := slices.ContainsFunc(strings.Split(value, ","), func(pattern string) bool {
				matched, err := path.Match(pattern, Namespace)
				return err == nil && matched
			})
			if !fits {
				why = "is not allowed to sign recordings (namespace " + Namespace + ")"
			}
		case "valid-after", "valid-before":
			limit, err := validityTime(value)
			if err != nil {
				return "", err
			}
			if name == "valid-after" && at.Before(limit) || name == "valid-before" && !at.Before(limit) {
				why = "is not valid at this time (" + option + ")"
			}
		case "cert-authority":
			why = "is allowed as a certificate authority only"
		default:
			return "", fmt.Errorf("option %q is not known", name)
		}
	}
	return why, nil
}

// validityTime reads a time as ssh-keygen does: YYYYMMDD[HHMM[SS]], local or with Z.
func validityTime(value string) (time.Time, error) {
	zone := time.Local
	digits, utc := strings.CutSuffix(value, "Z")
	if utc {
		zone = time.UTC
	}
	for _, form := range []string{"20060102", "200601021504", "20060102150405"} {
		if len(digits) == len(form) {
			if at, err := time.ParseInLocation(form, digits, zone); err == nil {
				return at, nil
			}
		}
	}
	return time.Time{}, fmt.Errorf("time %q: expected YYYYMMDD, YYYYMMDDHHMM or YYYYMMDDHHMMSS, with Z for UTC", value)
}
