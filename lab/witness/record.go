//go:build linux

package witness

import (
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"net/netip"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/sys/unix"

	"github.com/ringer-lab/ringer/emulation/event"
)

// record reads what the script prints.
type record struct {
	acts map[callKey]*Act
	// argv has the pieces of argument vectors, in order.
	argv map[callKey][]string
	// execRequests are the executions that each thread asked for.
	execRequests map[int][]*execRequest
	// full are strings that fill their first piece.
	full     map[string]*string
	reported int // as the kernel counts
	begun    bool
	ended    bool
	broken   []error
}

// execRequest is an execution that a thread asked for, with the first word that the
// program was to be given. It may have failed.
type execRequest struct {
	at    uint64
	first string
}

// callKey names a call: when it returned, in which of the host's threads.
type callKey struct {
	at     uint64
	thread int
}

func newRecord() *record {
	return &record{acts: map[callKey]*Act{}, argv: map[callKey][]string{}, execRequests: map[int][]*execRequest{}, full: map[string]*string{}}
}

// readLine reads one line of bpftrace's JSON.
func (r *record) readLine(line []byte) {
	var said struct {
		Type string          `json:"type"`
		Data json.RawMessage `json:"data"`
	}
	if err := json.Unmarshal(line, &said); err != nil {
		r.broken = append(r.broken, fmt.Errorf("read record %q: %w", line, err))
		return
	}
	switch said.Type {
	case "lost_events":
		r.broken = append(r.broken, fmt.Errorf("the kernel's record is incomplete: %s", said.Data))
	case "map":
		var counted map[string]int
		if err := json.Unmarshal(said.Data, &counted); err != nil {
			r.broken = append(r.broken, fmt.Errorf("read record %q: %w", line, err))
		}
		r.reported += counted["@told"]
	case "printf":
		var text string
		err := json.Unmarshal(said.Data, &text)
		if err == nil {
			err = r.readPrinted(strings.TrimSuffix(text, "\n"))
		}
		if err != nil {
			r.broken = append(r.broken, fmt.Errorf("read record %q: %w", line, err))
		}
	}
}

var errForm = errors.New("unexpected format")

func (r *record) readPrinted(text string) error {
	switch text {
	case "begin":
		r.begun = true
		return nil
	case "end":
		r.ended = true
		return nil
	}
	word, rest, _ := strings.Cut(text, " ")
	at, rest, _ := strings.Cut(rest, " ")
	thread, rest, _ := strings.Cut(rest, " ")
	when, err := strconv.ParseUint(at, 10, 64)
	tid, tidErr := strconv.Atoi(thread)
	if err := errors.Join(err, tidErr); err != nil {
		return err
	}
	m := callKey{when, tid}
	if word == "call" || word == "exec" {
		return r.beginAct(word, m, rest)
	}
	if word == "first" || word == "more" && strings.HasPrefix(rest, "first ") {
		r.readFirstWord(word, m, rest)
		return nil
	}
	act := r.acts[m]
	if act == nil {
		return errForm
	}
	switch word {
	case "comm":
		act.Comm = rest
	case "file":
		act.File = rest
	case "path":
		act.Path = rest
		r.rememberFull(m, "path", &act.Path)
	case "to":
		act.To = rest
		r.rememberFull(m, "to", &act.To)
	case "more":
		which, more, _ := strings.Cut(rest, " ")
		r.extend(m, which, more)
	case "address":
		act.Path, act.Remote, err = parseSockaddr(rest)
	case "argv":
		_, piece, _ := strings.Cut(rest, " ")
		r.argv[m] = append(r.argv[m], piece)
	case "cut":
		act.Broken = "its arguments are longer than is read"
	default:
		return errForm
	}
	return err
}

// beginAct reads an act's head: namespace, process, parent, and of a call its place
// among the calls and its flags, of an execution the thread that asked for it.
func (r *record) beginAct(word string, m callKey, rest string) error {
	numbers := make([]uint64, 0, 5)
	for field := range strings.FieldsSeq(rest) {
		n, err := strconv.ParseUint(field, 10, 64)
		if err != nil {
			return err
		}
		numbers = append(numbers, n)
	}
	act := &Act{at: m.at, thread: m.thread}
	switch {
	case word == "call" && len(numbers) == 5 && numbers[3] < uint64(len(calls)):
		recorded := calls[numbers[3]]
		act.Call, act.Kinds = recorded.name, recorded.kinds(numbers[4])
	case word == "exec" && len(numbers) == 4:
		act.Call, act.Kinds = "exec", []event.Kind{event.Exec}
		act.asker = int(numbers[3])
	default:
		return errForm
	}
	act.namespace, act.Process.PID, act.Parent = numbers[0], int(numbers[1]), int(numbers[2])
	r.acts[m] = act
	return nil
}

func (r *record) readFirstWord(word string, m callKey, rest string) {
	if word == "first" {
		asks := &execRequest{at: m.at, first: rest}
		r.execRequests[m.thread] = append(r.execRequests[m.thread], asks)
		r.rememberFull(m, "first", &asks.first)
		return
	}
	_, more, _ := strings.Cut(rest, " ")
	r.extend(m, "first", more)
}

// rememberFull remembers a string that more may have to be added to.
func (r *record) rememberFull(m callKey, which string, text *string) {
	if len(*text) == maxString-1 {
		r.full[fmt.Sprint(m, which)] = text
	}
}

func (r *record) extend(m callKey, which, more string) {
	if text := r.full[fmt.Sprint(m, which)]; text != nil {
		*text += more
		delete(r.full, fmt.Sprint(m, which))
	}
}

// parseSockaddr reads a struct sockaddr, in bpftrace's hex.
func parseSockaddr(text string) (path string, remote netip.AddrPort, err error) {
	raw, err := unhex(text)
	if err != nil || len(raw) < 2 {
		return "", netip.AddrPort{}, errors.Join(err, errForm)
	}
	switch family := binary.NativeEndian.Uint16(raw); {
	case family == unix.AF_INET && len(raw) >= 8:
		remote = netip.AddrPortFrom(netip.AddrFrom4([4]byte(raw[4:8])), binary.BigEndian.Uint16(raw[2:]))
	case family == unix.AF_INET6 && len(raw) >= 24:
		remote = netip.AddrPortFrom(netip.AddrFrom16([16]byte(raw[8:24])).Unmap(), binary.BigEndian.Uint16(raw[2:]))
	case family == unix.AF_UNIX:
		path, _, _ = strings.Cut(string(raw[2:]), "\x00")
	}
	return path, remote, nil
}

func unhex(text string) ([]byte, error) { return hex.DecodeString(strings.ReplaceAll(text, `\x`, "")) }

// finish gives the acts in the order in which they were done.
func (r *record) finish() ([]Act, error) {
	if !r.ended {
		r.broken = append(r.broken, errors.New("the kernel's record is incomplete: its end is missing"))
	}
	if r.reported != len(r.acts) {
		r.broken = append(r.broken, fmt.Errorf("the kernel recorded %d acts, but %d were received", r.reported, len(r.acts)))
	}
	if len(r.broken) > 0 {
		return nil, fmt.Errorf("read the kernel's record: %w", errors.Join(r.broken[:min(len(r.broken), 10)]...))
	}
	all := make([]Act, 0, len(r.acts))
	for m, act := range r.acts {
		if act.Call == "exec" {
			r.completeExec(m, act)
		}
		all = append(all, *act)
	}
	slices.SortFunc(all, func(a, b Act) int {
		if a.at < b.at {
			return -1
		}
		return 1
	})
	assignAssets(all)
	return all, nil
}

// assignAssets says of which container each act is. A container begins with an
// execution by the first process of its namespace, and lives until the next one
// that is given the same namespace. One that began before the record stays 0.
func assignAssets(acts []Act) {
	first := map[uint64]int{}
	for i := range acts {
		act := &acts[i]
		if act.Call == "exec" && act.Process.PID == 1 {
			first[act.namespace] = act.thread
		}
		act.Process.Asset = first[act.namespace]
	}
}

// completeExec puts an argument vector together.
func (r *record) completeExec(m callKey, act *Act) {
	raw, err := unhex(strings.Join(r.argv[m], ""))
	words := strings.Split(strings.TrimSuffix(string(raw), "\x00"), "\x00")
	var asks *execRequest
	for _, found := range r.execRequests[act.asker] {
		// A thread's own records are in order only as long as it stays on its processor.
		if found.at < act.at && (asks == nil || found.at > asks.at) {
			asks = found
		}
	}
	if err != nil {
		act.Broken = "its arguments could not be read"
		return
	}
	act.Argv = words
	if asks != nil {
		act.asked = &asks.first
	}
}
