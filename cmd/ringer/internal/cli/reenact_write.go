package cli

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"github.com/ringer-lab/ringer/emulation/reenact"
	"github.com/ringer-lab/ringer/emulation/report"
)

// writeScenes leaves each scene as a scenario file, with a line for each that
// cannot be one.
func (c *command) writeScenes(ctx context.Context, scenes []reenact.Scene, known *rules, folder string) error {
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return usageError{fmt.Errorf("write scenarios: %w", err)}
	}
	written := map[string]int{}
	for _, scene := range scenes {
		file, ok, err := reenact.HCL(ctx, scene, known.Sigma)
		switch {
		case err != nil:
			return err
		case !ok:
			fmt.Fprintf(c.Stderr, "not written: %s: %s\n", scene.Dir, scene.Limit())
			continue
		}
		name := reenact.Label(scene.Name)
		if written[name]++; written[name] > 1 {
			fmt.Fprintf(c.Stderr, "not written: %s: another recording has that name\n", scene.Dir)
			continue
		}
		if err := os.WriteFile(filepath.Join(folder, name+".hcl"), file, 0o644); err != nil {
			return fmt.Errorf("write scenarios: %w", err)
		}
	}
	_, err := fmt.Fprintf(c.Stdout, "%d of %s written as scenarios to %s\n", len(written), report.Plural(len(scenes), "recording"), folder)
	return err
}
