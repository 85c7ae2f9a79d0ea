package cli

import (
	"cmp"
	"io"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/ringer-lab/ringer/emulation/attack"
	"github.com/ringer-lab/ringer/emulation/importer"
	"github.com/ringer-lab/ringer/emulation/skeleton"
	"github.com/ringer-lab/ringer/emulation/threshold"
	"github.com/ringer-lab/ringer/emulation/verdict"
	"github.com/ringer-lab/ringer/scenarios"
)

// complete says what a shell completes of the commands: names of the library, recordings
// and the words of flags beside files.
func (c *command) complete(root *cobra.Command) {
	c.completeArguments(root, map[string]cobra.CompletionFunc{
		"run": orFiles(scenarioWords), "validate": orFiles(scenarioWords),
		"compare": orFiles(c.scenarioOrRecordingWords), "mutate": orFiles(c.scenarioOrRecordingWords), "events": orFiles(c.scenarioOrRecordingWords),
		"replay": firstOnly(orFiles(c.recordingWords)), "report": firstOnly(orFiles(c.recordingWords)), "verify": firstOnly(orFiles(c.recordingWords)),
		"ship": firstOnly(orFiles(c.recordingWords)), "diff": orFiles(c.recordingWords), "merge": orFiles(c.recordingWords), "fidelity": firstOnly(orFiles(c.recordingWords)),
		"explain": firstOnly(c.recorded("recording", ruleWords)),
		"rules":   firstOnly(c.recorded("recording", ruleWords)), "tune": firstOnly(c.recorded("recording", ruleWords)), "coverage": cobra.NoFileCompletions,
		"list": firstOnly(listed(kindWords)),
		"show": c.completeItem,
		"try":  firstOnly(orFiles(behaviourWords)), "new behaviour": cobra.NoFileCompletions, "new scenario": cobra.NoFileCompletions,
		"import": afterFirst(formatWords), "export attack-flow": firstOnly(orFiles(scenarioWords)),
		"fmt": orFilesOf("hcl"), "audit": orFilesOf("hcl"), "sigma check": orFilesOf("yml", "yaml", "zip"), "watch": orFilesOf("hcl"),
		"init": folders, "clean": cobra.NoFileCompletions, "demo": cobra.NoFileCompletions, "doctor": cobra.NoFileCompletions,
		"images": cobra.NoFileCompletions, "history": cobra.NoFileCompletions, "history prune": cobra.NoFileCompletions,
		"history show": firstOnly(c.recorded("", ruleWords)), "history rebuild": orFiles(c.recordingWords), "reenact": cobra.NoFileCompletions, "schema": cobra.NoFileCompletions, "version": cobra.NoFileCompletions,
	}, map[string]cobra.CompletionFunc{
		"recording": orFiles(c.recordingWords), "durations": orFiles(c.recordingWords), "baseline": orFiles(c.recordingWords), "gate": orFilesOf("hcl"), "detectors": orFilesOf("hcl"), "ship-file": orFilesOf("hcl"), "before": orFiles(c.recordingWords), "resume": listed(c.brokenRuns),
		"at": c.recorded("recording", placeWords), "step": c.readOrRecorded(placeWords), "asset": c.readOrRecorded(assetWords),
		"technique": c.readOrRecorded(techniqueWords), "actor": c.readOrRecorded(actorWords), "tactic": listed(tacticWords), "tag": c.readOrRecorded(tagWords), "rule": c.completeRule,
		"from": completeActs, "behaviour": c.completeBehaviour,
		"profiles": completeProfiles, "attack": listed(versionWords),
		"rules": orFilesOf("yml", "yaml", "zip"),
		"data":  folders, "write": folders, "cache": folders, "library": folders,
	})
}

// completeArguments gives a command and those below it what completes their arguments,
// by their paths, and their flags, by their names or by their kind.
func (c *command) completeArguments(cmd *cobra.Command, arguments, flags map[string]cobra.CompletionFunc) {
	if complete, ok := arguments[strings.TrimPrefix(cmd.CommandPath(), cmd.Root().Name()+" ")]; ok {
		cmd.ValidArgsFunction = complete
	}
	for _, set := range []*pflag.FlagSet{cmd.LocalNonPersistentFlags(), cmd.PersistentFlags()} {
		set.VisitAll(func(flag *pflag.Flag) {
			complete, ok := flags[flag.Name]
			switch value := flag.Value.(type) {
			case *choice:
				complete, ok = listed(func() []string { return value.among }), true
			case *strictness:
				complete, ok = listed(func() []string { return []string{"observed"} }), true
			case *verdictNames:
				complete, ok = completeVerdicts, true
			case *stateNames:
				complete, ok = completeStates, true
			case parsed[map[string]int]:
				complete, ok = completeBounds(threshold.Levels()), true
			case parsed[map[string]float64]:
				complete, ok = completeBounds(threshold.Shares()), true
			}
			if ok {
				completeFlag(cmd, flag.Name, complete)
			}
		})
	}
	for _, sub := range cmd.Commands() {
		c.completeArguments(sub, arguments, flags)
	}
}

// completeFlag has a shell complete a flag of a command.
func completeFlag(cmd *cobra.Command, name string, complete cobra.CompletionFunc) {
	if err := cmd.RegisterFlagCompletionFunc(name, complete); err != nil {
		panic(err) // the flag is declared twice, or not at all
	}
}

// versionWords are the versions of ATT&CK.
func versionWords() []string {
	var words []string
	for _, version := range attack.Versions() {
		words = append(words, string(version))
	}
	return words
}

// listed completes with words, and not with files.
func listed(words func() []string) cobra.CompletionFunc {
	return func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		return words(), cobra.ShellCompDirectiveNoFileComp
	}
}

// orFiles completes with words, or with files where none of them begins like that.
func orFiles(words func() []string) cobra.CompletionFunc {
	return func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		return words(), cobra.ShellCompDirectiveDefault
	}
}

// orFilesOf completes with files that end like that, and folders.
func orFilesOf(extensions ...string) cobra.CompletionFunc {
	return func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		return extensions, cobra.ShellCompDirectiveFilterFileExt
	}
}

// folders completes with folders.
func folders(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	return nil, cobra.ShellCompDirectiveFilterDirs
}

// firstOnly completes the first argument alone.
func firstOnly(complete cobra.CompletionFunc) cobra.CompletionFunc {
	return func(cmd *cobra.Command, args []string, begun string) ([]string, cobra.ShellCompDirective) {
		if len(args) > 0 {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		return complete(cmd, args, begun)
	}
}

// completeVerdicts completes the last of several verdicts with commas between them.
func completeVerdicts(_ *cobra.Command, _ []string, begun string) ([]string, cobra.ShellCompDirective) {
	var words []string
	for _, v := range verdict.All() {
		words = append(words, v.String())
	}
	return completeLast(begun, words)
}

// completeStates completes the last of several states of rules with commas between them.
func completeStates(_ *cobra.Command, _ []string, begun string) ([]string, cobra.ShellCompDirective) {
	return completeLast(begun, stateWords())
}

// completeActs completes the last of several acts with commas between them.
func completeActs(_ *cobra.Command, _ []string, begun string) ([]string, cobra.ShellCompDirective) {
	return completeLast(begun, skeleton.Acts())
}

// completeLast completes the last of several words with commas between them.
func completeLast(begun string, among []string) ([]string, cobra.ShellCompDirective) {
	before := begun[:strings.LastIndexByte(begun, ',')+1]
	var words []string
	for _, word := range among {
		words = append(words, before+word)
	}
	return words, cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveNoSpace
}

// described is a word as a shell shows it with what it is.
func described(word, about string) string { return word + "\t" + about }

// scenarioWords are the library's scenarios.
func scenarioWords() []string {
	var words []string
	for _, s := range libraryScenarios() {
		words = append(words, described(s.Name.Text, s.Title))
	}
	return words
}

// recordingWords are the recordings that ringer brings along, and the runs that were
// recorded.
func (c *command) recordingWords() []string {
	var words []string
	for _, name := range shippedNames() {
		words = append(words, described(shippedPrefix+name, "a recording that ringer brings along"))
	}
	kept, err := c.recordedRuns().List()
	if err != nil {
		return words
	}
	for _, run := range kept {
		words = append(words, described(run.Run, "a recorded run"))
	}
	return words
}

// scenarioOrRecordingWords are what commands take that judge either.
func (c *command) scenarioOrRecordingWords() []string {
	return append(scenarioWords(), c.recordingWords()...)
}

// behaviourWords are the library's behaviours.
func behaviourWords() []string {
	var words []string
	for _, b := range scenarios.Library().Behaviours() {
		words = append(words, described(b.Name, b.Summary))
	}
	return words
}

// completeBehaviour completes a behaviour of ringer's, or of the libraries given.
func (c *command) completeBehaviour(cmd *cobra.Command, _ []string, _ string) ([]string, cobra.ShellCompDirective) {
	libraries, _ := cmd.Flags().GetStringArray("library")
	flags, err := c.quiet().itemFlags(ruleFlagsOf(cmd), libraries)
	if err != nil {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	var words []string
	for _, item := range behaviourItems(c, flags) {
		words = append(words, described(item.name, item.about))
	}
	return words, cobra.ShellCompDirectiveNoFileComp
}

// brokenRuns are the runs that can be resumed.
func (c *command) brokenRuns() []string {
	kept, err := c.recordedRuns().List()
	if err != nil {
		return nil
	}
	var words []string
	for _, run := range kept {
		if !run.Sealed && !run.UnderWay {
			words = append(words, run.Run)
		}
	}
	return words
}

// kindWords are the kinds that list lists.
func kindWords() []string {
	var words []string
	for _, kind := range kinds() {
		words = append(words, described(kind.name, kind.title))
	}
	return words
}

// recorded completes with words of a recording: of that which a flag names, or else the
// first argument; of the last run where neither does. There are none if it cannot be read.
func (c *command) recorded(flag string, words func(exercise) []string) cobra.CompletionFunc {
	return func(cmd *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
		name := first(args)
		if flag != "" {
			name, _ = cmd.Flags().GetString(flag)
			if several, err := cmd.Flags().GetStringArray(flag); err == nil {
				name = first(several)
			}
		}
		quiet := c.quiet()
		recording, err := quiet.openRecording(name)
		if err != nil {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		defer recording.Close()
		e, err := quiet.readRecorded(recording, ruleFlagsOf(cmd))
		if err != nil {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		return words(e), cobra.ShellCompDirectiveNoFileComp
	}
}

// quiet is the command without its messages.
func (c *command) quiet() *command {
	silent := *c.State
	silent.Stderr, silent.annotations = io.Discard, io.Discard
	return &command{State: &silent}
}

// ruleFlagsOf are the rules that a command is given.
func ruleFlagsOf(cmd *cobra.Command) (flags ruleFlags) {
	flags.paths, _ = cmd.Flags().GetStringArray("rules")
	flags.noDefault, _ = cmd.Flags().GetBool("no-default-rules")
	return flags
}

// completeRule completes a rule: of those given to sigma explain, or of a recording.
func (c *command) completeRule(cmd *cobra.Command, args []string, begun string) ([]string, cobra.ShellCompDirective) {
	if cmd.Name() == "events" {
		return c.recorded("", ruleWords)(cmd, args, begun)
	}
	flags := ruleFlagsOf(cmd)
	flags.noDefault = true
	return c.quiet().ruleNames(flags), cobra.ShellCompDirectiveNoFileComp
}

// completeItem completes a kind and a name, or a name, of what show shows.
func (c *command) completeItem(cmd *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
	among, words := kinds(), []string(nil)
	if len(args) == 0 {
		for _, kind := range among {
			words = append(words, described(kind.singular, kind.title))
		}
	} else if chosen, ok := kindNamed(args[0]); ok && len(args) == 1 {
		among = []kind{chosen}
	} else {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	libraries, _ := cmd.Flags().GetStringArray("library")
	flags, err := c.quiet().itemFlags(ruleFlagsOf(cmd), libraries)
	if err != nil {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	for _, kind := range among {
		if kind.items == nil {
			words = append(words, c.quiet().ruleNames(flags.ruleFlags)...)
			continue
		}
		for _, item := range kind.items(c, flags) {
			words = append(words, described(item.name, item.about))
		}
	}
	return words, cobra.ShellCompDirectiveNoFileComp
}

// completeProfiles completes a file of profiles and, for report, the library's.
func completeProfiles(cmd *cobra.Command, _ []string, _ string) ([]string, cobra.ShellCompDirective) {
	if cmd.Name() == "report" {
		return []string{described("library", "the library's profiles")}, cobra.ShellCompDirectiveDefault
	}
	return []string{"hcl"}, cobra.ShellCompDirectiveFilterFileExt
}

// placeWords are the steps and baselines of an exercise, as SCENARIO/STEP.
func placeWords(e exercise) []string {
	var words []string
	for _, p := range e.plans {
		for _, baseline := range p.Baselines {
			words = append(words, described(p.Name+"/"+baseline.ID, baseline.Kind.Name))
		}
		for _, step := range p.Steps {
			words = append(words, described(p.Name+"/"+step.ID, step.Behaviour.Name))
		}
	}
	return words
}

// assetWords are the assets of an exercise.
func assetWords(e exercise) []string {
	var words []string
	for _, p := range e.plans {
		for _, asset := range p.Assets {
			words = append(words, described(asset.Name, asset.Place.Kind.Name))
		}
	}
	return words
}

// ruleWords are the rules of an exercise.
func ruleWords(e exercise) []string { return wordsOf(e.rules) }

// ruleNames are the rules that flags select.
func (c *command) ruleNames(flags ruleFlags) []string {
	rules, err := c.loadRules(flags)
	if err != nil {
		return nil
	}
	return wordsOf(rules)
}

// wordsOf are what rules can be called, the easiest to read of each, with their titles.
func wordsOf(rules *ruleSet) []string {
	var words []string
	for _, rule := range rules.Rules() {
		words = append(words, described(cmp.Or(rule.Spelling, rule.ID), rule.Title))
	}
	return words
}

// formatWords are the formats that import reads.
func formatWords() []string {
	var words []string
	for _, format := range importer.Formats() {
		words = append(words, format.Name)
	}
	return words
}

// afterFirst completes the first argument with words, and those after it with files.
func afterFirst(words func() []string) cobra.CompletionFunc {
	return func(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
		if len(args) > 0 {
			return nil, cobra.ShellCompDirectiveDefault
		}
		return words(), cobra.ShellCompDirectiveNoFileComp
	}
}
