package agent

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/lab/standin"
)

// The canary is a stand-in apart from the asset's tree, which performs a known
// set of acts. If the sensor sees them exactly, it was awake. They are neither
// numbered nor sent: they are no part of any step.
const canaryImage = "/canary"

func canaryProcess() effect.Process {
	return effect.Process{
		Image: canaryImage, Args: []string{"canary"},
		Acts: []effect.Act{
			effect.Write{Path: "/hatched", Content: []byte(effect.Marker)},
			effect.SetTimes{Path: "/hatched", At: time.Unix(0, 0)},
			effect.SetMode{Path: "/hatched", Mode: 0o600},
			effect.Move{From: "/hatched", To: "/flown"},
			effect.Remove{Path: "/flown"},
		},
	}
}

// canarySong is what the sensor must see of it.
func canarySong(tree effect.Tree) []string {
	path := func(name string) string { return filepath.Join(tree.Root, "root", name) }
	return []string{
		verse(event.Fork, ""), verse(event.Exec, path(canaryImage)),
		verse(event.Create, path("/hatched")), verse(event.Utimes, path("/hatched")), verse(event.Chmod, path("/hatched")),
		verse(event.Rename, path("/hatched")), verse(event.Unlink, path("/flown")),
		verse(event.Exit, ""),
	}
}

func verse(kind event.Kind, path string) string { return fmt.Sprintf("%s %s", kind, path) }

// layOutCanary puts the canary's program in place.
func (a *agent) layOutCanary() error {
	real, err := standin.CanaryTree(a.root).Locate(canaryImage)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(real), 0o755); err != nil {
		return err
	}
	return os.WriteFile(real, a.program(effect.Resource{}), fs.FileMode(0o755))
}

// canary has it sing once and reports whether all was heard.
func (a *agent) canary(ctx context.Context) (bool, error) {
	tree := standin.CanaryTree(a.root)
	start, err := standin.Ready(tree, standin.Canary, canaryProcess())
	if err != nil {
		return false, fmt.Errorf("canary: %w", err)
	}
	var heard []string
	result, _, err := a.trace(ctx, start, func(o event.Observation) {
		if o.Kind != event.Map { // what a loader brings along, where the program has one
			heard = append(heard, verse(o.Kind, o.Path))
		}
	})
	if ctx.Err() != nil {
		return false, context.Cause(ctx)
	}
	whole := err == nil && result.Dropped == 0 && slices.Equal(heard, canarySong(tree))
	return whole, nil
}
