//go:build linux

package agent

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/lab/standin"
)

// The canary is a stand-in apart from the asset's tree, which performs every kind
// of act that can be seen. If the sensor sees them exactly, it was awake. They are
// neither numbered nor sent: they are no part of any step. It leaves nothing, so
// that it finds the same the next time.
const canaryImage = "/canary"

func canaryProcess() effect.Process {
	const file, renamed, link, log = "/folder/file", "/folder/renamed", "/folder/link", artifact.LinuxLogs + "canary"
	marker := []byte(artifact.Marker)
	return effect.Process{
		Image: canaryImage, Args: []string{"canary"},
		Acts: []effect.Act{
			effect.MakeDir{Path: "/folder"},
			effect.Write{Path: file, Content: marker},
			effect.Append{Path: file, Content: marker},
			effect.Truncate{Path: file},
			effect.SetTimes{Path: file, At: time.Unix(0, 0)},
			effect.SetMode{Path: file, Mode: 0o600},
			effect.Load{Path: file},
			effect.SymLink{Path: link, Target: file},
			effect.Move{From: file, To: renamed},
			effect.Write{Path: log, Content: marker},
			effect.Remove{Path: log},
			effect.Remove{Path: link},
			effect.Remove{Path: renamed},
			effect.Remove{Path: "/folder"},
			effect.Resolve{Name: "canary.invalid"},
		},
	}
}

// expectedCanaryTraces is what the sensor must see of it: kind and path, in order. The
// last ones are of what the stand-in does besides, as standin.CanaryCalls has it.
func expectedCanaryTraces(tree effect.Tree) []string {
	at := func(kind event.Kind, path string) string {
		return traceOf(kind, filepath.Join(tree.Root, "root", path))
	}
	const file, log, unusedPath, pipe = "/folder/file", artifact.LinuxLogs + "canary", "/" + standin.CanaryFile, "/" + standin.CanaryPipe
	return []string{
		traceOf(event.Fork, ""), at(event.Exec, canaryImage),
		at(event.Mkdir, "/folder"), at(event.Create, file), at(event.Write, file), at(event.Truncate, file),
		at(event.Utimes, file), at(event.Chmod, file), at(event.Map, file), at(event.Symlink, "/folder/link"), at(event.Rename, file),
		at(event.Create, log), at(event.Content, log), at(event.Unlink, log),
		at(event.Unlink, "/folder/link"), at(event.Unlink, "/folder/renamed"), at(event.Rmdir, "/folder"), traceOf(event.Send, ""),

		at(event.Create, unusedPath), at(event.Link, unusedPath), at(event.Unlink, unusedPath+standin.CanaryLinked), at(event.Chown, unusedPath),
		at(event.Attribute, unusedPath), at(event.Unlink, unusedPath),
		at(event.Pipe, pipe), at(event.PipeOpen, pipe), at(event.Unlink, pipe),
		traceOf(event.Bind, ""), traceOf(event.Connect, ""), traceOf(event.Accept, ""),
		traceOf(event.Signal, ""), traceOf(event.Refused, ""),
		traceOf(event.Exit, ""),
	}
}

func traceOf(kind event.Kind, path string) string { return fmt.Sprintf("%s %s", kind, path) }

// installCanary puts the canary's program in place, and the folder of its log.
func (a *agent) installCanary() error {
	tree := standin.CanaryTree(a.root)
	real, err := tree.Locate(canaryImage)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Join(tree.Root, "root", artifact.LinuxLogs), 0o755); err != nil {
		return err
	}
	return os.WriteFile(real, a.program(artifact.Resource{}), fs.FileMode(0o755))
}

// canary performs it once and reports whether all was seen. What the kernel has
// not, as the stand-in says, cannot be seen.
func (a *agent) canary(ctx context.Context) (bool, error) {
	tree := standin.CanaryTree(a.root)
	start, err := standin.NewStart(tree, standin.Canary, canaryProcess())
	if err != nil {
		return false, fmt.Errorf("canary: %w", err)
	}
	var seen []string
	result, output, err := a.traceStandIn(ctx, start, func(o event.Observation) {
		if o.Kind != event.Map || within(o.Path, tree.Root) { // a loader brings more along, where the program has one
			seen = append(seen, traceOf(o.Kind, o.Path))
		}
	})
	if ctx.Err() != nil {
		return false, context.Cause(ctx)
	}
	expected := expectedCanaryTraces(tree)
	if slices.Equal(output, []string{standin.NoAttributes}) {
		expected = slices.DeleteFunc(expected, func(trace string) bool {
			return trace == traceOf(event.Attribute, filepath.Join(tree.Root, "root", standin.CanaryFile))
		})
		output = nil
	}
	whole := err == nil && result.Dropped == 0 && len(output) == 0 && slices.Equal(seen, expected)
	return whole, nil
}
