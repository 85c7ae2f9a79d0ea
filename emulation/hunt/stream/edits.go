package stream

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/ringer-lab/ringer/emulation/event"
)

// What an event says of processes and times is in some fields, which are the same for all
// hosts of a platform. An edit is one of them, read once, to be written for each
// repetition.
type edit struct {
	name string
	kind editKind
	guid guid      // isGUID
	pid  int64     // isPID, isHexPID
	key  uint64    // isStartKey, isScriptBlock
	text string    // isScriptBlock: what comes before the key
	at   time.Time // isTime
}

type editKind uint8

const (
	isGUID editKind = iota
	isPID
	isHexPID
	isStartKey
	isScriptBlock
	isTime
)

// sysmonTime is how Sysmon writes a time.
const sysmonTime = "2006-01-02 15:04:05.000"

// present is how near to its event a time must be to move with it: one further away is
// what somebody set.
const present = time.Hour

// pidFields have the id of a process or, as ringer knows no threads, of a thread.
var pidFields = map[string]bool{
	"ProcessId": true, "ParentProcessId": true, "ProcessID": true, "NewProcessId": true, "ClientProcessId": true,
	"SourceProcessId": true, "SourceThreadId": true, "TargetProcessId": true, "pid": true, "ppid": true,
}

// startKeyBoot is what Windows has in the upper bits of a process's start key.
const startKeyBoot = 1 << 52

// editsOf reads what is to be edited in an event, always in the same order.
func editsOf(e *event.Event) []edit {
	var out []edit
	for name, value := range e.Fields {
		if made, ok := editOf(e, name, value); ok {
			made.name = name
			out = append(out, made)
		}
	}
	slices.SortFunc(out, func(a, b edit) int { return cmp.Compare(a.name, b.name) })
	return out
}

func editOf(e *event.Event, name string, value any) (edit, bool) {
	text, isText := value.(string)
	switch {
	case strings.HasSuffix(strings.ToLower(name), "processguid"):
		id, ok := parseGUID(text)
		return edit{kind: isGUID, guid: id}, ok
	case strings.HasSuffix(name, "UtcTime"):
		at, err := time.Parse(sysmonTime, text)
		return edit{kind: isTime, at: at}, err == nil && at.Sub(e.Time).Abs() < present
	case name == "ClientProcessStartKey":
		key, ok := wholeNumber(value)
		return edit{kind: isStartKey, key: uint64(key) &^ startKeyBoot}, ok && key&startKeyBoot != 0
	case name == "ScriptBlockId" && len(text) == 36:
		key, err := strconv.ParseUint(text[24:], 16, 64)
		return edit{kind: isScriptBlock, key: key, text: text[:24]}, err == nil
	case pidFields[name] && isText:
		pid, err := strconv.ParseInt(strings.TrimPrefix(text, "0x"), 16, 64)
		return edit{kind: isHexPID, pid: pid}, err == nil && strings.HasPrefix(text, "0x")
	case pidFields[name]:
		pid, ok := wholeNumber(value)
		return edit{kind: isPID, pid: pid}, ok
	}
	return edit{}, false
}

func wholeNumber(value any) (int64, bool) {
	switch value := value.(type) {
	case int:
		return int64(value), true
	case int64:
		return value, true
	}
	return 0, false
}

// numbers are the ids that processes have in place of those they had.
type numbers interface {
	// process is the key of a process on its host, and how far its start moved when an
	// event moves by shift.
	process(key uint64, shift time.Duration) (uint64, time.Duration)
	pid(pid int64) int64
}

// edited is the fields as they are when the event moves by shift. The map given stays as
// it is.
func edited(fields map[string]any, edits []edit, shift time.Duration, n numbers) map[string]any {
	if len(edits) == 0 {
		return fields
	}
	out := maps.Clone(fields)
	for _, e := range edits {
		switch e.kind {
		case isGUID:
			key, moved := n.process(e.guid.key, shift)
			out[e.name] = e.guid.with(key, moved)
		case isPID:
			out[e.name] = n.pid(e.pid)
		case isHexPID:
			out[e.name] = fmt.Sprintf("0x%x", n.pid(e.pid))
		case isStartKey:
			key, _ := n.process(e.key, shift)
			out[e.name] = int64(startKeyBoot | key)
		case isScriptBlock:
			key, _ := n.process(e.key>>8, shift)
			out[e.name] = fmt.Sprintf("%s%012x", e.text, key<<8|e.key&0xff)
		case isTime:
			out[e.name] = e.at.Add(shift).Format(sysmonTime)
		}
	}
	return out
}

// guid is a process's GUID as Sysmon makes it: of the machine, the second in which the
// process was started, and the process.
type guid struct {
	machine uint32
	start   uint32
	key     uint64
	braces  bool // as on Linux, with small letters
}

// parseGUID refuses also the GUID of no process.
func parseGUID(text string) (guid, bool) {
	inner, braces := strings.CutPrefix(text, "{")
	parts := strings.Split(strings.TrimSuffix(inner, "}"), "-")
	if len(parts) != 5 {
		return guid{}, false
	}
	var n [5]uint64
	for i, digits := range [...]int{8, 4, 4, 4, 12} {
		var err error
		if n[i], err = strconv.ParseUint(parts[i], 16, 64); err != nil || len(parts[i]) != digits {
			return guid{}, false
		}
	}
	g := guid{machine: uint32(n[0]), start: uint32(n[2]<<16 | n[1]), key: n[3]<<48 | n[4], braces: braces}
	return g, g.key != 0
}

func (g guid) with(key uint64, moved time.Duration) string {
	start := uint32(int64(g.start) + int64(moved/time.Second))
	if g.braces {
		return fmt.Sprintf("{%08x-%04x-%04x-%04x-%012x}", g.machine, start&0xffff, start>>16, key>>48, key&0xffffffffffff)
	}
	return fmt.Sprintf("%08X-%04X-%04X-%04X-%012X", g.machine, start&0xffff, start>>16, key>>48, key&0xffffffffffff)
}
