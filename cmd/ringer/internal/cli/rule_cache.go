package cli

import (
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/ringer-lab/ringer/emulation/sigma"
)

// readRules reads rules from files, folders and zip archives. What was read from
// a folder is kept in the user's cache (XDG_CACHE_HOME, else ~/.cache), since
// parsing SigmaHQ's thousands takes most of a second and reading them again does
// not. RINGER_CACHE=off does without.
func (c *command) readRules(paths []string) ([]*sigma.Rule, []sigma.Problem) {
	file, ok := c.ruleCache(paths)
	if !ok {
		return sigma.LoadPaths(paths...)
	}
	return sigma.LoadCached(file, paths...)
}

// ruleCache is the file for those paths; ok is false where there shall be none.
func (c *command) ruleCache(paths []string) (file string, ok bool) {
	folder := c.Env("XDG_CACHE_HOME")
	if home := c.Env("HOME"); folder == "" && home != "" {
		folder = filepath.Join(home, ".cache")
	}
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
		real = append(real, path, absolute) // names in diagnostics are as given
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
