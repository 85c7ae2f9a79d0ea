package debian

import (
	"bytes"
	"debug/elf"
	"fmt"
	"io"
	"maps"
	"path"
	"slices"
	"strings"
)

// IsLibrary reports whether a path may be a shared library, or a link to one.
func IsLibrary(name string) bool {
	return strings.Contains(path.Base(name), ".so") && (strings.HasPrefix(name, "lib") || strings.HasPrefix(name, "usr/lib/"))
}

// IsListed reports whether a path is one of those listed, or below one that ends
// with a slash.
func IsListed(name string, listed []string) bool {
	return slices.ContainsFunc(listed, func(path string) bool {
		return name == path || strings.HasSuffix(path, "/") && strings.HasPrefix(name, path)
	})
}

// Select gives the listed files, and of all else what they need to run: what
// links point to, and the shared libraries of programs. It is an error if one
// of these is in no package.
func (t Tree) Select(listed []string) (Tree, error) {
	selected := Tree{}
	for _, wanted := range listed {
		found := false
		for _, name := range slices.Sorted(maps.Keys(t)) {
			if IsListed(name, []string{wanted}) {
				found = true
				if err := t.selectWithDependencies(name, selected); err != nil {
					return nil, err
				}
			}
		}
		if !found {
			return nil, fmt.Errorf("select files: none of the packages contains %s", wanted)
		}
	}
	return selected, nil
}

func (t Tree) selectWithDependencies(name string, into Tree) error {
	if _, done := into[name]; done {
		return nil
	}
	file, ok := t[name]
	if !ok {
		return fmt.Errorf("select files: none of the packages contains %s", name)
	}
	into[name] = file
	if file.Link != "" {
		return t.selectWithDependencies(linkTarget(name, file.Link), into)
	}
	needed, err := t.dependencies(file.Content)
	if err != nil {
		return fmt.Errorf("select what %s depends on: %w", name, err)
	}
	for _, path := range needed {
		if err := t.selectWithDependencies(path, into); err != nil {
			return err
		}
	}
	return nil
}

// linkTarget is where a link leads.
func linkTarget(name, link string) string {
	if !strings.HasPrefix(link, "/") {
		link = path.Join("/", path.Dir(name), link)
	}
	return strings.TrimPrefix(path.Clean(link), "/")
}

// dependencies lists a program's loader and libraries; other files need nothing.
func (t Tree) dependencies(content []byte) ([]string, error) {
	if !bytes.HasPrefix(content, []byte(elf.ELFMAG)) {
		return nil, nil
	}
	program, err := elf.NewFile(bytes.NewReader(content))
	if err != nil {
		return nil, err
	}
	var all []string
	for _, part := range program.Progs {
		if part.Type == elf.PT_INTERP {
			loader, err := io.ReadAll(part.Open())
			if err != nil {
				return nil, err
			}
			all = append(all, strings.Trim(string(loader), "/\x00"))
		}
	}
	libraries, err := program.ImportedLibraries()
	if err != nil {
		return nil, err
	}
	for _, library := range libraries {
		found, err := t.findLibrary(library)
		if err != nil {
			return nil, err
		}
		all = append(all, found)
	}
	return all, nil
}

// findLibrary finds a shared library where Debian's loader looks for it.
func (t Tree) findLibrary(name string) (string, error) {
	for _, pattern := range [...]string{"lib/*-linux-gnu/", "usr/lib/*-linux-gnu/"} {
		for _, at := range slices.Sorted(maps.Keys(t)) {
			if fits, _ := path.Match(pattern+name, at); fits {
				return at, nil
			}
		}
	}
	return "", fmt.Errorf("none of the packages contains %s", name)
}
