//go:build linux

package detector

import (
	"encoding/hex"
	"encoding/json"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// Alert is one line of the detector's.
type Alert struct {
	Time time.Time `json:"time"`
	Rule string    `json:"rule"`
	// Host is the name that the process's machine or container has.
	Host string `json:"host"`
	// Container is the id of the process's container, 64 hex digits; empty is none. Cgroup
	// is the name of its control group.
	Container string `json:"container,omitempty"`
	Cgroup    string `json:"cgroup,omitempty"`
	// PID and ParentPID are the machine's numbers of the process and its parent, InnerPID
	// that of the process in its own namespace. Comm and Parent are their names.
	PID       int    `json:"pid"`
	InnerPID  int    `json:"inner_pid"`
	ParentPID int    `json:"parent_pid"`
	Comm      string `json:"comm"`
	Parent    string `json:"parent"`
	Path      string `json:"path"`
	// Args are the first bytes of the process's arguments.
	Args []string `json:"args"`
}

// ruleNames are by the number that the program prints, less one.
var ruleNames = [...]string{"cron_file", "systemd_unit", "authorized_keys", "log_cleared", "probe"}

// reader puts alerts together from what the program prints.
type reader struct {
	// booted is when the kernel's clock began.
	booted time.Time
	// pending are by moment and thread.
	pending map[string]*Alert
	ready   bool
}

// line reads one line of bpftrace's JSON. It returns the alert that it ends, or nil. The
// error is that the line has another form, or that the kernel lost events.
func (r *reader) line(text []byte) (*Alert, error) {
	var said struct {
		Type string          `json:"type"`
		Data json.RawMessage `json:"data"`
	}
	if err := json.Unmarshal(text, &said); err != nil {
		return nil, fmt.Errorf("read %.80q: %w", text, err)
	}
	switch said.Type {
	case "lost_events":
		return nil, fmt.Errorf("the kernel lost events: %s", said.Data)
	case "printf":
		var printed string
		if err := json.Unmarshal(said.Data, &printed); err != nil {
			return nil, fmt.Errorf("read %.80q: %w", text, err)
		}
		return r.printed(strings.TrimSuffix(printed, "\n"))
	}
	return nil, nil
}

func (r *reader) printed(text string) (*Alert, error) {
	if text == "ready" {
		r.ready = true
		return nil, nil
	}
	fields := strings.SplitN(text, " ", 4)
	if len(fields) < 3 {
		return nil, fmt.Errorf("read %.80q: expected a word, a time and a thread", text)
	}
	at, err := strconv.ParseInt(fields[1], 10, 64)
	if err != nil {
		return nil, fmt.Errorf("read %.80q: %w", text, err)
	}
	key, value := fields[1]+" "+fields[2], ""
	if len(fields) == 4 {
		value = fields[3]
	}
	if fields[0] == "rule" {
		number, err := strconv.Atoi(value)
		if err != nil || number < 1 || number > len(ruleNames) {
			return nil, fmt.Errorf("read %.80q: unknown rule", text)
		}
		r.pending[key] = &Alert{Time: r.booted.Add(time.Duration(at)).UTC(), Rule: ruleNames[number-1], Args: []string{}}
		return nil, nil
	}
	alert := r.pending[key]
	if alert == nil {
		return nil, fmt.Errorf("read %.80q: it is of no alert", text)
	}
	if fields[0] == "done" {
		delete(r.pending, key)
		return alert, nil
	}
	if err := alert.set(fields[0], value); err != nil {
		return nil, fmt.Errorf("read %.80q: %w", text, err)
	}
	return nil, nil
}

// containerID is how engines name a container's control group, or the end of it.
var containerID = regexp.MustCompile(`[0-9a-f]{64}`)

func (a *Alert) set(word, value string) (err error) {
	switch word {
	case "pid":
		a.PID, err = strconv.Atoi(value)
	case "inner":
		a.InnerPID, err = strconv.Atoi(value)
	case "ppid":
		a.ParentPID, err = strconv.Atoi(value)
	case "comm":
		a.Comm = value
	case "parent":
		a.Parent = value
	case "path":
		a.Path = value
	case "host":
		a.Host = value
	case "args":
		var raw []byte
		raw, err = hex.DecodeString(strings.ReplaceAll(value, `\x`, ""))
		a.Args = strings.Split(strings.TrimSuffix(string(raw), "\x00"), "\x00")
	case "cgroup", "group": // of the one hierarchy of today, and of one of those before
		if value != "" {
			a.Cgroup = value
		}
		if id := containerID.FindString(value); id != "" {
			a.Container = id
		}
	default:
		err = fmt.Errorf("unknown word %q", word)
	}
	return err
}
