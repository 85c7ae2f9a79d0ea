//go:build linux

package agent

import (
	"io/fs"
	"os"
	"strings"
	"time"

	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/effect"
)

// placesDisk is a Linux asset's file system for the agent, which works in the one of its
// places that it looks something up in: a name is then looked up from there, and not from
// the root, whose file system may be one in user space (see effect.WorkingDisk). It
// changes the process's working folder, so it is the one goroutine's that does the work.
type placesDisk struct {
	places map[string]effect.Disk
	// elsewhere is for names below none of them.
	elsewhere effect.Disk
	working   string
}

func newPlacesDisk() *placesDisk {
	d := &placesDisk{places: map[string]effect.Disk{}, elsewhere: effect.ProgramDisk("", artifact.Interpreter)}
	for _, place := range append(effect.OwnPlaces(effect.Linux), effect.Root) {
		d.places[place] = effect.ProgramDisk(place, artifact.Interpreter)
	}
	return d
}

// near is the disk of the place that a name is below, in which the agent then works.
func (d *placesDisk) near(name string) effect.Disk {
	first, rest, _ := strings.Cut(strings.TrimPrefix(name, "/"), "/")
	place := "/" + first
	if d.places[place] == nil {
		second, _, _ := strings.Cut(rest, "/")
		place += "/" + second
	}
	disk := d.places[place]
	if disk == nil {
		return d.elsewhere
	}
	if d.working != place {
		if os.Chdir(place) != nil {
			return d.elsewhere // what is done to the name says what is wrong
		}
		d.working = place
	}
	return disk
}

func (d *placesDisk) Lstat(name string) (fs.FileInfo, error)     { return d.near(name).Lstat(name) }
func (d *placesDisk) ReadFile(name string) ([]byte, error)       { return d.near(name).ReadFile(name) }
func (d *placesDisk) ReadDir(name string) ([]fs.DirEntry, error) { return d.near(name).ReadDir(name) }
func (d *placesDisk) Readlink(name string) (string, error)       { return d.near(name).Readlink(name) }
func (d *placesDisk) Symlink(target, name string) error          { return d.near(name).Symlink(target, name) }
func (d *placesDisk) Rename(from, to string) error               { return d.near(from).Rename(from, to) }
func (d *placesDisk) Remove(name string) error                   { return d.near(name).Remove(name) }
func (d *placesDisk) RemoveAll(name string) error                { return d.near(name).RemoveAll(name) }
func (d *placesDisk) Truncate(name string, size int64) error {
	return d.near(name).Truncate(name, size)
}
func (d *placesDisk) Chmod(name string, mode fs.FileMode) error {
	return d.near(name).Chmod(name, mode)
}
func (d *placesDisk) MkdirAll(name string, mode fs.FileMode) error {
	return d.near(name).MkdirAll(name, mode)
}

func (d *placesDisk) Chtimes(name string, accessed, modified time.Time) error {
	return d.near(name).Chtimes(name, accessed, modified)
}

func (d *placesDisk) Put(name string, content []byte, mode fs.FileMode, add bool) error {
	return d.near(name).Put(name, content, mode, add)
}
