package cli

import (
	"encoding/json"

	"github.com/rs/zerolog"

	"github.com/ringer-lab/ringer/emulation/report"
	"github.com/ringer-lab/ringer/lab/docker"
	"github.com/ringer-lab/ringer/lab/inside"
)

// command is what all commands share.
type command struct {
	*State
	verbose bool
}

// log is the logger of a run: JSON lines, or for a person on a terminal.
func (c *command) log() zerolog.Logger {
	level := zerolog.WarnLevel
	if c.verbose {
		level = zerolog.DebugLevel
	}
	out := zerolog.New(c.Stderr)
	if c.StderrWidth > 0 {
		out = zerolog.New(zerolog.ConsoleWriter{Out: c.Stderr, NoColor: !c.color(c.StderrWidth), PartsExclude: []string{zerolog.TimestampFieldName}})
	}
	return out.Level(level)
}

// printJSON writes one document to stdout.
func (c *command) printJSON(value any) error {
	out := json.NewEncoder(c.Stdout)
	out.SetEscapeHTML(false)
	out.SetIndent("", "  ")
	return out.Encode(value)
}

// style is that of stdout.
func (c *command) style() report.Style {
	return report.Style{Width: columns(c.StdoutWidth), Color: c.color(c.StdoutWidth)}
}

// lineWidth is the terminal's; what goes elsewhere is not cut, nor is more than
// what 80 columns have no room for: a narrower terminal breaks the lines.
func (c *command) lineWidth() int {
	if c.StdoutWidth == 0 {
		return 1 << 16
	}
	return max(c.StdoutWidth, 80)
}

func (c *command) dockerOptions() docker.Options {
	return docker.Options{
		Binary: c.Executable, Inside: inside.Program, Version: c.Build.Version, Log: c.log(), Env: c.Env,
	}
}
