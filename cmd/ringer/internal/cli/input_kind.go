package cli

import (
	"bytes"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"

	"github.com/ringer-lab/ringer/emulation/record"
	"github.com/ringer-lab/ringer/emulation/userfile"
)

// inputKind is what a file or folder is that a command is to read, as far as its content
// shows.
type inputKind int

const (
	unknownInput inputKind = iota
	scenarioInput
	ruleInput
	recordingInput
	jsonInput
)

// inputWords say what a kind is, and what takes it.
var inputWords = map[inputKind]struct{ is, use string }{
	scenarioInput:  {"a scenario", "`ringer run %s` performs it"},
	ruleInput:      {"a Sigma rule", "`--rules %s` takes it"},
	recordingInput: {"a recording of a run", "`ringer replay %s` judges it again"},
	jsonInput:      {"JSON", "`ringer sigma match --rules DIR %s` reads events"},
}

// expectInput fails with a usage error for a file or folder that is plainly of another
// kind than expected, which is called what: one that is read as what it is not is answered
// with a mistake in each line. What is of no kind that it knows it leaves to the reader.
func expectInput(path string, want inputKind, what string) error {
	is := inputKindOf(path)
	if is == unknownInput || is == want {
		return nil
	}
	found := inputWords[is].is
	if about, err := os.Stat(path); err == nil && about.IsDir() {
		found = "a folder of " + strings.TrimPrefix(found, "a ") + "s"
		if is == recordingInput {
			found = "the folder of a recorded run"
		}
	}
	return usageError{fmt.Errorf("%s is %s; expected %s (%s)", path, found, what, fmt.Sprintf(inputWords[is].use, shellWord(path)))}
}

// mostSniffed is how much of a file is read, and how much of a folder is looked through,
// to tell what it is.
const (
	mostSniffed = 64 << 10
	mostEntries = 1000
)

func inputKindOf(path string) inputKind {
	about, err := os.Stat(path)
	switch {
	case err != nil:
		return unknownInput
	case about.IsDir():
		return folderKind(path)
	}
	file, err := userfile.Open(path)
	if err != nil {
		return unknownInput // the reader says why
	}
	defer file.Close()
	begins, err := io.ReadAll(io.LimitReader(file, mostSniffed))
	if err != nil {
		return unknownInput
	}
	return contentKind(path, begins)
}

// folderKind looks for rules and for scenarios; a folder that has both is of no kind.
func folderKind(folder string) inputKind {
	if record.IsRun(folder) {
		return recordingInput
	}
	in, err := userfile.OpenFolder(folder)
	if err != nil {
		return unknownInput
	}
	defer in.Close()
	found, entries := map[inputKind]bool{}, 0
	_ = fs.WalkDir(in, ".", func(name string, entry fs.DirEntry, err error) error { // what cannot be read is of no kind
		if entries++; err != nil || entries > mostEntries {
			return fs.SkipAll
		}
		switch ending := strings.ToLower(filepath.Ext(name)); {
		case entry.IsDir():
		case ending == ".yml", ending == ".yaml":
			found[ruleInput] = true
		case ending == ".hcl":
			found[scenarioInput] = true
		}
		return nil
	})
	for _, kind := range []inputKind{ruleInput, scenarioInput} {
		if found[kind] && len(found) == 1 {
			return kind
		}
	}
	return unknownInput
}

// The beginnings of lines that only a Sigma rule, or a file of the language has.
var (
	ruleLine = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`(?m)^(logsource|detection|correlation|filter):`)
	})
	blockLine = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`(?m)^(scenario|actor|asset|step|baseline|profile|fault|gate|variable|locals|behaviour|host|ordinary_day|template)\b[^=:\n]*\{`)
	})
)

func contentKind(path string, begins []byte) inputKind {
	switch text := bytes.TrimLeft(bytes.TrimPrefix(begins, []byte("\ufeff")), " \t\r\n"); {
	case bytes.HasPrefix(begins, []byte("PK\x03\x04")) && strings.EqualFold(filepath.Ext(path), ".zip"):
		return ruleInput
	case bytes.HasPrefix(begins, []byte("PK\x03\x04")):
		if recording, err := record.Open(path); err == nil {
			_ = recording.Close() // only read from
			return recordingInput
		}
	case blockLine().Match(text):
		return scenarioInput
	case ruleLine().Match(text):
		return ruleInput
	case bytes.HasPrefix(text, []byte("{")), bytes.HasPrefix(text, []byte("[")):
		if bytes.Contains(text, []byte(`"detection"`)) || bytes.Contains(text, []byte(`"correlation"`)) {
			return ruleInput // YAML may be written as JSON
		}
		return jsonInput
	}
	return unknownInput
}
