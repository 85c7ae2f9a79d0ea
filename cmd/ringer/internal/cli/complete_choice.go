package cli

import (
	"slices"

	"github.com/spf13/cobra"

	"github.com/ringer-lab/ringer/emulation/attack"
)

// readOrRecorded completes with words of the scenarios that a command is given, or else of
// the library; of a command that reads recordings with those of the recording.
func (c *command) readOrRecorded(words func(exercise) []string) cobra.CompletionFunc {
	return func(cmd *cobra.Command, args []string, begun string) ([]string, cobra.ShellCompDirective) {
		if cmd.Flags().Lookup("affected-by") == nil || cmd.Name() == "replay" {
			return c.recorded("", words)(cmd, args, begun)
		}
		if cmd.Name() == "list" {
			args = nil
		}
		flags := scenarioFlags{rules: ruleFlagsOf(cmd)}
		flags.libraries, _ = cmd.Flags().GetStringArray("library")
		e, err := c.quiet().readExercise(args, flags)
		if err != nil {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		return words(e), cobra.ShellCompDirectiveNoFileComp
	}
}

// techniqueWords are the techniques of an exercise's steps.
func techniqueWords(e exercise) []string {
	var words []string
	for _, p := range e.plans {
		for _, step := range p.Steps {
			technique, _ := p.Attack.Technique(step.Technique)
			words = append(words, described(step.Technique, technique.Name))
		}
	}
	slices.Sort(words)
	return slices.Compact(words)
}

// actorWords are the actors of an exercise's steps.
func actorWords(e exercise) []string {
	var words []string
	for _, p := range e.plans {
		for _, actor := range p.Actors {
			words = append(words, described(actor.Name, actor.Title))
		}
	}
	slices.Sort(words)
	return slices.Compact(words)
}

// tagWords are the tags of an exercise's scenarios.
func tagWords(e exercise) []string {
	var words []string
	for _, p := range e.plans {
		words = append(words, p.Tags...)
	}
	slices.Sort(words)
	return slices.Compact(words)
}

// tacticWords are the tactics of the newest version of ATT&CK.
func tacticWords() []string {
	var words []string
	for _, tactic := range attack.Current.Tactics() {
		words = append(words, described(tactic.Short, tactic.Name))
	}
	return words
}
