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

// Libraries reports whether a path may be a shared library, or a link to one.
func Libraries(name string) bool {
	return strings.Contains(path.Base(name), ".so") && (strings.HasPrefix(name, "lib") || strings.HasPrefix(name, "usr/lib/"))
}

// Under reports whether a path is one of those listed, or below one that ends
// with a slash.
func Under(name string, listed []string) bool {
	return slices.ContainsFunc(listed, func(one string) bool {
		return name == one || strings.HasSuffix(one, "/") && strings.HasPrefix(name, one)
	})
}

// Choose gives the listed files, and of all else what they need to run: what
// links point to, and the shared libraries of programs. It is an error if one
// of these is in no package.
func (t Tree) Choose(listed []string) (Tree, error) {
	chosen := Tree{}
	for _, one := range listed {
		found := false
		for _, name := range slices.Sorted(maps.Keys(t)) {
			if Under(name, []string{one}) {
				found = true
				if err := t.choose(name, chosen); err != nil {
					return nil, err
				}
			}
		}
		if !found {
			return nil, fmt.Errorf("choose files: no package has %s", one)
		}
	}
	return chosen, nil
}

func (t Tree) choose(name string, into Tree) error {
	if _, done := into[name]; done {
		return nil
	}
	file, ok := t[name]
	if !ok {
		return fmt.Errorf("choose files: no package has %s", name)
	}
	into[name] = file
	if file.Link != "" {
		return t.choose(target(name, file.Link), into)
	}
	needed, err := t.needs(file.Content)
	if err != nil {
		return fmt.Errorf("choose what %s needs: %w", name, err)
	}
	for _, one := range needed {
		if err := t.choose(one, into); err != nil {
			return err
		}
	}
	return nil
}

// target is where a link leads.
func target(name, link string) string {
	if !strings.HasPrefix(link, "/") {
		link = path.Join("/", path.Dir(name), link)
	}
	return strings.TrimPrefix(path.Clean(link), "/")
}

// needs lists a program's loader and libraries; other files need nothing.
func (t Tree) needs(content []byte) ([]string, error) {
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
		found, err := t.library(library)
		if err != nil {
			return nil, err
		}
		all = append(all, found)
	}
	return all, nil
}

// library finds a shared library where Debian's loader looks for it.
func (t Tree) library(name string) (string, error) {
	for _, pattern := range [...]string{"lib/*-linux-gnu/", "usr/lib/*-linux-gnu/"} {
		for _, at := range slices.Sorted(maps.Keys(t)) {
			if fits, _ := path.Match(pattern+name, at); fits {
				return at, nil
			}
		}
	}
	return "", fmt.Errorf("no package has %s", name)
}
