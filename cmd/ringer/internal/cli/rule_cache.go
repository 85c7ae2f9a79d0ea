package cli

import (
	"cmp"
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/ringer-lab/ringer/emulation/sigma"
)

// How many caches of rules are kept, and for how long what was not finished.
const (
	keptCaches    = 16
	unfinishedFor = time.Hour
)

// readRules reads rules from files, folders and zip archives. The rules of folders
// are cached in the user's cache (XDG_CACHE_HOME, else ~/.cache, on Windows
// LOCALAPPDATA), as parsing SigmaHQ's thousands takes most of a second: a file for each
// set of paths, the last that were made of them. RINGER_CACHE=off turns the cache off.
func (c *command) readRules(paths []string) ([]*sigma.Rule, []sigma.Problem) {
	file, ok := c.ruleCache(paths)
	if !ok {
		return sigma.LoadPaths(paths...)
	}
	before, _ := os.Stat(file)
	rules, problems := sigma.LoadCached(file, paths...)
	if after, err := os.Stat(file); err == nil && (before == nil || !after.ModTime().Equal(before.ModTime())) {
		pruneCaches(filepath.Dir(file))
	}
	return rules, problems
}

// ruleCache returns the cache file for those paths; ok is false if nothing is to be
// cached.
func (c *command) ruleCache(paths []string) (file string, ok bool) {
	folder := c.Env("XDG_CACHE_HOME")
	if home := c.Env("HOME"); folder == "" && home != "" {
		folder = filepath.Join(home, ".cache")
	}
	folder = cmp.Or(folder, c.Env("LOCALAPPDATA"))
	if folder == "" || c.Env("RINGER_CACHE") == "off" {
		return "", false
	}
	var real []string
	large := false
	for _, path := range paths {
		absolute, err := filepath.Abs(path)
		if err != nil {
			return "", false
		}
		about, err := os.Stat(absolute)
		large = large || err == nil && about.IsDir()
		real = append(real, path, absolute) // diagnostics name files as given
	}
	if !large {
		return "", false
	}
	folder = filepath.Join(folder, "ringer")
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return "", false
	}
	name := sha256.Sum256([]byte(strings.Join(real, "\x00")))
	return filepath.Join(folder, fmt.Sprintf("rules-%x", name[:8])), true
}

// cacheName is the name of a cache, or with a number that of one being written.
var cacheName = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^rules-[0-9a-f]{16}(\.[0-9]+)?$`) })

// pruneCaches removes from a folder all caches of rules but the last that were made, and
// what was left of those that could not be finished. It leaves other files alone, and
// what cannot be removed: a cache too many does no harm.
func pruneCaches(folder string) {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return
	}
	var caches []os.FileInfo
	for _, entry := range entries {
		part := cacheName().FindStringSubmatch(entry.Name())
		about, err := entry.Info()
		switch {
		case part == nil || err != nil || !about.Mode().IsRegular():
		case part[1] == "":
			caches = append(caches, about)
		case time.Since(about.ModTime()) > unfinishedFor:
			_ = os.Remove(filepath.Join(folder, entry.Name()))
		}
	}
	slices.SortFunc(caches, func(a, b os.FileInfo) int { return b.ModTime().Compare(a.ModTime()) })
	for _, old := range caches[min(len(caches), keptCaches):] {
		_ = os.Remove(filepath.Join(folder, old.Name()))
	}
}
