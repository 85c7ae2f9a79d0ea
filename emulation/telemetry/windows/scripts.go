package windows

import (
	"encoding/base64"
	"encoding/binary"
	"path"
	"slices"
	"strings"
	"unicode/utf16"

	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/telemetry/channel"
)

// script is a text that PowerShell was given.
type script struct {
	text string
	path string // of a script file; empty for what came on the command line
	seen []uint64
	// provenance is stated where the version resource alone says that it was PowerShell
	// which was given it; 0 is as usual.
	provenance event.Provenance
}

// scriptTracker finds the scripts that a PowerShell stand-in was given: on its
// command line, and in the script files this names that were written before.
type scriptTracker struct {
	files []script // as last written, in the order of writing
}

// started takes in every activity and gives the scripts of a starting PowerShell.
func (w *scriptTracker) started(a channel.Activity) []script {
	if a.Kind == event.Content && strings.EqualFold(path.Ext(a.PlatformPath), ".ps1") {
		w.files = slices.DeleteFunc(w.files, func(s script) bool { return s.path == a.PlatformPath })
		w.files = append(w.files, script{text: string(a.Observation.Content), path: a.PlatformPath, seen: []uint64{a.Seq}})
		return nil
	}
	var known event.Provenance
	switch {
	case a.Kind != event.Exec:
		return nil
	case isPowerShell(a.PlatformPath):
	case isPowerShell(a.Actor.Resource.OriginalFileName):
		known = event.Stated
	default:
		return nil
	}
	var all []script
	text, file := scriptOf(splitArguments(a.Actor.CommandLine))
	if text != "" {
		all = append(all, script{text: text})
	}
	for _, held := range w.files {
		if strings.EqualFold(held.path, file) || strings.Contains(strings.ToLower(text), strings.ToLower(held.path)) {
			all = append(all, held)
		}
	}
	for i := range all {
		all[i].provenance = known
	}
	return all
}

// isPowerShell decides by a file's name. The engine logs what it runs under any name, so
// a renamed one is known by its version resource.
func isPowerShell(image string) bool {
	name := strings.ToLower(path.Base(strings.ReplaceAll(image, `\`, "/")))
	return name == "powershell.exe" || name == "pwsh.exe"
}

// scriptOf reads PowerShell's own arguments, which may be shortened: the text of
// -Command, of -EncodedCommand decoded, or the name after -File.
func scriptOf(argv []string) (text, file string) {
	for i := 1; i < len(argv); i++ {
		name := strings.ToLower(strings.TrimLeft(argv[i], "-/"))
		next := strings.Join(argv[i+1:], " ")
		switch {
		case name == argv[i]: // no switch: the rest is a command
			return strings.Join(argv[i:], " "), ""
		case strings.HasPrefix("command", name):
			return next, ""
		case strings.HasPrefix("file", name) && i+1 < len(argv):
			return "", argv[i+1]
		case strings.HasPrefix("encodedcommand", name):
			return decodeCommand(next), ""
		case takesValue(name):
			i++
		}
	}
	return "", ""
}

// takesValue names the switches before the command that have a value.
func takesValue(name string) bool {
	for _, option := range []string{"executionpolicy", "windowstyle", "version", "psconsolefile", "inputformat", "outputformat", "configurationname"} {
		if strings.HasPrefix(option, name) {
			return true
		}
	}
	return name == "ep"
}

// decodeCommand reads base64 of UTF-16, as -EncodedCommand has it; text that is
// not is no script.
func decodeCommand(encoded string) string {
	raw, err := base64.StdEncoding.DecodeString(encoded)
	if err != nil {
		return ""
	}
	units := make([]uint16, len(raw)/2)
	for i := range units {
		units[i] = binary.LittleEndian.Uint16(raw[2*i:])
	}
	return string(utf16.Decode(units))
}

// expectScripts declares as many records of each script that a PowerShell is
// given as its text asks for.
func expectScripts(record channel.ExpectedRecord, count func(text string) int) func(channel.Host) func(channel.Activity) []channel.ExpectedRecord {
	return func(channel.Host) func(channel.Activity) []channel.ExpectedRecord {
		var scripts scriptTracker
		return func(a channel.Activity) []channel.ExpectedRecord {
			var all []channel.ExpectedRecord
			for _, script := range scripts.started(a) {
				for range count(script.text) {
					all = append(all, record)
				}
			}
			return all
		}
	}
}

// countStatements counts the statements of a script for which a condition holds.
func countStatements(text string, holds func(statement string) bool) int {
	n := 0
	for statement := range strings.FieldsFuncSeq(text, func(r rune) bool { return r == '\n' || r == ';' }) {
		if holds(strings.TrimSpace(statement)) {
			n++
		}
	}
	return n
}
