package jetstream

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/hex"
	"encoding/pem"
	"errors"
	"fmt"
	"io/fs"
	"math/big"
	"os"
	"path/filepath"
	"time"

	"github.com/nats-io/nkeys"

	"github.com/ringer-lab/ringer/emulation/userfile"
)

// The files of a server's folder.
const (
	certificateFile = "server.pem" // with its private key
	workerFile      = "worker.nk"
	queueFolder     = "queue"
)

// identity is by what workers know a server, and it them. It is kept in the server's
// folder, so that they find their way back.
type identity struct {
	certificate tls.Certificate
	worker      nkeys.KeyPair
	seed        []byte
	// known is whether an earlier server had it: workers may be waiting for one.
	known bool
}

// fingerprint is the SHA-256 of the certificate, in hex.
func (i identity) fingerprint() string { return fingerprint(i.certificate.Certificate[0]) }

func fingerprint(certificate []byte) string {
	sum := sha256.Sum256(certificate)
	return hex.EncodeToString(sum[:])
}

// keptIdentity reads the identity in a folder, or makes one.
func keptIdentity(folder string, now time.Time) (identity, error) {
	text, err := kept(filepath.Join(folder, certificateFile), func() ([]byte, error) { return newCertificate(now) })
	if err != nil {
		return identity{}, err
	}
	certificate, err := tls.X509KeyPair(text, text)
	if err != nil {
		return identity{}, fmt.Errorf("%s: %w", filepath.Join(folder, certificateFile), err)
	}
	known := true
	seed, err := kept(filepath.Join(folder, workerFile), func() ([]byte, error) {
		known = false
		return newSeed()
	})
	if err != nil {
		return identity{}, err
	}
	worker, err := nkeys.FromSeed(seed)
	if err != nil {
		return identity{}, fmt.Errorf("%s: %w", filepath.Join(folder, workerFile), err)
	}
	return identity{certificate, worker, seed, known}, nil
}

// maxSecret is the most bytes that a secret file may have.
const maxSecret = 1 << 16

// kept reads a secret file, or makes it.
func kept(path string, made func() ([]byte, error)) ([]byte, error) {
	text, err := userfile.Read(path, maxSecret)
	if !errors.Is(err, fs.ErrNotExist) {
		return text, err
	}
	if text, err = made(); err != nil {
		return nil, err
	}
	return text, os.WriteFile(path, text, 0o600)
}

// certificateLife is how long a server's certificate is valid. Workers know it by its
// digest, so that only its own folder can make another necessary.
const certificateLife = 10 * 365 * 24 * time.Hour

func newCertificate(now time.Time) ([]byte, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, err
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "ringer farm"},
		NotBefore: now.Add(-time.Hour), NotAfter: now.Add(certificateLife),
		KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	}
	certificate, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		return nil, err
	}
	private, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return nil, err
	}
	out := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: certificate})
	return append(out, pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: private})...), nil
}

func newSeed() ([]byte, error) {
	key, err := nkeys.CreateUser()
	if err != nil {
		return nil, err
	}
	return key.Seed()
}
