package cli

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"

	"github.com/ringer-lab/ringer/emulation/reenact"
	"github.com/ringer-lab/ringer/emulation/report"
)

// replayMark is the first line of every scenario that reenact writes, by which it may
// be overwritten the next time.
const replayMark = "# Written by `ringer reenact`, which replaces it the next time: delete this line to keep your changes.\n"

var replayFile = fileKind{"a scenario written by `ringer reenact`", byText(func(text []byte) bool { return bytes.HasPrefix(text, []byte(replayMark)) })}

// writeReplays writes each replay as a scenario file, and a line for each that cannot
// be one. If a file of someone else would be overwritten, it writes none.
func (c *command) writeReplays(ctx context.Context, replays []reenact.Replay, rules *ruleSet, folder string) error {
	files := map[string][]byte{}
	var names []string
	for _, replay := range replays {
		if limit := replay.Limit(); limit != "" {
			fmt.Fprintf(c.Stderr, "not written: %s: %s\n", replay.Dir, limit)
			continue
		}
		label := reenact.Label(replay.Name)
		file, err := reenact.HCL(ctx, label, replay, rules.Sigma)
		if err != nil {
			return err
		}
		name := filepath.Join(folder, label+".hcl")
		if files[name] != nil {
			fmt.Fprintf(c.Stderr, "not written: %s: another recording has that name\n", replay.Dir)
			continue
		}
		files[name], names = append([]byte(replayMark), file...), append(names, name)
	}
	for _, name := range names {
		if err := mayReplace("--write", name, replayFile); err != nil {
			return usageError{err}
		}
	}
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return usageError{fmt.Errorf("write scenarios: %w", err)}
	}
	for _, name := range names {
		if err := replaceFile(name, files[name]); err != nil {
			return fmt.Errorf("write scenarios: %w", err)
		}
	}
	_, err := fmt.Fprintf(c.Stdout, "%d of %s written as scenarios to %s\n", len(names), report.Plural(len(replays), "recording"), folder)
	return err
}
