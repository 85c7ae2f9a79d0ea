package trace

import (
	"bytes"
	"fmt"
	"maps"
	"net/netip"
	"slices"
	"strings"

	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/event"
)

// matcher compares what was observed with what was expected.
type matcher struct {
	processes []process
	expected  []expectedObservation
	found     []bool
	step      string
	seen      []event.Observation
	// hasService is whether a real service logs what it likes.
	hasService bool
	// keys are the processes' by number; numbers is the inverse.
	keys    map[int]uint64
	numbers map[uint64]int
	// images are what each key executed, as far as that was seen.
	images map[uint64]string
}

// match returns complaints: what is missing, then what was not planned, each in order.
func match(processes []process, expected []expectedObservation, step string, seen []event.Observation, serves bool) []string {
	m := matcher{
		processes: processes, expected: expected, found: make([]bool, len(expected)), step: step, seen: seen, hasService: serves,
		keys: map[int]uint64{0: 0}, numbers: map[uint64]int{0: 0}, images: map[uint64]string{},
	}
	for i := range seen {
		if o := &seen[i]; o.Kind == event.Exec && m.images[o.Process] == "" {
			m.images[o.Process] = o.Path
		}
	}
	return m.walk()
}

// walk takes the observations one by one: each is the next that must come, or
// one further on, and then those before it are missing.
func (m *matcher) walk() []string {
	var missing, unplanned []string
	next := 0
	for i := range m.seen {
		o := &m.seen[i]
		for next < len(m.expected) && m.found[next] {
			next++
		}
		at := next
		for at < len(m.expected) && (m.found[at] || !m.matches(&m.expected[at], o)) {
			at++
		}
		if at == len(m.expected) {
			if !m.isAllowed(o) {
				unplanned = append(unplanned, m.describeUnplanned(o))
			}
			continue
		}
		for i := next; i < at; i++ {
			if group := m.expected[i].group; !m.found[i] && (group == 0 || group != m.expected[at].group) {
				m.found[i] = true
				missing = append(missing, m.describeMissing(&m.expected[i]))
			}
		}
		m.found[at] = true
		m.bind(&m.expected[at], o)
	}
	for i := range m.expected {
		if !m.found[i] {
			missing = append(missing, m.describeMissing(&m.expected[i]))
		}
	}
	return append(missing, unplanned...)
}

// matches reports whether an observation is what must come.
func (m *matcher) matches(e *expectedObservation, o *event.Observation) bool {
	return e.kind == o.Kind && o.Step == m.step && m.byExpectedProcess(e, o) && m.matchesFile(e, o) && m.matchesSocket(e, o)
}

// byExpectedProcess reports whether that process did it, as the child of that parent.
func (m *matcher) byExpectedProcess(e *expectedObservation, o *event.Observation) bool {
	if e.process == 0 {
		return o.Process == 0
	}
	if parent, known := m.keys[m.processes[e.process-1].parent]; !known || o.Parent != parent {
		return false
	}
	key, known := m.keys[e.process]
	if known || e.kind != event.Fork && e.kind != event.Exec {
		return known && o.Process == key
	}
	_, taken := m.numbers[o.Process]
	image, executed := m.images[o.Process]
	return !taken && (!executed || image == m.image(e.process))
}

// image is the real path that a process must execute.
func (m *matcher) image(number int) string {
	for i := range m.expected {
		if e := &m.expected[i]; e.process == number && e.kind == event.Exec {
			return e.path
		}
	}
	return ""
}

func (m *matcher) bind(e *expectedObservation, o *event.Observation) {
	if e.process > 0 {
		m.keys[e.process], m.numbers[o.Process] = o.Process, e.process
	}
}

// matchesFile compares what was acted on, and how.
func (m *matcher) matchesFile(e *expectedObservation, o *event.Observation) bool {
	switch e.kind {
	case event.Exec:
		return o.Path == e.path && o.Dir == e.run.dir && slices.Equal(o.Argv, e.run.argv) && maps.Equal(o.Env, e.run.env)
	case event.Line:
		return !slices.ContainsFunc(e.words, func(word string) bool { return !bytes.Contains(o.Content, []byte(word)) })
	case event.Signal:
		return o.Target == m.keys[e.target] && o.Code == e.code
	case event.Exit:
		return o.Code == 0
	case event.Chmod:
		return o.Path == e.path && o.Mode == e.mode
	case event.Utimes:
		return o.Path == e.path && (e.modified == nil || o.Modified != nil && o.Modified.Equal(*e.modified))
	case event.Content:
		return o.Path == e.path && (e.content == nil || bytes.Equal(e.content, o.Content[:min(len(o.Content), event.MaxContent)]))
	}
	return o.Path == e.path && o.To == e.to
}

func (m *matcher) matchesSocket(e *expectedObservation, o *event.Observation) bool {
	switch e.kind {
	case event.Bind, event.Connect, event.Send:
	default:
		return true
	}
	if o.Socket == nil || o.Socket.Protocol != e.protocol {
		return false
	}
	return matchesEndpoint(e.local, o.Socket.Local) && matchesEndpoint(e.remote, o.Socket.Remote) && (e.content == nil || bytes.Equal(e.content, o.Content))
}

// matchesEndpoint reports whether an end is the one that must be: one without an address
// is any, and so is port 0.
func matchesEndpoint(must effect.Endpoint, is netip.AddrPort) bool {
	if must.Address == ([4]byte{}) {
		return true
	}
	return netip.AddrFrom4(must.Address) == is.Addr() && (must.Port == 0 || must.Port == is.Port())
}

// isAllowed reports whether an observation may be there though no act accounts for
// it: doc.go says why.
func (m *matcher) isAllowed(o *event.Observation) bool {
	switch number := m.numbers[o.Process]; {
	case o.Step != m.step:
		return false
	case o.Kind == event.Line:
		return m.hasService && o.Process == 0
	case o.Kind == event.Bind, o.Kind == event.Connect:
		return number > 0 && m.processes[number-1].usesService
	}
	return false
}

func (m *matcher) describeMissing(e *expectedObservation) string {
	what := string(e.kind)
	for _, word := range [...]string{e.path, e.to} {
		if word != "" {
			what += " " + word
		}
	}
	switch {
	case e.process == 0:
		return fmt.Sprintf("the service logged no line for %q", e.act)
	case e.act == "":
		return fmt.Sprintf("process %q left no trace: expected %s", m.nameOf(e.process), what)
	}
	return fmt.Sprintf("%q of process %q left no trace: expected %s", e.act, m.nameOf(e.process), what)
}

func (m *matcher) nameOf(number int) string { return processName(m.processes[number-1].Process) }

// describeUnplanned describes an observation that the plan does not account for.
func (m *matcher) describeUnplanned(o *event.Observation) string {
	what := []string{string(o.Kind)}
	if o.Path != "" {
		what = append(what, o.Path)
	}
	if o.Kind == event.Exec {
		what = append(what, fmt.Sprintf("with the arguments %q", o.Argv))
	}
	by := fmt.Sprintf("an unknown process %d", o.Process)
	if number := m.numbers[o.Process]; number > 0 {
		by = fmt.Sprintf("process %q", m.nameOf(number))
	}
	if o.Step != m.step {
		what = append(what, fmt.Sprintf("for step %q", o.Step))
	}
	return fmt.Sprintf("observed, but not in the plan: %s by %s", strings.Join(what, " "), by)
}
