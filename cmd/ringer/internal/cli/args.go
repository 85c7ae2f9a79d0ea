package cli

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/ringer-lab/ringer/emulation/diagnostic"
)

// usageArgs makes a refusal of arguments a usage error.
func usageArgs(check cobra.PositionalArgs) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if check == nil {
			return nil
		}
		if err := check(cmd, args); err != nil {
			return usageError{fmt.Errorf("%w\nSee '%s --help'", err, cmd.CommandPath())}
		}
		return nil
	}
}

// wantArgs refuses too few and too many arguments, with what is wanted: a command's
// usage names its arguments. No upper bound is 0.
func wantArgs(least, most int) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		switch {
		case len(args) < least:
			return fmt.Errorf("an argument is missing; usage: %s", cmd.UseLine())
		case most > 0 && len(args) > most:
			return unexpected(cmd, args[most])
		}
		return nil
	}
}

// noArgs refuses any.
func noArgs(cmd *cobra.Command, args []string) error {
	if len(args) > 0 {
		return unexpected(cmd, args[0])
	}
	return nil
}

func unexpected(cmd *cobra.Command, arg string) error {
	return fmt.Errorf("unexpected argument %q; usage: %s", arg, cmd.UseLine())
}

// unknownCommand refuses words after the root that are no command's name, with
// the nearest that is.
func unknownCommand(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	var known []string
	for _, command := range cmd.Commands() {
		if command.IsAvailableCommand() {
			known = append(known, command.Name())
		}
	}
	return fmt.Errorf("there is no command %q.%s", args[0], didYouMean(args[0], known))
}

// groupArgs has a command of cobra's that only groups others refuse what is
// none of them.
func groupArgs(group *cobra.Command) {
	group.Args = unknownCommand
	group.RunE = func(cmd *cobra.Command, _ []string) error { return cmd.Help() }
	for _, cmd := range group.Commands() {
		cmd.Args = usageArgs(noArgs)
	}
}

// knownTopic refuses help on what is no command.
func knownTopic(cmd *cobra.Command, args []string) error {
	for group := cmd.Root(); len(args) > 0; args = args[1:] {
		next, _, err := group.Find(args[:1])
		if err != nil || next == group {
			return unknownCommand(group, args)
		}
		group = next
	}
	return nil
}

// didYouMean is a sentence with the nearest of the known words, or nothing
// where none is near.
func didYouMean(word string, known []string) string {
	near := diagnostic.Nearest(word, known)
	if near == "" {
		return ""
	}
	return fmt.Sprintf(" Did you mean %q?", near)
}
