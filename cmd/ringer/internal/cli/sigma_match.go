package cli

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"sync/atomic"
	"time"

	"github.com/spf13/cobra"

	"github.com/ringer-lab/ringer/emulation/report"
	"github.com/ringer-lab/ringer/emulation/sigma"
	"github.com/ringer-lab/ringer/emulation/sigma/logevent"
	"github.com/ringer-lab/ringer/emulation/sigma/logevent/reader"
	"github.com/ringer-lab/ringer/emulation/userfile"
)

// matchAlert is one line of what `sigma match` prints.
type matchAlert struct {
	Rule  string   `json:"rule"` // the id, or else the name or title
	Title string   `json:"title"`
	Level string   `json:"level,omitempty"`
	Tags  []string `json:"tags,omitempty"`
	// Event is the number of the event in the input, from 0, over all files; -1 if
	// the alert came with the passing of time. Events are all events that it rests
	// on.
	Event  int               `json:"event"`
	Events []int             `json:"events,omitempty"`
	Group  map[string]string `json:"group,omitempty"`
	Time   *time.Time        `json:"time,omitempty"`
}

func newSigmaMatch(c *command) *cobra.Command {
	var rules ruleFlags
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "match --rules PATH... [FILE|-]...",
		Short: "Match events against rules; print alerts as JSON lines",
		Long: "Reads JSON lines or JSON: flat or nested fields with a \"logsource\", or Windows events\n" +
			"(Event.System and Event.EventData, or as Winlogbeat ships them). Bad records and bad rules\n" +
			"are reported and skipped; the exit code is then 1.",
		RunE: func(cmd *cobra.Command, args []string) error {
			more, args := rulePaths(args)
			for _, name := range args {
				if _, err := os.Stat(name); err != nil && name != "-" {
					return usageError{fmt.Errorf("read events: %w", err)}
				}
			}
			compiled, err := c.compileRules(append(rules.paths, more...))
			if err != nil {
				return err
			}
			if len(args) == 0 {
				args = []string{"-"}
			}
			m := matcher{command: c, set: compiled.Set, session: compiled.NewSession(), plain: !asJSON}
			for _, name := range args {
				if err := m.file(cmd.Context(), name); err != nil {
					return err
				}
			}
			if err := m.alerts(m.session.Close()); err != nil {
				return err
			}
			fmt.Fprintf(c.Stderr, "%s, %s, %s\n", report.Plural(m.events, "event"), report.Plural(m.found, "alert"), report.Plural(m.bad, "bad record"))
			if compiled.lost || m.bad > 0 {
				return errNotMet
			}
			return nil
		},
	}
	rules.addOnly(cmd)
	cmd.Flags().BoolVar(&asJSON, "json", true, "print alerts as JSON lines; with --json=false one line of text each")
	return cmd
}

// matcher matches events against rules.
type matcher struct {
	*command
	set                *sigma.Set
	session            *sigma.Session
	plain              bool
	events, found, bad int
}

func (m *matcher) file(ctx context.Context, name string) error {
	in, done, err := m.open(name)
	if err != nil {
		return usageError{err}
	}
	defer done()
	decoder := reader.New(in, reader.Options{})
	for {
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		event, err := decoder.Next()
		var bad *logevent.LineError
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case errors.As(err, &bad):
			m.bad++
			fmt.Fprintf(m.Stderr, "%s: %v\n", name, err)
			continue
		case err != nil:
			return fmt.Errorf("read %s: %w", name, err)
		}
		m.events++
		m.set.AssumeLogSource(event)
		if err := m.alerts(m.session.Feed(event)); err != nil {
			return err
		}
	}
}

// open opens a file or stdin. How much of a file is read is shown in a row, unless
// the alerts go to the terminal too.
func (m *matcher) open(name string) (io.Reader, func(), error) {
	if name == "-" {
		return m.Stdin, func() {}, nil
	}
	file, err := userfile.OpenStream(name)
	if err != nil {
		return nil, nil, err
	}
	about, err := file.Stat()
	if err != nil || m.stdoutWidth() > 0 {
		return file, func() { _ = file.Close() }, nil
	}
	read := &countingReader{Reader: file}
	_, end := m.showRows(func(int, int) []string {
		return []string{fmt.Sprintf("  %s  %d %%", name, read.n.Load()*100/max(about.Size(), 1))}
	})
	return read, func() {
		end()
		_ = file.Close()
	}, nil
}

// countingReader counts the bytes that are read.
type countingReader struct {
	io.Reader
	n atomic.Int64
}

// Read reads as the reader below does, and fails if that does.
func (r *countingReader) Read(into []byte) (int, error) {
	n, err := r.Reader.Read(into)
	r.n.Add(int64(n))
	return n, err
}

func (m *matcher) alerts(all []sigma.Alert) error {
	for _, alert := range all {
		m.found++
		line := matchAlert{
			Rule: alert.Rule.Ref(), Title: alert.Rule.Title, Level: alert.Rule.Level, Tags: alert.Rule.Tags,
			Event: alert.Index, Group: alert.Group,
		}
		if len(alert.Events) > 1 {
			line.Events = alert.Events
		}
		if !alert.Time.IsZero() {
			line.Time = &alert.Time
		}
		if err := m.write(line); err != nil {
			return err
		}
	}
	return nil
}

func (m *matcher) write(line matchAlert) error {
	if m.plain {
		_, err := fmt.Fprintf(m.Stdout, "event %d: %s %s (%s)\n", line.Event, line.Rule, line.Title, cmp.Or(line.Level, "no level"))
		return err
	}
	out := json.NewEncoder(m.Stdout)
	out.SetEscapeHTML(false)
	return out.Encode(line)
}
