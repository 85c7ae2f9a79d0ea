package cli

import (
	"encoding/json"
	"io"
	"strings"

	"github.com/rs/zerolog"

	"github.com/ringer-lab/ringer/emulation/display"
	"github.com/ringer-lab/ringer/emulation/report"
	"github.com/ringer-lab/ringer/emulation/runner"
	"github.com/ringer-lab/ringer/lab/docker"
	"github.com/ringer-lab/ringer/lab/inside"
)

// command is the state that all commands share.
type command struct {
	*State
	// debug has the lab log what it does.
	debug  bool
	colors string // when there are: auto, always or never
	// ci is the pipeline that --ci names; "" where no such flag is.
	ci string
	// everyStep has each step told on stderr, also where nothing is wrong.
	everyStep bool
	// operator decides when steps are performed; nil has each follow the one before.
	operator runner.Operator
}

// log returns the logger of a run: JSON lines, or text on a terminal.
func (c *command) log() zerolog.Logger {
	level := zerolog.WarnLevel
	if c.debug {
		level = zerolog.DebugLevel
	}
	out := zerolog.New(c.Stderr)
	if c.stderrWidth() > 0 {
		out = zerolog.New(zerolog.ConsoleWriter{Out: coloured{c.Stderr}, NoColor: !c.color(c.stderrWidth()), PartsExclude: []string{zerolog.TimestampFieldName}})
	}
	return out.Level(level)
}

// coloured is a stream for a library that quotes what others wrote, and then colours it.
type coloured struct{ io.Writer }

// Write fails if the stream does.
func (c coloured) Write(text []byte) (int, error) {
	if _, err := io.WriteString(c.Writer, display.Own(string(text))); err != nil {
		return 0, err
	}
	return len(text), nil
}

// printJSON writes one document to stdout.
func (c *command) printJSON(value any) error {
	out := json.NewEncoder(c.Stdout)
	out.SetEscapeHTML(false)
	out.SetIndent("", "  ")
	return out.Encode(value)
}

// style returns the style of stdout.
func (c *command) style() report.Style {
	width := c.stdoutWidth()
	return report.Style{Width: c.columns(width), Color: c.color(width), ASCII: width > 0 && !c.unicode()}
}

// unicode tells by the locale whether a terminal shows UTF-8, in the order in which a
// C library looks. Where nothing is set it most likely does.
func (c *command) unicode() bool {
	for _, name := range []string{"LC_ALL", "LC_CTYPE", "LANG"} {
		if locale := c.Env(name); locale != "" {
			return strings.Contains(strings.ToLower(strings.ReplaceAll(locale, "-", "")), "utf8")
		}
	}
	return true
}

// lineWidth returns the width at which lines are cut, at least 40 columns: a narrower
// terminal breaks them itself. Output to a file or pipe is not cut.
func (c *command) lineWidth() int {
	width := c.stdoutWidth()
	if width == 0 {
		return 1 << 16
	}
	return max(c.columns(width), 40)
}

func (c *command) dockerOptions() docker.Options {
	return docker.Options{
		Binary: c.Executable, PID: c.PID, Inside: inside.Program, Version: c.Build.Version, Log: c.log(), Env: c.Env,
	}
}
