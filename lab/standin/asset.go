//go:build linux

package standin

import (
	"errors"
	"fmt"
	"os"
	"path"
	"strconv"
	"strings"

	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/lab/confinement"
)

// EnvAsset is the variable by which the agent says to its stand-ins what they
// stand in: a platform's name, or Canary. Without it they refuse to run.
const EnvAsset = "RINGER_ASSET"

// Canary is the word for the place, apart from the asset's own tree, in which
// the agent tries the sensor out.
const Canary = "canary"

// CanaryTree is that place.
func CanaryTree(root string) effect.Tree {
	return effect.Tree{Root: path.Join(root, ".canary"), Platform: effect.Linux}
}

// tree is what the stand-in may change, if this is an asset.
func (a Asset) tree(args []string) (effect.Tree, error) {
	var tree effect.Tree
	switch a.Place {
	case string(effect.Linux):
		tree = a.linuxTree()
	case string(effect.Windows):
		tree = effect.Tree{Root: a.Root, Platform: effect.Windows}
	case Canary:
		tree = CanaryTree(a.Root)
	default:
		return tree, errors.New("it was not started by the agent (" + EnvAsset + " is " + strconv.Quote(a.Place) + ")")
	}
	if len(args) == 0 {
		return tree, errors.New("it was not executed as a program file")
	}
	file := path.Clean(args[0])
	if _, inside := tree.PlatformPath(file); !strings.HasPrefix(file, tree.Root+"/") && !(tree.AtOwnPlaces && inside) {
		return tree, errors.New(args[0] + " is not below " + tree.Root)
	}
	return tree, a.CheckAgent()
}

// ownProgram is the file of this process's program, whatever name it has.
const ownProgram = "/proc/self/exe"

// linuxTree is that of a Linux asset: another folder than an asset's is a test's.
func (a Asset) linuxTree() effect.Tree {
	if a.Root != effect.Root {
		return effect.Tree{Root: a.Root, Platform: effect.Linux}
	}
	return effect.AssetTree(effect.Linux, effect.ProgramDisk("", ownProgram))
}

// checkFirstProcess checks that the first process here is an agent of the user that is an
// asset's, as this process is, so that this is a container of ours: on a host it is init.
// Its program cannot be compared, as an agent lets nobody look. The canary is all that runs
// on an asset made of an image, whose user is another than root.
func checkFirstProcess(place string) error {
	first, err := os.ReadFile("/proc/1/cmdline")
	if err != nil {
		return fmt.Errorf("inspect the first process: %w", err)
	}
	if string(first) != artifact.Interpreter+"\x00agent\x00" {
		return errors.New("the first process is not ringer's agent")
	}
	status, err := os.ReadFile("/proc/1/status")
	if err != nil {
		return fmt.Errorf("inspect the first process: %w", err)
	}
	self := os.Getuid()
	ofAssets := self == confinement.User || place == Canary && self != 0
	if user := "\nUid:\t" + strconv.Itoa(self) + "\t"; !strings.Contains(string(status), user) || !ofAssets {
		return fmt.Errorf("the first process and this one must be of user %d", confinement.User)
	}
	return nil
}
