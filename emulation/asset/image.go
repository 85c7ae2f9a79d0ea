package asset

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ringer-lab/ringer/emulation/effect"
)

// ImageKind is the kind of host that is made of an image of the user's own.
const ImageKind = "image"

// Image is an image of the user's own that an asset is made of, and what its daemon
// needs beyond what every asset has. It is what a scenario asks for: whoever runs it
// allows each of it on the command line.
type Image struct {
	// Ref is how the engine knows it, such as registry.example/app:1. It is never pulled.
	Ref string `json:"image"`
	// User is who the daemon runs as: a name of the image's /etc/passwd, or a number.
	User string `json:"user"`
	// Port is where the daemon answers on the asset's loopback.
	Port int `json:"port"`
	// Writable lists the folders that it writes to, besides /run and /tmp.
	Writable []string `json:"writable,omitempty"`
}

// The kinds of thing that an operator allows an image.
const (
	AllowUser  = "user"
	AllowWrite = "write"
	AllowPort  = "port"
)

// Needs returns what is to be allowed, as KIND=VALUE, in a fixed order.
func (i Image) Needs() []string {
	all := []string{AllowUser + "=" + i.User, fmt.Sprintf("%s=%d", AllowPort, i.Port)}
	for _, folder := range i.Writable {
		all = append(all, AllowWrite+"="+folder)
	}
	return all
}

// Key is the same for two that an asset is made of in the same way.
func (i Image) Key() string { return strings.Join(append([]string{i.Ref}, i.Needs()...), "\n") }

// Folders are those that an asset made of it can be written to, sorted: each is a file
// system in memory.
func (i Image) Folders() []string {
	return slices.Compact(slices.Sorted(slices.Values(append([]string{"/run", "/tmp"}, i.Writable...))))
}

// Tree is where the host's files are in its container. A nil disk is the operating
// system's.
func (h Host) Tree(disk effect.Disk) effect.Tree {
	if h.Image != nil {
		return effect.ImageTree(h.Image.Folders(), disk)
	}
	return effect.AssetTree(h.Kind.Platform, disk)
}
