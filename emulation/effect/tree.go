package effect

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/ringer-lab/ringer/emulation/artifact"
)

// Platform is the shape of an asset's file system and telemetry.
type Platform string

// The platforms an asset can have.
const (
	Windows Platform = "windows"
	Linux   Platform = "linux"
)

// Root is where an asset's file system lies inside its container, but for what is at its
// own place (see [OwnPlaces]).
const Root = "/asset"

// Tree maps platform paths to the folder of an asset's file system. For Windows
// that folder has one folder a drive (`c`), `registry`,
// and one for each further kind of name that Windows knows: `pipe`, `unc` (other
// hosts' shares), `object` (the kernel's own tree) and `system` (processes that
// are no file). For Linux it has `root`, with what has no place of its own.
// [AssetTree] returns an asset's.
type Tree struct {
	// Root is the folder in the real file system.
	Root     string
	Platform Platform
	// AtOwnPlaces has Linux's own folders at their own places: there a platform path is
	// the real one.
	AtOwnPlaces bool
	// Folders are those that an image of the user's own can be written to; nil is that the
	// host is of no such image.
	Folders []string
	// Disk is the file system it lives in; nil is the operating system's.
	Disk Disk
}

func (t Tree) disk() Disk {
	if t.Disk == nil {
		return osDisk{}
	}
	return t.Disk
}

// namePrefixes are the kinds of Windows name with a prefix, the longer prefixes first.
// The last names a hive that an application has loaded for itself.
var namePrefixes = [...]struct{ prefix, folder string }{
	{artifact.PipeFolder, "pipe"},
	{`\\`, "unc"},
	{artifact.AppHives, "registry/REGISTRY"},
	{`\`, "object"},
}

// fileless are the processes that the kernel starts without a file, and what
// Sysmon writes for one that had ended before it looked.
var fileless = []string{"System", "Registry", "MemCompression", "Secure System", "vmmem", "Idle", "<unknown process>"}

// Locate gives the real path for a platform path: `C:\…`, `HKLM\…` or `/…`.
// It is an error for a path to be relative, to leave the tree, be it by a link on
// its way, to contain a NUL, or to have a name too long for the file system. Windows
// names are matched without regard to case, as there.
func (t Tree) Locate(path string) (string, error) {
	base, names, err := t.names(path)
	if err != nil {
		return "", err
	}
	real := join(t.Root, base)
	if own := "/" + strings.Join(names, "/"); t.Platform == Linux && t.hasItsOwnPlace(own) {
		if own == "/" {
			return own, nil
		}
		real = ""
	}
	for _, name := range names {
		if real != "" && t.isLink(real) {
			return "", fmt.Errorf("locate %q: %w", path, errLinkOut)
		}
		if t.Platform == Windows {
			name = t.existingName(real, name)
		}
		real = child(real, name)
	}
	return real, nil
}

// WorkingFolder is the real folder in which a process starts that is to work in
// dir (a platform path): that one, or the platform's root where there is none.
func (t Tree) WorkingFolder(dir string) string {
	root := "/"
	if t.Platform == Windows {
		root = `C:\`
	}
	for _, path := range []string{dir, root} {
		real, err := t.Locate(path)
		if err != nil {
			continue
		}
		if stat, err := t.disk().Lstat(real); err == nil && stat.IsDir() {
			return real
		}
	}
	return t.Root
}

// CheckPath returns the error with which [Tree.Locate] would refuse a path for
// its form alone; nil is that it would not.
func CheckPath(platform Platform, path string) error {
	_, _, err := Tree{Platform: platform}.names(path)
	return err
}

// names gives the folder a path lives in and the names below it, as the real
// file system has them.
func (t Tree) names(path string) (base string, names []string, err error) {
	base, rest, err := t.split(path)
	if err != nil {
		return "", nil, err
	}
	for _, name := range rest {
		if t.Platform == Windows {
			name = strings.ReplaceAll(name, "/", "%2F")
		}
		switch {
		case name == "" || name == ".":
			continue
		case name == "..":
			return "", nil, fmt.Errorf("locate %q: path must not leave its folder", path)
		case strings.ContainsRune(name, 0):
			return "", nil, fmt.Errorf("locate %q: path must not contain a NUL", path)
		case t.Platform == Windows:
			pieces, err := splitLongName(name)
			if err != nil {
				return "", nil, fmt.Errorf("locate %q: %w", path, err)
			}
			names = append(names, pieces...)
			continue
		case len(name) > maxNameBytes:
			return "", nil, fmt.Errorf("locate %.40q…: a name must have at most 255 bytes", path)
		}
		names = append(names, name)
	}
	return base, names, nil
}

// split separates the folder a path lives in from the names below it.
func (t Tree) split(path string) (base string, names []string, err error) {
	if t.Platform == Linux {
		if !strings.HasPrefix(path, "/") {
			return "", nil, fmt.Errorf("locate %q: expected an absolute path", path)
		}
		return "root", strings.Split(path, "/"), nil
	}
	for _, location := range namePrefixes {
		if rest, ok := strings.CutPrefix(path, location.prefix); ok {
			return location.folder, strings.Split(rest, `\`), nil
		}
	}
	names = strings.Split(path, `\`)
	if hive := artifact.Hive(names[0]); hive != "" {
		return join("registry", hive), names[1:], nil
	}
	if slices.Contains(fileless, path) {
		return "system", names, nil
	}
	drive := names[0]
	if len(drive) != 2 || drive[1] != ':' || !isLetter(drive[0]) {
		return "", nil, fmt.Errorf("locate %q: expected a path on a drive or in the registry", path)
	}
	return strings.ToLower(drive[:1]), names[1:], nil
}

func isLetter(b byte) bool { return 'a' <= b|0x20 && b|0x20 <= 'z' }

// existingName is the name as the folder has it, where it differs in case only.
func (t Tree) existingName(folder, name string) string {
	if _, err := t.disk().Lstat(child(folder, name)); err == nil {
		return name
	}
	entries, err := t.disk().ReadDir(folder)
	if err != nil {
		return name
	}
	same := func(e fs.DirEntry) bool { return strings.EqualFold(e.Name(), name) }
	if i := slices.IndexFunc(entries, same); i >= 0 {
		return entries[i].Name()
	}
	return name
}

// PlatformPath is the inverse of Locate: the platform path of a real one. ok is false
// for a path outside the tree.
func (t Tree) PlatformPath(real string) (path string, ok bool) {
	if own := clean(real); t.hasItsOwnPlace(own) {
		return own, true
	}
	rel, ok := strings.CutPrefix(clean(real), strings.TrimSuffix(clean(t.Root), "/")+"/")
	if !ok {
		return "", false
	}
	base, rest, _ := strings.Cut(rel, "/")
	if t.Platform == Linux {
		return "/" + rest, base == "root"
	}
	rest = strings.ReplaceAll(strings.ReplaceAll(joinLongNames(rest), "/", `\`), "%2F", "/")
	if app, ok := strings.CutPrefix(rest, `REGISTRY\`); ok && base == "registry" {
		return artifact.AppHives + app, true
	}
	switch base {
	case "registry", "system":
		return rest, rest != ""
	case "pipe":
		return artifact.PipeFolder + rest, true
	case "unc":
		return `\\` + rest, true
	case "object":
		return `\` + rest, true
	}
	switch {
	case len(base) == 1 && isLetter(base[0]):
		return strings.ToUpper(base) + `:\` + rest, true
	}
	return "", false
}

// Captures reports whether the sensor is to report the content of the file at a real
// path, besides that it was written: it is telemetry in some log source's words.
func (t Tree) Captures(real string) bool {
	path, ok := t.PlatformPath(real)
	if !ok {
		return false
	}
	if t.Platform == Windows {
		return artifact.WindowsTelemetry(path)
	}
	return artifact.LinuxTelemetry(path)
}
