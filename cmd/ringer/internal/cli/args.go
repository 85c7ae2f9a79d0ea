package cli

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/ringer-lab/ringer/emulation/diagnostic"
)

// usageArgs makes an error about arguments a usage error.
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

// wantArgs refuses too few and too many arguments, with the usage of the command. If
// most is 0 there is no upper bound.
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

// noArgs refuses all arguments.
func noArgs(cmd *cobra.Command, args []string) error {
	if len(args) > 0 {
		return unexpected(cmd, args[0])
	}
	return nil
}

func unexpected(cmd *cobra.Command, arg string) error {
	return fmt.Errorf("unexpected argument %q; usage: %s", arg, cmd.UseLine())
}

// unknownCommand refuses arguments that are not the name of a command, with the
// nearest name.
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

// groupArgs makes one of cobra's commands that only groups others refuse all other
// arguments.
func groupArgs(group *cobra.Command) {
	group.Args = unknownCommand
	group.RunE = func(cmd *cobra.Command, _ []string) error { return cmd.Help() }
	for _, cmd := range group.Commands() {
		cmd.Args = usageArgs(noArgs)
	}
}

// knownTopic refuses help on anything but a command.
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

// didYouMean returns a sentence with the nearest of the known words; "" if none is
// near.
func didYouMean(word string, known []string) string {
	near := diagnostic.Nearest(word, known)
	if near == "" {
		return ""
	}
	return fmt.Sprintf(" Did you mean %q?", near)
}
