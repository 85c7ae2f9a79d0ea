//go:build linux

package standin

import (
	"encoding/json"
	"fmt"
	"io"
	"os"

	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/effect"
)

// The exit codes of a stand-in.
const (
	exitDone      = 0
	exitActFailed = 1   // an act was refused
	exitOutside   = 126 // a shell's "cannot execute": this is no asset
)

// Arguments returns what [Main] is to be given, if a process that was started with those
// arguments is a stand-in. One on Linux is: the kernel runs its own file, with its own
// name first, so that only what the agent told it says so. Any other is
// `/ringer standin <file> <arguments>`, which is what the kernel makes of executing a
// script.
func Arguments(given []string) (args []string, ok bool) {
	if os.Getenv(EnvAsset) == string(effect.Linux) {
		file, err := os.Executable()
		if err != nil {
			return nil, true // Main says what it lacks
		}
		return append([]string{file}, given[min(len(given), 1):]...), true
	}
	if len(given) > 1 && given[1] == artifact.StandIn {
		return given[2:], true
	}
	return nil, false
}

// Main is what a stand-in runs: the arguments are its file's path and the tool's own.
// Each act that is refused is one line on stderr, and those after it
// go on. connectService gives acts the asset's real service; nil is that there is
// none.
func Main(args []string, stdin io.Reader, stderr io.Writer, connectService func(*effect.Executor)) int {
	asset := Asset{Root: effect.Root, Place: os.Getenv(EnvAsset), CheckAgent: func() error { return checkFirstProcess(os.Getenv(EnvAsset)) }, ConnectService: connectService, Enter: os.Chdir}
	return asset.Main(args, stdin, stderr)
}

// Asset is where a stand-in finds itself.
type Asset struct {
	// Root is the folder that holds the asset's file system.
	Root string
	// Place is what the agent gave it in EnvAsset.
	Place string
	// ConnectService gives acts the asset's real service; nil is that there is none.
	ConnectService func(*effect.Executor)
	// CheckAgent says why the agent does not rule here; nil is that it does.
	CheckAgent func() error
	// Enter makes a folder the process's working folder; nil leaves it where it is.
	// The program itself reads no relative path. On Linux it is seen from outside, and stays.
	Enter func(folder string) error
}

// Main is the package's Main on that asset.
func (a Asset) Main(args []string, stdin io.Reader, stderr io.Writer) int {
	tree, err := a.tree(args)
	if err != nil {
		_, _ = io.WriteString(stderr, "ringer: a stand-in works only inside an asset: "+err.Error()+"\n") // it ends anyway
		return exitOutside
	}
	if a.Enter != nil && !tree.AtOwnPlaces && a.Enter(tree.Root) == nil {
		tree.Disk = effect.WorkingDisk(tree.Root)
	}
	var process effect.Process
	if err := json.NewDecoder(stdin).Decode(&process); err != nil {
		fmt.Fprintf(stderr, "read acts: %v\n", err)
		return exitActFailed
	}
	in := effect.Executor{
		Tree:   tree,
		Start:  func(child effect.Process) error { return runChild(tree, a.Place, child, nil) },
		Access: func(child effect.Process) error { return runChild(tree, a.Place, child, sendSIGCONT) },
		Load:   load, Connect: connect, Send: send,
	}
	if a.ConnectService != nil {
		a.ConnectService(&in)
	}
	code := exitDone
	for _, act := range process.Acts {
		if err := act.Perform(in); err != nil {
			fmt.Fprintln(stderr, err)
			code = exitActFailed
		}
	}
	if a.Place == Canary {
		canarySyscalls(tree, stderr)
	}
	return code
}
