package cli

import (
	"errors"
	"fmt"
	"strings"
)

// outputName is the value of a flag that names a file to write. It refuses a flag or
// a scenario as its value: then the file's name was forgotten.
type outputName string

// String returns the value as it was given.
func (t *outputName) String() string { return string(*t) }

// Type is what the help calls the value if the usage names nothing else.
func (*outputName) Type() string { return "file" }

// Set is called for each value on the command line.
func (t *outputName) Set(value string) error {
	switch {
	case value == "":
		return errors.New("the name must not be empty")
	case strings.HasPrefix(value, "-"):
		return fmt.Errorf("this is a flag: give the name of what to write before it (or write ./%s)", value)
	case strings.HasSuffix(value, ".hcl"):
		return errors.New("this is a scenario file: give the name of what to write before it")
	case isScenario(value):
		return fmt.Errorf("this is a scenario of the library: give the name of what to write before it (or write ./%s)", value)
	}
	*t = outputName(value)
	return nil
}

// isScenario reports whether the library has a scenario of that name.
func isScenario(name string) bool {
	_, err := libraryFile(name)
	return err == nil
}
