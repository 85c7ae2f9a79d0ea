package cli

import (
	"cmp"
	"encoding/json"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"github.com/ringer-lab/ringer/emulation/report"
	"github.com/ringer-lab/ringer/emulation/sigma"
	"github.com/ringer-lab/ringer/emulation/sigma/logevent"
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
	var input inputFlags
	var engine engineFlags
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "match --rules PATH... [FILE|-]...",
		Short: "Match events against rules; print alerts as JSON lines",
		Long:  aboutInputs + "\n\nBad records and bad rules are reported and skipped; the exit code is then 1.",
		RunE: func(cmd *cobra.Command, args []string) error {
			more, names := splitInputs(args)
			if err := c.checkInputs(names); err != nil {
				return err
			}
			options, err := input.options()
			if err != nil {
				return err
			}
			compiled, err := c.compileRules(append(rules.paths, more...), engine)
			if err != nil {
				return err
			}
			if len(names) == 0 {
				names = []string{"-"}
			}
			m := matcher{intake: intake{command: c, set: compiled.Set, engine: engine, options: options}, session: compiled.NewSession(), plain: !asJSON}
			for _, name := range names {
				if err := m.read(cmd.Context(), name, func(event *logevent.Event) error { return m.alerts(m.session.Feed(event)) }); err != nil {
					return err
				}
			}
			if err := m.alerts(m.session.Close()); err != nil {
				return err
			}
			m.tell(m.found)
			fmt.Fprintf(c.Stderr, "%s, %s, %s\n", report.Plural(m.events, "event"), report.Plural(m.found, "alert"), report.Plural(m.bad, "bad record"))
			if compiled.lost || m.bad > 0 || m.unread > 0 {
				return errNotMet
			}
			return nil
		},
	}
	rules.addOnly(cmd)
	engine.addTo(cmd)
	input.addTo(cmd)
	cmd.Flags().BoolVar(&asJSON, "json", true, "print alerts as JSON lines; with --json=false one line of text each")
	return cmd
}

// matcher matches events against rules.
type matcher struct {
	intake
	session *sigma.Session
	plain   bool
	found   int
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
