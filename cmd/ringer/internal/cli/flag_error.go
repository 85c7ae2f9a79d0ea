package cli

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/ringer-lab/ringer/emulation/diagnostic"
)

// flagError returns the error about a flag in words that say what to do, in the place of
// the flag library's.
func (c *command) flagError(cmd *cobra.Command, err error) error {
	var (
		unknown *pflag.NotExistError
		missing *pflag.ValueRequiredError
		invalid *pflag.InvalidValueError
		syntax  *pflag.InvalidSyntaxError
	)
	switch {
	case errors.As(err, &unknown):
		err = unknownFlag(cmd, unknown, c.Args)
	case errors.As(err, &missing):
		name, _ := pflag.UnquoteUsage(missing.GetFlag())
		err = fmt.Errorf("--%s needs a value: %s", missing.GetFlag().Name, name)
	case errors.As(err, &invalid):
		err = invalidValue(invalid)
	case errors.As(err, &syntax):
		err = fmt.Errorf("%q is not a flag: expected --NAME or --NAME=VALUE", syntax.GetSpecifiedFlag())
	}
	return usageError{fmt.Errorf("%w\nSee '%s --help'", err, cmd.CommandPath())}
}

// unknownFlag names the flag of a command line that was most likely meant, or else the
// commands that have it.
func unknownFlag(cmd *cobra.Command, unknown *pflag.NotExistError, line []string) error {
	name := unknown.GetSpecifiedName()
	written := "--" + name
	if group := unknown.GetSpecifiedShortnames(); group != "" {
		written = "-" + name
		// The group lacks the letters before that are flags.
		at := slices.IndexFunc(line, func(arg string) bool { return isShort(arg) && strings.HasSuffix(arg, group) })
		if at >= 0 && len(line[at]) > 2 {
			name, written = line[at][1:], fmt.Sprintf("%s in %q", written, line[at])
		}
	}
	name, _, _ = strings.Cut(name, "=")
	known := flagNames(cmd)
	near := ""
	if slices.Contains(known, name) {
		near = fmt.Sprintf(" Did you mean --%s, with two dashes?", name)
	} else if found := nearestFlag(name, known); found != "" {
		near = fmt.Sprintf(" Did you mean --%s?", found)
	} else if others := commandsWithFlag(cmd.Root(), name); len(others) > 0 {
		near = fmt.Sprintf(" These commands have it: %s.", strings.Join(others, ", "))
	}
	return fmt.Errorf("there is no flag %s.%s", written, near)
}

// isShort reports whether an argument is one of flags of one letter.
func isShort(arg string) bool { return strings.HasPrefix(arg, "-") && !strings.HasPrefix(arg, "--") }

// nearestFlag is the only flag that begins like that, or else the nearest.
func nearestFlag(name string, known []string) string {
	var begins []string
	for _, flag := range known {
		if strings.HasPrefix(flag, name) {
			begins = append(begins, flag)
		}
	}
	if len(begins) == 1 && len(name) > 1 {
		return begins[0]
	}
	return diagnostic.Nearest(name, known)
}

// flagNames are the flags that a command takes.
func flagNames(cmd *cobra.Command) []string {
	var names []string
	add := func(flag *pflag.Flag) {
		if !flag.Hidden {
			names = append(names, flag.Name)
		}
	}
	cmd.Flags().VisitAll(add)
	cmd.InheritedFlags().VisitAll(add)
	return names
}

// commandsWithFlag are the commands below one that have a flag.
func commandsWithFlag(below *cobra.Command, name string) []string {
	var paths []string
	for _, cmd := range below.Commands() {
		if cmd.IsAvailableCommand() && cmd.LocalFlags().Lookup(name) != nil {
			paths = append(paths, cmd.CommandPath())
		}
		paths = append(paths, commandsWithFlag(cmd, name)...)
	}
	return paths
}

// invalidValue says what a flag expects. The flags of this package say so themselves; the
// others are numbers and switches.
func invalidValue(invalid *pflag.InvalidValueError) error {
	flag, given := invalid.GetFlag(), invalid.GetValue()
	var number *strconv.NumError
	switch {
	case !errors.As(invalid, &number):
		return fmt.Errorf("--%s cannot be %q: %w", flag.Name, given, invalid.Unwrap())
	case errors.Is(number, strconv.ErrRange):
		return fmt.Errorf("--%s cannot be %q: the number is too large", flag.Name, given)
	}
	expected := map[string]string{"int": "a whole number", "float64": "a number", "bool": "true or false"}[flag.Value.Type()]
	return fmt.Errorf("--%s must be %s, not %q", flag.Name, expected, given)
}
