package standin

import (
	"encoding/json"
	"fmt"
	"io"
	"os"

	"github.com/ringer-lab/ringer/emulation/effect"
)

// The exit codes of a stand-in.
const (
	exitDone    = 0
	exitTrouble = 1   // an act was refused
	exitOutside = 126 // a shell's "cannot execute": this is no asset
)

// Main is what `/ringer standin <file> <arguments>` runs, which is what the
// kernel makes of executing the file. The arguments are those after the word
// standin. Each act that is refused is one line on stderr, and those after it
// go on. Ask gives acts the asset's real service; without it, it may be nil.
func Main(args []string, stdin io.Reader, stderr io.Writer, ask func(*effect.Stand)) int {
	return Asset{Root: effect.Root, Word: os.Getenv(EnvAsset), Agent: agentIsFirst, Ask: ask}.Main(args, stdin, stderr)
}

// Asset is where a stand-in finds itself.
type Asset struct {
	// Root is the folder that holds the asset's file system.
	Root string
	// Word is what the agent gave it in EnvAsset.
	Word string
	// Ask gives acts the asset's real service; nil is that there is none.
	Ask func(*effect.Stand)
	// Agent says why the agent does not rule here; nil is that it does.
	Agent func() error
}

// Main is the package's Main on that asset.
func (a Asset) Main(args []string, stdin io.Reader, stderr io.Writer) int {
	tree, err := a.tree(args)
	if err != nil {
		fmt.Fprintf(stderr, "ringer: a stand-in does nothing outside an asset: %v\n", err)
		return exitOutside
	}
	var todo effect.Process
	if err := json.NewDecoder(stdin).Decode(&todo); err != nil {
		fmt.Fprintf(stderr, "read acts: %v\n", err)
		return exitTrouble
	}
	stand := effect.Stand{
		Tree:   tree,
		Start:  func(child effect.Process) error { return run(tree, a.Word, child, nil) },
		Access: func(child effect.Process) error { return run(tree, a.Word, child, resume) },
		Load:   load, Connect: connect, Send: send,
	}
	if a.Ask != nil {
		a.Ask(&stand)
	}
	code := exitDone
	for _, act := range todo.Acts {
		if err := act.Perform(stand); err != nil {
			fmt.Fprintln(stderr, err)
			code = exitTrouble
		}
	}
	if a.Word == Canary {
		canaryCalls(tree, stderr)
	}
	return code
}
