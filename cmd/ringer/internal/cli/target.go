package cli

import (
	"errors"
	"fmt"
	"strings"
)

// outputName is the value of a flag that names what a command is to write. It refuses
// what another flag or a scenario follows, as that was not meant to be a file's
// name: the name was forgotten.
type outputName string

// String is the value as it was given.
func (t *outputName) String() string { return string(*t) }

// Type is what help calls the value, where the usage names nothing else.
func (*outputName) Type() string { return "file" }

// Set is given each value on the command line.
func (t *outputName) Set(value string) error {
	switch {
	case value == "":
		return errors.New("the name is empty")
	case strings.HasPrefix(value, "-"):
		return fmt.Errorf("that is a flag: the name of what to write is missing before it (or write ./%s)", value)
	case strings.HasSuffix(value, ".hcl"):
		return errors.New("that is the name of a scenario: the name of what to write is missing before it")
	case isScenario(value):
		return fmt.Errorf("that is a scenario of the library: the name of what to write is missing before it (or write ./%s)", value)
	}
	*t = outputName(value)
	return nil
}

// isScenario tells whether a name is one of the library's.
func isScenario(name string) bool {
	_, err := libraryFile(name)
	return err == nil
}
