package image_test

import (
	"archive/tar"
	"bytes"
	"crypto/sha256"
	"debug/elf"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/lab/image"
)

// program is the smallest ELF file with one segment.
func program(t *testing.T, machine elf.Machine, abi elf.OSABI, segment elf.ProgType) []byte {
	t.Helper()
	head := elf.Header64{
		Type: uint16(elf.ET_EXEC), Machine: uint16(machine), Version: uint32(elf.EV_CURRENT),
		Phoff: 64, Ehsize: 64, Phentsize: 56, Phnum: 1, Shentsize: 64,
	}
	copy(head.Ident[:], elf.ELFMAG)
	head.Ident[elf.EI_CLASS], head.Ident[elf.EI_DATA] = byte(elf.ELFCLASS64), byte(elf.ELFDATA2LSB)
	head.Ident[elf.EI_VERSION], head.Ident[elf.EI_OSABI] = byte(elf.EV_CURRENT), byte(abi)
	var out bytes.Buffer
	require.NoError(t, binary.Write(&out, binary.LittleEndian, head))
	require.NoError(t, binary.Write(&out, binary.LittleEndian, elf.Prog64{Type: uint32(segment)}))
	return out.Bytes()
}

func static(t *testing.T) []byte {
	return program(t, elf.EM_X86_64, elf.ELFOSABI_NONE, elf.PT_LOAD)
}

func TestABinaryThatNeedsMoreThanItselfIsRefused(t *testing.T) {
	t.Parallel()
	cases := []struct {
		name   string
		binary []byte
		want   string
	}{
		{"a program that a loader must complete", program(t, elf.EM_X86_64, elf.ELFOSABI_NONE, elf.PT_INTERP), "read program: linked dynamically: "},
		{"a program for another system", program(t, elf.EM_X86_64, elf.ELFOSABI_FREEBSD, elf.PT_LOAD), "read program: for ELFOSABI_FREEBSD, not for Linux: "},
		{"a program for a processor we do not build for", program(t, elf.EM_MIPS, elf.ELFOSABI_NONE, elf.PT_LOAD), "read program: for processor EM_MIPS: "},
		{"a file that is no program", []byte("#!/bin/sh\n"), "read program: not a Linux program: "},
		{"an empty file", nil, "read program: not a Linux program: "},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			_, err := image.FromBinary(c.binary, "1.0")
			require.ErrorIs(t, err, image.ErrNotStandalone)
			assert.EqualError(t, err, c.want+"an image needs a static Linux program; build it with `make build`")
		})
	}
}

func TestTheTagFollowsAllThatTheImageIs(t *testing.T) {
	t.Parallel()
	of := func(binary []byte, version string) string {
		made, err := image.FromBinary(binary, version)
		require.NoError(t, err)
		assert.Regexp(t, `^ringer-asset:[0-9a-f]{12}$`, made.Ref)
		return made.Ref
	}
	ref := of(static(t), "1.0")
	assert.Equal(t, ref, of(static(t), "1.0"), "the same every time")
	assert.NotEqual(t, ref, of(append(static(t), 0), "1.0"), "another binary")
	assert.NotEqual(t, ref, of(static(t), "1.1"), "another version")
	assert.NotEqual(t, ref, of(program(t, elf.EM_AARCH64, elf.ELFOSABI_NONE, elf.PT_LOAD), "1.0"), "another processor")
}

// file is an archive's entry, without what must not be in it.
type file struct {
	Name string
	Mode int64
	Type byte
}

// read gives an archive's entries and contents. All times must be zero, and all
// owners root.
func read(t *testing.T, archive io.Reader) (files []file, contents map[string][]byte) {
	t.Helper()
	contents = map[string][]byte{}
	for in := tar.NewReader(archive); ; {
		head, err := in.Next()
		if errors.Is(err, io.EOF) {
			return files, contents
		}
		require.NoError(t, err)
		assert.Zero(t, head.ModTime.Unix())
		assert.Zero(t, head.Uid+head.Gid)
		files = append(files, file{head.Name, head.Mode, head.Typeflag})
		contents[head.Name], err = io.ReadAll(in)
		require.NoError(t, err)
	}
}

func TestTheArchiveHoldsTheBinaryAndMountPoints(t *testing.T) {
	t.Parallel()
	made, err := image.FromBinary(static(t), "1.0")
	require.NoError(t, err)
	var archive bytes.Buffer
	n, err := made.WriteTo(&archive)
	require.NoError(t, err)
	assert.Equal(t, int64(archive.Len()), n)
	_, outer := read(t, &archive)

	var manifest []struct {
		Config   string
		RepoTags []string
		Layers   []string
	}
	require.NoError(t, json.Unmarshal(outer["manifest.json"], &manifest))
	require.Len(t, manifest, 1)
	config, layer := outer[manifest[0].Config], outer[manifest[0].Layers[0]]
	assert.Equal(t, []string{made.Ref}, manifest[0].RepoTags)
	assert.Equal(t, made.Layer, fmt.Sprintf("sha256:%x", sha256.Sum256(layer)), "the digest is of what is in it")
	assert.JSONEq(t, `{
		"created": "1970-01-01T00:00:00Z", "architecture": "amd64", "os": "linux",
		"config": {"User": "65521:65521", "Entrypoint": ["/ringer", "agent"], "WorkingDir": "/", "Labels": {"ringer": "1.0"}},
		"rootfs": {"type": "layers", "diff_ids": ["`+made.Layer+`"]}
	}`, string(config))

	files, inner := read(t, bytes.NewReader(layer))
	var names []string
	for _, found := range files[:len(files)-1] {
		assert.Equal(t, file{found.Name, 0o755, tar.TypeDir}, found)
		names = append(names, found.Name)
	}
	assert.Subset(t, names, []string{"asset/", "etc/", "usr/", "var/"})
	assert.NotContains(t, names, "dev/", "the engine's")
	assert.Equal(t, file{"ringer", 0o755, tar.TypeReg}, files[len(files)-1])
	assert.Equal(t, static(t), inner["ringer"])
}
