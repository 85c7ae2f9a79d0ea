package cli

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"github.com/ringer-lab/ringer/emulation/diagnostic"
	"github.com/ringer-lab/ringer/emulation/scenario"
	"github.com/ringer-lab/ringer/emulation/ship/target"
	"github.com/ringer-lab/ringer/emulation/userfile"
	"github.com/ringer-lab/ringer/scenarios"
)

// shipFlags say to which destinations events may go.
type shipFlags struct {
	names []string
	files []string
	hosts []string
	wait  time.Duration
}

// addTo declares the flags of a live run.
func (f *shipFlags) addTo(flags *pflag.FlagSet) {
	flags.StringArrayVar(&f.names, "ship", nil, "send the events, as steps are performed, to the ship block of this `NAME`; may be given several times")
	f.addAllowed(flags)
	flags.DurationVar(&f.wait, "ship-wait", 30*time.Second, "how long to wait at the end for destinations to take all")
}

// addAllowed declares the flags of what is allowed.
func (f *shipFlags) addAllowed(flags *pflag.FlagSet) {
	flags.StringArrayVar(&f.files, "ship-file", nil, "take destinations from this `FILE` of ship blocks, which may be on any host")
	flags.StringArrayVar(&f.hosts, "ship-to", nil, "let ship blocks of scenarios send to this `HOST`, besides this machine")
}

// given reports whether a destination was named.
func (f *shipFlags) given() bool { return len(f.names)+len(f.files) > 0 }

// shipTarget is a destination that the operator named.
type shipTarget struct {
	target.Target
	// remote tells that another machine than this one is allowed.
	remote bool
}

// knownShips are the blocks that can be named: those of files that the operator names, and
// those of a scenario.
type knownShips struct {
	own, scenarios []scenario.Ship
}

// readShips reads the files that the flags name. It fails with a usage error if one cannot
// be read or has something else, or if two blocks have one name.
func (c *command) readShips(set *scenario.Set, files []string) (knownShips, error) {
	known := knownShips{}
	if set != nil {
		known.scenarios = set.Ships
	}
	for _, name := range files {
		read, problems := scenario.LoadFS(scenario.Options{Vocabulary: scenarios.Vocabulary}, userfile.Disk{}, filepath.ToSlash(name))
		if err := c.reportProblems(read, problems); err != nil {
			return knownShips{}, err
		}
		if len(read.Ships) == 0 || len(read.Scenarios) > 0 {
			return knownShips{}, usageError{fmt.Errorf("--ship-file: %s must have ship blocks and no scenario", name)}
		}
		known.own = append(known.own, read.Ships...)
	}
	for i, ship := range known.own {
		for _, other := range slices.Concat(known.own[:i], known.scenarios) {
			if other.Name.Text == ship.Name.Text {
				return knownShips{}, usageError{fmt.Errorf("there are two ship blocks %q, at %s and %s: give one another name", ship.Name.Text, diagnostic.FileLine(other.Range), diagnostic.FileLine(ship.Range))}
			}
		}
	}
	return known, nil
}

// named finds blocks by their names; without any it is all of the files that the operator
// named. It fails with a usage error for a name that no block has, and for a block of a
// scenario that wants more than it may.
func (k knownShips) named(names, hosts []string) ([]shipTarget, error) {
	var out []shipTarget
	if len(names) == 0 {
		for _, ship := range k.own {
			out = append(out, shipTarget{ship.Target, true})
		}
		return out, nil
	}
	for _, name := range names {
		is := func(s scenario.Ship) bool { return s.Name.Text == name }
		if at := slices.IndexFunc(k.own, is); at >= 0 {
			out = append(out, shipTarget{k.own[at].Target, true})
			continue
		}
		at := slices.IndexFunc(k.scenarios, is)
		if at < 0 {
			return nil, usageError{k.unknown(name)}
		}
		remote := slices.Contains(hosts, k.scenarios[at].Target.Host())
		if err := mayShip(k.scenarios[at], remote); err != nil {
			return nil, usageError{err}
		}
		out = append(out, shipTarget{k.scenarios[at].Target, remote})
	}
	return out, nil
}

// unknown says which blocks there are.
func (k knownShips) unknown(name string) error {
	var called []string
	for _, ship := range slices.Concat(k.own, k.scenarios) {
		called = append(called, ship.Name.Text)
	}
	has := "there are none"
	if len(called) > 0 {
		has = "there are " + strings.Join(called, ", ")
	}
	return fmt.Errorf("no ship block is called %q: %s.%s", name, has, didYouMean(name, called))
}

// mayShip refuses what a scenario must not want by itself: another machine, and files
// outside the working folder.
func mayShip(ship scenario.Ship, remote bool) error {
	at := fmt.Sprintf("ship %q (%s)", ship.Name.Text, diagnostic.FileLine(ship.Range))
	otherwise := "have the block in a file of its own, which --ship-file names"
	to := ship.Target
	if to.IsNetwork() && !to.Loopback() && !remote {
		return fmt.Errorf("%s sends to %s, which is another machine: allow it with --ship-to %s, or %s", at, to.Host(), to.Host(), otherwise)
	}
	paths := []string{}
	if to.IsFile() {
		paths = append(paths, to.To)
	}
	for _, secret := range []*target.Secret{to.Token, to.Password} {
		if secret != nil && secret.File != "" {
			paths = append(paths, secret.File)
		}
	}
	for _, path := range paths {
		if !isBelowHere(path) {
			return fmt.Errorf("%s names %s, which is not below the working folder: %s", at, path, otherwise)
		}
	}
	return nil
}

// isBelowHere reports whether a path is of a file below the working folder, links followed.
func isBelowHere(path string) bool {
	if !filepath.IsLocal(path) {
		return false
	}
	if about, err := os.Lstat(path); err == nil && !about.Mode().IsRegular() {
		return false
	}
	here, err := filepath.EvalSymlinks(".")
	folder, wrong := filepath.EvalSymlinks(filepath.Dir(path))
	if err != nil || wrong != nil {
		return errors.Is(wrong, os.ErrNotExist) // writing there fails
	}
	relative, err := filepath.Rel(here, folder)
	return err == nil && filepath.IsLocal(relative)
}
