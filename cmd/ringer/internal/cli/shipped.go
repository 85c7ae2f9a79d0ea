package cli

import (
	"bytes"
	"fmt"
	"io/fs"
	"path"
	"strings"

	"github.com/ringer-lab/ringer/emulation/record"
	"github.com/ringer-lab/ringer/scenarios"
)

// shippedPrefix names a recording that ringer brings along.
const shippedPrefix = "shipped:"

// shippedNames are the recordings that ringer brings along.
func shippedNames() []string {
	files, err := fs.Glob(scenarios.Recordings, "recordings/*"+record.Extension)
	if err != nil {
		return nil // the pattern is right
	}
	var names []string
	for _, file := range files {
		names = append(names, strings.TrimSuffix(path.Base(file), record.Extension))
	}
	return names
}

// openShipped opens a recording that ringer brings along.
func openShipped(name string) (*record.Recording, error) {
	content, err := fs.ReadFile(scenarios.Recordings, "recordings/"+name+record.Extension)
	if err != nil {
		names := shippedNames()
		return nil, usageError{fmt.Errorf("no recording %q is shipped: expected one of %s.%s", name, strings.Join(names, ", "), didYouMean(name, names))}
	}
	recording, err := record.Read(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		return nil, fmt.Errorf("read shipped recording %s: %w", name, err)
	}
	return recording, nil
}
