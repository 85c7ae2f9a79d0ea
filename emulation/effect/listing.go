package effect

import (
	"crypto/sha256"
	"fmt"
	"io/fs"
	"maps"
	"slices"
)

// Listing is the state of a tree: for each real path its type, mode and, of a file,
// the digest of its content and its modification time.
type Listing map[string]string

// List reads the whole tree, but for the real paths to skip. It returns an error
// if a file or folder cannot be read.
func List(tree Tree, skip ...string) (Listing, error) {
	found := Listing{}
	for _, top := range tree.tops() {
		if _, err := tree.disk().Lstat(top); err != nil && top != tree.Root {
			continue // a host need not have it
		}
		if err := list(tree.disk(), top, skip, found); err != nil {
			return nil, err
		}
	}
	return found, nil
}

func list(disk Disk, real string, skip []string, into Listing) error {
	if slices.Contains(skip, real) {
		return nil
	}
	stat, err := disk.Lstat(real)
	if err != nil {
		return fmt.Errorf("list tree: %w", err)
	}
	line := stat.Mode().String()
	switch {
	case stat.Mode()&fs.ModeSymlink != 0:
		target, err := disk.Readlink(real)
		if err != nil {
			return fmt.Errorf("list tree: %w", err)
		}
		line += " " + target
	case stat.Mode().IsRegular():
		content, err := disk.ReadFile(real)
		if err != nil {
			return fmt.Errorf("list tree: %w", err)
		}
		line += fmt.Sprintf(" %x %d", sha256.Sum256(content), stat.ModTime().UnixNano())
	}
	into[real] = line
	if !stat.IsDir() {
		return nil
	}
	below, err := disk.ReadDir(real)
	if err != nil {
		return fmt.Errorf("list tree: %w", err)
	}
	for _, entry := range below {
		if err := list(disk, join(real, entry.Name()), skip, into); err != nil {
			return err
		}
	}
	return nil
}

// Differences returns the paths whose state differs between two listings, sorted.
func (l Listing) Differences(other Listing) []string {
	var differ []string
	for _, real := range slices.Sorted(maps.Keys(l)) {
		if other[real] != l[real] {
			differ = append(differ, real)
		}
	}
	for _, real := range slices.Sorted(maps.Keys(other)) {
		if _, ok := l[real]; !ok {
			differ = append(differ, real)
		}
	}
	return differ
}
