package effect

import (
	"path"
	"slices"
	"strings"
)

// ownPlaces are the folders that a Linux asset has at their own places, in its
// container as on a real host: each is a file system of its own there. What is named
// below none of them lies below [Root].
var ownPlaces = []string{
	"/bin", "/dev/shm", "/etc", "/home", "/lib", "/mnt", "/net", "/opt", "/root", "/run", "/sbin", "/srv", "/tmp", "/usr", "/var",
}

// enginesFiles are below those folders, and an engine lays files of its own over them,
// which nobody inside may change. The host's lie below [Root].
var enginesFiles = []string{"/etc/hostname"}

// OwnPlaces returns the folders that an asset of a platform has at their own places,
// sorted; there are none for Windows, whose paths are none of a container's.
func OwnPlaces(platform Platform) []string {
	if platform != Linux {
		return nil
	}
	return slices.Clone(ownPlaces)
}

// AssetTree returns an asset's tree, as it lies in its container. A nil disk is the
// operating system's.
func AssetTree(platform Platform, disk Disk) Tree {
	return Tree{Root: Root, Platform: platform, Disk: disk, AtOwnPlaces: platform == Linux}
}

// ImageTree returns the tree of an asset that is made of an image of the user's own: all
// is at its own place, and what can be written to lies in folders, which must not be
// empty. A nil disk is the operating system's.
func ImageTree(folders []string, disk Disk) Tree {
	return Tree{Root: Root, Platform: Linux, Disk: disk, AtOwnPlaces: true, Folders: folders}
}

// ownPlace returns which of those folders a Linux path lies in, or is; empty is none.
func ownPlace(file string) string {
	if slices.Contains(enginesFiles, file) {
		return ""
	}
	for _, folder := range ownPlaces {
		if file == folder || strings.HasPrefix(file, folder+"/") {
			return folder
		}
	}
	return ""
}

// FileSystem returns which of a Linux asset's own places a real path is on; empty is none.
func FileSystem(real string) string { return ownPlace(real) }

// hasItsOwnPlace reports whether a Linux path, which is clean, is the real path as well.
func (t Tree) hasItsOwnPlace(file string) bool {
	if t.Folders != nil {
		return file != Root && !strings.HasPrefix(file, Root+"/")
	}
	return t.AtOwnPlaces && (file == "/" || ownPlace(file) != "")
}

// Bases returns the real paths of folders that are there before anything else is: Base,
// and those in it of files that an engine has its own of.
func (t Tree) Bases() []string {
	all := []string{t.Base()}
	if t.AtOwnPlaces {
		for _, file := range enginesFiles {
			all = append(all, t.Base()+path.Dir(file))
		}
	}
	return all
}

// Crosses reports whether two paths (of the platform) are on different file systems, so
// that a file cannot be renamed from one to the other.
func (t Tree) Crosses(from, to string) bool {
	return t.AtOwnPlaces && ownPlace(path.Clean(from)) != ownPlace(path.Clean(to))
}

// OfEarlierBuild returns the real path of today for one that a build of ringer reported by
// which Linux assets had all of their files below [Root]; ok is false for any other.
func (t Tree) OfEarlierBuild(real string) (today string, ok bool) {
	rest, below := strings.CutPrefix(real, t.Base())
	if !t.AtOwnPlaces || !below || ownPlace(rest) == "" {
		return "", false
	}
	return rest, true
}

// Base is the real path of the folder that all lies below which has no place of its own.
func (t Tree) Base() string {
	if t.Platform == Linux {
		return join(t.Root, "root")
	}
	return t.Root
}

// IsOwnPlace reports whether a real path is one of the folders that an asset has at their
// own places.
func (t Tree) IsOwnPlace(real string) bool { return t.AtOwnPlaces && ownPlace(real) == real }

// tops are the real paths of the folders that all of the tree lies below.
func (t Tree) tops() []string {
	if !t.AtOwnPlaces {
		return []string{t.Root}
	}
	if t.Folders != nil {
		return append(slices.Clone(t.Folders), t.Root)
	}
	return append(OwnPlaces(t.Platform), t.Root)
}
