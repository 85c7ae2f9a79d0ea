package record_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/record"
)

// small is a recording of little, quick to seal, so that each of its bytes can be
// changed.
func small(t testing.TB, run string, sign record.Signer) []byte {
	t.Helper()
	journal, err := record.Create(filepath.Join(t.TempDir(), "run"), record.Head{
		Run: run, Sources: []record.Source{{Name: "a.hcl", Content: []byte("scenario \"a\" {}\n")}, {Name: "b.hcl", Content: []byte("scenario \"b\" {}\n")}},
	})
	require.NoError(t, err)
	journal.Finish(record.Tail{})
	var file bytes.Buffer
	require.NoError(t, journal.Seal(&file, sign))
	return file.Bytes()
}

func open(file []byte) (*record.Recording, error) {
	return record.Read(bytes.NewReader(file), int64(len(file)))
}

func damage(t *testing.T, file []byte) *record.DamageError {
	t.Helper()
	_, err := open(file)
	found, ok := errors.AsType[*record.DamageError](err)
	require.True(t, ok, "%v", err)
	return found
}

func TestEveryChangedByteIsNoticed(t *testing.T) {
	t.Parallel()
	for _, sign := range []record.Signer{nil, signer(t, newKey(t, ""), "")} {
		file := small(t, runID, sign)
		_, err := open(file)
		require.NoError(t, err)
		for i := range file {
			changed := bytes.Clone(file)
			changed[i] ^= 1
			_, err := open(changed)
			if !assert.Error(t, err, "byte %d", i) {
				break
			}
			if i > 1 { // without PK at its start it is no zip file
				_, named := errors.AsType[*record.DamageError](err)
				assert.True(t, named, "byte %d: %v", i, err)
			}
		}
	}
}

// rewritten copies the file, and changes the list of its parts before.
func rewritten(t *testing.T, file []byte, change func(parts []*zip.File) []*zip.File) []byte {
	t.Helper()
	in, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	require.NoError(t, err)
	var out bytes.Buffer
	writer := zip.NewWriter(&out)
	for _, part := range change(slices.Clone(in.File)) {
		require.NoError(t, writer.Copy(part))
	}
	require.NoError(t, writer.Close())
	return out.Bytes()
}

func TestAPartThatIsMissingSwappedOrForeignIsNamed(t *testing.T) {
	t.Parallel()
	file := small(t, runID, nil)
	same := rewritten(t, file, func(parts []*zip.File) []*zip.File { return parts })
	_, err := open(same)
	require.NoError(t, err, "what rewriting changes is only what it is told to")

	other, err := zip.NewReader(bytes.NewReader(small(t, "0198f2a0-0000-7000-8000-000000000002", nil)), int64(len(small(t, "0198f2a0-0000-7000-8000-000000000002", nil))))
	require.NoError(t, err)
	for name, test := range map[string]struct {
		change func([]*zip.File) []*zip.File
		part   string
	}{
		"a source is missing":     {func(p []*zip.File) []*zip.File { return slices.Delete(p, 1, 2) }, "sources/0001.hcl"},
		"the head is missing":     {func(p []*zip.File) []*zip.File { return p[1:] }, "run.json"},
		"the manifest is missing": {func(p []*zip.File) []*zip.File { return slices.Delete(p, len(p)-2, len(p)-1) }, "manifest.json"},
		"the seal is missing":     {func(p []*zip.File) []*zip.File { return p[:len(p)-1] }, "SHA256SUMS"},
		"two are swapped": {func(p []*zip.File) []*zip.File {
			p[1], p[2] = p[2], p[1]
			return p
		}, "sources/0001.hcl"},
		"two have each other's name": {func(p []*zip.File) []*zip.File {
			p[1].Name, p[2].Name = p[2].Name, p[1].Name
			p[1], p[2] = p[2], p[1]
			return p
		}, "sources/0001.hcl"},
		"the head is another run's": {func(p []*zip.File) []*zip.File {
			p[0] = other.File[0]
			return p
		}, "run.json"},
		"the manifest is another run's": {func(p []*zip.File) []*zip.File {
			p[len(p)-2] = other.File[len(p)-2]
			return p
		}, "SHA256SUMS"},
		"one is there twice": {func(p []*zip.File) []*zip.File { return slices.Insert(p, 1, p[1]) }, "sources/0002.hcl"},
		"one is added":       {func(p []*zip.File) []*zip.File { return append(p, other.File[0]) }, "run.json"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, test.part, damage(t, rewritten(t, file, test.change)).Part)
		})
	}
}

func TestOtherFilesAreNoRecordings(t *testing.T) {
	t.Parallel()
	var archive bytes.Buffer
	writer := zip.NewWriter(&archive)
	part, err := writer.Create("a.yml")
	require.NoError(t, err)
	_, err = io.WriteString(part, "title: A\n")
	require.NoError(t, err)
	require.NoError(t, writer.Close())
	for name, content := range map[string][]byte{"empty": nil, "text": []byte("scenario \"a\" {}"), "another archive": archive.Bytes()} {
		_, err := open(content)
		assert.ErrorIs(t, err, record.ErrNotARecording, name)
	}
	_, err = record.Open(t.TempDir())
	assert.ErrorIs(t, err, record.ErrNotARecording, "a folder")
}

// newKey makes a key as a user does.
func newKey(t testing.TB, passphrase string) string {
	t.Helper()
	if _, err := exec.LookPath("ssh-keygen"); err != nil {
		t.Skip("needs ssh-keygen, of Debian's openssh-client")
	}
	name := filepath.Join(t.TempDir(), "key")
	out, err := exec.CommandContext(t.Context(), "ssh-keygen", "-q", "-t", "ed25519", "-N", passphrase, "-C", "blue", "-f", name).CombinedOutput()
	require.NoError(t, err, string(out))
	return name
}

func signer(t testing.TB, key, passphrase string) record.Signer {
	t.Helper()
	text, err := os.ReadFile(key)
	require.NoError(t, err)
	sign, err := record.NewSigner(text, func() ([]byte, error) { return []byte(passphrase), nil })
	require.NoError(t, err)
	return sign
}

// allowing is a file of allowed signers with one key.
func allowing(t *testing.T, options, key string) []byte {
	t.Helper()
	public, err := os.ReadFile(key + ".pub")
	require.NoError(t, err)
	return append([]byte("# the blue team\nblue@example.org "+options), public...)
}

func TestASignatureIsAnAllowedKeysOrRefused(t *testing.T) {
	t.Parallel()
	key, other := newKey(t, "open sesame"), newKey(t, "")
	r, err := open(small(t, runID, signer(t, key, "open sesame")))
	require.NoError(t, err)
	at := time.Date(2026, 11, 29, 12, 0, 0, 0, time.UTC)
	by, err := r.VerifySignature(allowing(t, "", key), at)
	require.NoError(t, err)
	assert.Equal(t, "blue@example.org", by.Principals)
	assert.Contains(t, by.Key, "SHA256:")
	for name, test := range map[string]struct {
		allowed []byte
		want    string
	}{
		"another key":          {allowing(t, "", other), "is not among the allowed signers"},
		"no key":               {[]byte{}, "is not among the allowed signers"},
		"for something else":   {allowing(t, `namespaces="git,file" `, key), "is not allowed to sign recordings (namespace ringer)"},
		"not yet":              {allowing(t, `valid-after="20270101Z" `, key), "is not valid at this time (valid-after"},
		"no longer":            {allowing(t, `valid-before="202611291200Z" `, key), "is not valid at this time (valid-before"},
		"as an authority only": {allowing(t, `cert-authority `, key), "as a certificate authority only"},
		"an option unknown":    {allowing(t, `verify-required `, key), `line 2: option "verify-required" is not known`},
		"a line that is none":  {[]byte("blue@example.org\n"), "line 1: expected principals, options and a public key"},
	} {
		_, err := r.VerifySignature(test.allowed, at)
		assert.ErrorContains(t, err, test.want, name)
	}
	for _, options := range []string{`namespaces="file,ring*" `, `valid-after="20261129",valid-before="20271129000000Z" `} {
		_, err := r.VerifySignature(allowing(t, options, key), at)
		assert.NoError(t, err, options)
	}
	unsigned, err := open(small(t, runID, nil))
	require.NoError(t, err)
	_, err = unsigned.VerifySignature(nil, at)
	assert.ErrorIs(t, err, record.ErrNotSigned)
}

func TestSSHKeygenAcceptsOurSignature(t *testing.T) {
	t.Parallel()
	key := newKey(t, "")
	r, err := open(small(t, runID, signer(t, key, "")))
	require.NoError(t, err)
	folder := t.TempDir()
	allowed, signature := filepath.Join(folder, "allowed"), filepath.Join(folder, "sig")
	require.NoError(t, os.WriteFile(allowed, allowing(t, "", key), 0o600))
	require.NoError(t, os.WriteFile(signature, r.Signature, 0o600))
	verify := exec.CommandContext(t.Context(), "ssh-keygen", "-Y", "verify", "-f", allowed, "-I", "blue@example.org", "-n", record.Namespace, "-s", signature)
	verify.Stdin = bytes.NewReader(r.ManifestText)
	out, err := verify.CombinedOutput()
	require.NoError(t, err, string(out))
	assert.Contains(t, string(out), `Good "ringer" signature for blue@example.org`)
}

func TestAWrongPassphraseIsToldSo(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile(newKey(t, "open sesame"))
	require.NoError(t, err)
	_, err = record.NewSigner(text, func() ([]byte, error) { return []byte("wrong"), nil })
	assert.ErrorContains(t, err, "read signing key")
	_, err = record.NewSigner([]byte("no key"), nil)
	assert.ErrorContains(t, err, "read signing key")
}

// FuzzRead holds that whatever is read is told as what it is: the very bytes that
// were sealed, or an error.
func FuzzRead(f *testing.F) {
	file := small(f, runID, nil)
	f.Add(file)
	f.Add(file[:len(file)/2])
	f.Add(bytes.Replace(file, []byte("scenario"), []byte("scenari0"), 1))
	f.Fuzz(func(t *testing.T, content []byte) {
		r, err := open(content)
		if err == nil && bytes.Contains(content, []byte(runID)) && r.Head.Run == runID {
			_, err := r.Sources()
			assert.NoError(t, err)
		}
	})
}
