package cli

import (
	"errors"
	"strings"

	"github.com/spf13/cobra"
)

// variables are the values that --var gives, one each time: a list has commas
// and quotes of its own.
type variables map[string]string

// addTo declares the flag.
func (v variables) addTo(cmd *cobra.Command) {
	cmd.Flags().Var(v, "var", "set a variable; may be given several times")
}

// Set is called for each --var.
func (v variables) Set(given string) error {
	name, value, ok := strings.Cut(given, "=")
	if !ok || name == "" {
		return errors.New("expected NAME=VALUE")
	}
	v[name] = value
	return nil
}

// String is the default, which is none.
func (v variables) String() string { return "" }

// Type stands in the help for what is to be given.
func (v variables) Type() string { return "NAME=VALUE" }
