package persona

import (
	"bytes"
	"fmt"
	"slices"

	"github.com/ringer-lab/ringer/emulation/event"
)

// due is a record that a channel must write of a moment. It is told from others
// by one field; where that is empty any record of the source will do.
type due struct {
	source event.LogSource
	field  string
	value  any
}

// dueID is a record of Windows by its number.
func dueID(source event.LogSource, id int) due { return due{source, "EventID", id} }

// windowsSysmon is the source of one category of Sysmon's.
func windowsSysmon(category string) event.LogSource {
	return event.LogSource{Category: category, Product: "windows", Service: "sysmon"}
}

// is reports whether an event is that record.
func (d due) is(e *event.Event) bool {
	return slices.Contains(e.Sources, d.source) && (d.field == "" || e.Fields[d.field] == d.value)
}

func (d due) String() string {
	if d.field == "" {
		return "a record"
	}
	return fmt.Sprintf("%s %v", d.field, d.value)
}

// onlyWhen is a declaration that needs no state: the records that a moment must
// have if the predicate holds of it.
func onlyWhen(holds func(host, moment) bool, owed ...due) func(host) func(moment) []due {
	return func(h host) func(moment) []due {
		return func(m moment) []due {
			if holds(h, m) {
				return owed
			}
			return nil
		}
	}
}

// linuxSysmonSource is the same of Sysmon for Linux.
func linuxSysmonSource(category string) event.LogSource {
	return event.LogSource{Category: category, Product: "linux", Service: "sysmon"}
}

// never is the declaration of a channel on a host that has it not.
func never(moment) []due { return nil }

// starts and ends report whether a program begins or ends that was not running
// before the step.
func starts(_ host, m moment) bool {
	return m.Kind == event.Exec && !m.by.resident && m.path != ""
}

func ends(_ host, m moment) bool {
	return m.Kind == event.Exit && !m.by.resident && m.by.image != ""
}

// connects reports whether a connection over a network began.
func connects(_ host, m moment) bool {
	return (m.Kind == event.Connect || m.Kind == event.Accept) && m.Socket != nil && m.Socket.Protocol != "unix"
}

// asksName reports whether a name's address was asked for.
func asksName(_ host, m moment) bool {
	return m.Kind == event.Send && m.Socket != nil && m.Socket.Remote.Port() == 53
}

// opened reports whether a file was opened for writing.
func opened(m moment) bool {
	return m.Kind == event.Create || m.Kind == event.Write || m.Kind == event.Truncate
}

// growth follows a file of lines and finds what is added to it.
type growth struct {
	file string
	held []byte
}

// mustTell declares that each line which a daemon adds to one of the files is a
// record of the source.
func mustTell(source event.LogSource, files ...string) func(host) func(moment) []due {
	return func(h host) func(moment) []due {
		var logs []*growth
		for _, file := range files {
			logs = append(logs, &growth{file: file, held: furnished(h.place, file)})
		}
		return func(m moment) []due {
			var all []due
			for _, log := range logs {
				for range log.added(m, func(by *process) bool { return by.resident }) {
					all = append(all, due{source: source})
				}
			}
			return all
		}
	}
}

// added gives the lines that a moment adds, without empty ones; byWhom says who
// may add them.
func (g *growth) added(m moment, byWhom func(*process) bool) [][]byte {
	if m.path != g.file {
		return nil
	}
	var news []byte
	switch m.Kind {
	case event.Line:
		g.held = bytes.Join([][]byte{g.held, m.Content, []byte("\n")}, nil)
		return [][]byte{m.Content}
	case event.Truncate, event.Unlink, event.Rename:
		g.held = nil
	case event.Content:
		if bytes.HasPrefix(m.Content, g.held) && byWhom(m.by) {
			news = m.Content[len(g.held):]
		}
		g.held = m.Content
	}
	var lines [][]byte
	for line := range bytes.Lines(news) {
		if len(bytes.TrimSpace(line)) > 0 {
			lines = append(lines, line)
		}
	}
	return lines
}
