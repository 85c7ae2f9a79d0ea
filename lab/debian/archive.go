package debian

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
)

// ErrUnavailable says that no packages can be had here.
var ErrUnavailable = errors.New("packages of Debian are not available")

// Archive is where packages come from: the sources that the system's apt is set
// up with. What it fetches it keeps, and does not fetch again.
type Archive struct {
	// Dir holds apt's lists and the packages; it is made where it is missing.
	// The system's own lists and packages are left alone.
	Dir string
}

// CheckFolder is an error if the folder cannot be the archive's, as somebody keeps files
// of his own under the names of ours.
func (a Archive) CheckFolder() error {
	if about, err := os.Stat(a.Dir); err == nil && !about.IsDir() {
		return fmt.Errorf("package folder: %s is a file; choose another folder", a.Dir)
	}
	if about, err := os.Stat(a.status()); err == nil && (!about.Mode().IsRegular() || about.Size() > 0) {
		return fmt.Errorf("package folder: %s was not created by ringer and was not changed; choose another folder", a.status())
	}
	for _, folder := range []string{a.lists(), a.packages(), filepath.Join(a.Dir, "cache")} {
		if about, err := os.Stat(folder); err == nil && !about.IsDir() {
			return fmt.Errorf("package folder: %s is a file and was not changed; choose another folder", folder)
		}
	}
	return nil
}

// Package is one package in one version.
type Package struct {
	Name, Version string
	// File is its base name in the archive, Size in bytes.
	File string
	Size int64
}

func (p Package) String() string { return p.Name + " " + p.Version }

// Update brings apt's lists up to date. Without a network the lists of the last time
// do, if there are any. The error is [ErrUnavailable] where apt-get is missing or
// fails and there are no lists, that of [Archive.CheckFolder], that the folder cannot
// be written, or ctx's cause.
func (a Archive) Update(ctx context.Context) error {
	if _, err := exec.LookPath("apt-get"); err != nil {
		return fmt.Errorf("%w: apt-get is not installed on this machine", ErrUnavailable)
	}
	for _, folder := range []string{a.lists() + "/partial", a.packages(), filepath.Join(a.Dir, "cache")} {
		if err := os.MkdirAll(folder, 0o755); err != nil {
			return fmt.Errorf("package folder: %w", err)
		}
	}
	// An empty status: what the system has installed shall not count.
	status, err := os.OpenFile(a.status(), os.O_RDONLY|os.O_CREATE, 0o644)
	if err != nil {
		return fmt.Errorf("package folder: %w", err)
	}
	if err := errors.Join(status.Close(), a.CheckFolder()); err != nil {
		return err
	}
	_, err = a.apt(ctx, "-o", "APT::Update::Error-Mode=any", "update")
	if err == nil || ctx.Err() != nil {
		return err
	}
	if known, _ := filepath.Glob(a.lists() + "/*Packages*"); len(known) > 0 {
		return nil
	}
	return err
}

// Resolve returns the named packages and all they depend on. The error is
// [ErrUnavailable] where apt-get fails, ctx's cause, or that its output has another
// format.
func (a Archive) Resolve(ctx context.Context, names ...string) ([]Package, error) {
	out, err := a.apt(ctx, append([]string{"--print-uris", "install"}, names...)...)
	if err != nil {
		return nil, err
	}
	return readURIs(string(out))
}

// readURIs reads lines of '<address>' <file> <size> <digest>.
func readURIs(out string) ([]Package, error) {
	var all []Package
	for line := range strings.Lines(out) {
		if !strings.HasPrefix(line, "'") {
			continue
		}
		words := strings.Fields(line)
		if len(words) < 3 {
			return nil, fmt.Errorf("read apt-get's output: expected a package in %q", strings.TrimSpace(line))
		}
		size, err := strconv.ParseInt(words[2], 10, 64)
		parts := strings.Split(words[1], "_")
		if err != nil || len(parts) != 3 {
			return nil, fmt.Errorf("read apt-get's output: expected a package in %q", strings.TrimSpace(line))
		}
		version, err := url.PathUnescape(parts[1]) // an epoch's colon is %3a
		if err != nil {
			return nil, fmt.Errorf("read apt-get's output: %w", err)
		}
		all = append(all, Package{Name: parts[0], Version: version, File: words[1], Size: size})
	}
	return all, nil
}

// Fetch returns the paths of packages, which apt fetches and verifies where they are
// not there already. The error is [ErrUnavailable] where apt-get fails, or ctx's
// cause.
func (a Archive) Fetch(ctx context.Context, packages []Package) ([]string, error) {
	var paths, missing []string
	for _, pkg := range packages {
		path := filepath.Join(a.packages(), pkg.File)
		paths = append(paths, path)
		if stat, err := os.Stat(path); err != nil || stat.Size() != pkg.Size {
			missing = append(missing, pkg.Name+"="+pkg.Version)
		}
	}
	if len(missing) == 0 {
		return paths, nil
	}
	if _, err := a.apt(ctx, append([]string{"download"}, missing...)...); err != nil {
		return nil, err
	}
	return paths, nil
}

func (a Archive) lists() string    { return filepath.Join(a.Dir, "lists") }
func (a Archive) status() string   { return filepath.Join(a.Dir, "status") }
func (a Archive) packages() string { return filepath.Join(a.Dir, "packages") }

// apt runs apt-get on folders of our own; no privilege is needed for that.
func (a Archive) apt(ctx context.Context, args ...string) ([]byte, error) {
	dir, err := filepath.Abs(a.Dir)
	if err != nil {
		return nil, fmt.Errorf("find folder: %w", err)
	}
	own := Archive{Dir: dir}
	command := exec.CommandContext(ctx, "apt-get", append([]string{
		"-qq", "-o", "Dir::State=" + dir, "-o", "Dir::State::lists=" + own.lists(), "-o", "Dir::State::status=" + own.status(),
		"-o", "Dir::Cache=" + filepath.Join(dir, "cache"), "-o", "Debug::NoLocking=1",
		"-o", "APT::Install-Recommends=0", "-o", "Acquire::Languages=none", "-o", "Acquire::Retries=2", "-o", "Acquire::http::Timeout=20",
		// Its own user for fetching could not enter a folder of ours.
		"-o", "APT::Sandbox::User=",
	}, args...)...)
	command.Dir = own.packages()
	var stderr bytes.Buffer
	command.Stderr = &stderr
	out, err := command.Output()
	switch {
	case ctx.Err() != nil:
		return nil, context.Cause(ctx)
	case err != nil:
		return nil, fmt.Errorf("%w: apt-get failed: %w: %s", ErrUnavailable, err, firstLines(stderr.String()))
	}
	return out, nil
}

// firstLines is the beginning of what apt complains of.
func firstLines(text string) string {
	lines := strings.SplitN(strings.TrimSpace(text), "\n", 4)
	return strings.Join(lines[:min(3, len(lines))], "; ")
}
