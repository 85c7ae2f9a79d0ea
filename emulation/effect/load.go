package effect

import (
	"crypto/sha256"
	"fmt"

	"github.com/ringer-lab/ringer/emulation/artifact"
)

// Load maps a marker library as a program maps its code. The file is data in the
// mapping process as everywhere: nothing jumps there.
type Load struct {
	Path string `json:"path"`
	// Record is a file in which the process then says what it has mapped; empty
	// is none. It proves the mapping apart from the sensor.
	Record string `json:"record,omitempty"`
}

func (Load) Kind() string     { return "load" }
func (l Load) String() string { return "map " + l.Path + " as code" }

// Touches lists the record only: mapping changes nothing.
func (l Load) Touches() []string {
	if l.Record == "" {
		return nil
	}
	return []string{l.Record}
}

// Perform writes the record where the mapping came about. It fails where the
// library is missing or cannot be mapped, and where the record cannot be written.
func (l Load) Perform(in Executor) error {
	if err := withRealFile(in.Tree, "map", l.Path, in.Load); err != nil || l.Record == "" {
		return err
	}
	content, _, err := readFile(in.Tree, l.Path)
	if err != nil {
		return err
	}
	return writeFile(in.Tree, l.Record, l.Recorded(content), 0o644, false)
}

// Traces is the mapping, and the record.
func (l Load) Traces() []Trace {
	all := []Trace{{Kind: TraceMap, Path: l.Path}}
	if l.Record != "" {
		all = append(all, Trace{Kind: TraceOverwrite, Path: l.Record, From: l.Path})
	}
	return all
}

// Recorded returns the content of the record about a library with that content.
func (l Load) Recorded(content []byte) []byte {
	return fmt.Appendf(nil, "%s\nmapped %s %x\n", artifact.Marker, l.Path, sha256.Sum256(content))
}
