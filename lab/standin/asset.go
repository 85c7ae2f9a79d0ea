//go:build linux

package standin

import (
	"errors"
	"fmt"
	"os"
	"path"
	"strconv"
	"strings"

	"github.com/ringer-lab/ringer/emulation/effect"
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
	case string(effect.Windows), string(effect.Linux):
		tree = effect.Tree{Root: a.Root, Platform: effect.Platform(a.Place)}
	case Canary:
		tree = CanaryTree(a.Root)
	default:
		return tree, errors.New("it was not started by the agent (" + EnvAsset + " is " + strconv.Quote(a.Place) + ")")
	}
	if len(args) == 0 {
		return tree, errors.New("it was not executed as a program file")
	}
	if file := args[0]; !strings.HasPrefix(path.Clean(file), tree.Root+"/") {
		return tree, errors.New(file + " is not below " + tree.Root)
	}
	return tree, a.CheckAgent()
}

// checkFirstProcess checks that the first process here is this same program as an
// agent, so that this is a container of ours: on a host that is init.
func checkFirstProcess() error {
	first, err := os.ReadFile("/proc/1/cmdline")
	if err != nil {
		return fmt.Errorf("inspect the first process: %w", err)
	}
	if words := strings.Split(string(first), "\x00"); len(words) < 2 || words[1] != "agent" {
		return errors.New("the first process is not ringer's agent")
	}
	its, err := os.Stat("/proc/1/exe")
	if err != nil {
		return fmt.Errorf("inspect the first process: %w", err)
	}
	own, err := os.Stat("/proc/self/exe")
	if err != nil {
		return fmt.Errorf("inspect this process: %w", err)
	}
	if !os.SameFile(its, own) {
		return errors.New("the first process is another program")
	}
	return nil
}
