package importer

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/attack"
	"github.com/ringer-lab/ringer/emulation/behaviour"
	"github.com/ringer-lab/ringer/emulation/effect"
)

// use is a behaviour that stands for a step, or for a part of it.
type use struct {
	behaviour behaviour.Behaviour
	arguments map[string]any
	technique string // what it claims besides its own; empty if it claims that
}

// choice is what becomes of a step: uses of behaviours, or the reason why there is none.
type choice struct {
	uses []use
	// note says how it was chosen where that is not by its commands.
	note string
	gap  string
	how  way
}

// way is how a step was mapped.
type way int

const (
	byCommand   way = iota // what its commands do, and its technique
	byTechnique            // it has no commands
	byReenact              // its commands are started as they are written, and do nothing
)

// preferred are the behaviours for techniques that several stand for, where nothing but
// the technique is known.
var preferred = map[string]string{
	"T1053.005": "scheduled_task_create", "T1070.004": "tool_files_delete", "T1070.006": "file_timestomp", "T1074.001": "stage_system_folders",
	"T1119": "documents_auto_collect", "T1505.003": "static_site_web_shell_drop", "T1543.003": "windows_service_create", "T1547.001": "run_key_set",
	"T1560.001": "archive_tool_variants", "T1574.001": "vendor_tool_side_load",
}

// chooser chooses behaviours of a library.
type chooser struct {
	library *behaviour.Library
	recipes []recipe
}

func newChooser(library *behaviour.Library) chooser {
	return chooser{library, slices.Concat(windowsRecipes(), linuxRecipes())}
}

func (c chooser) choose(step Step) choice {
	ids := attack.Current.Counterparts(step.Technique)
	here := step.Commands[:0:0]
	for _, command := range step.Commands {
		if command.Platform == "" || platformOf(command.Platform) != "" {
			here = append(here, command)
		}
	}
	if len(step.Commands) > 0 && len(here) == 0 {
		return choice{gap: "it is for " + platformsOf(step.Commands) + ": ringer's hosts are of Windows and Linux"}
	}
	for _, command := range here {
		if found, ok := c.byRecipe(command, ids); ok {
			return choice{uses: []use{found}, how: byCommand}
		}
	}
	for _, command := range here {
		if found := c.byReenactment(command, ids); found != nil {
			return choice{uses: found, how: byReenact, note: "no behaviour stands for it: its commands are re-enacted, as stand-ins that do nothing else"}
		}
	}
	if len(step.Commands) == 0 {
		if found, others := c.byTechnique(ids); found.Name != "" {
			note := "chosen by the technique alone"
			if len(others) > 0 {
				note += "; also " + strings.Join(others, ", ")
			}
			return choice{uses: []use{{behaviour: found, technique: claimed(found, ids)}}, how: byTechnique, note: note}
		}
	}
	return choice{gap: c.gapReason(step, ids)}
}

// platformOf gives a source's word for a platform as ringer's; "" for another.
func platformOf(name string) effect.Platform {
	switch strings.ToLower(name) {
	case "windows":
		return effect.Windows
	case "linux":
		return effect.Linux
	}
	return ""
}

// mostNamed is how many platforms or behaviours a sentence names.
const mostNamed = 6

func platformsOf(commands []Command) string {
	var names []string
	for _, command := range commands {
		if name := oneLine(command.Platform, 40); !slices.Contains(names, name) && len(names) < mostNamed {
			names = append(names, name)
		}
	}
	return strings.Join(names, ", ")
}

// byRecipe finds the first recipe for a command whose behaviour stands for one of the
// techniques.
func (c chooser) byRecipe(command Command, ids []string) (use, bool) {
	for _, r := range c.recipes {
		if on := platformOf(command.Platform); on != "" && string(on) != r.platform {
			continue
		}
		b, ok := c.library.Behaviour(r.behaviour)
		if !ok || !standsFor(b, ids) {
			continue
		}
		arguments, ok := r.match(command.Text)
		if !ok {
			continue
		}
		found := use{b, accepted(b, arguments), claimed(b, ids)}
		if c.plannable(found) {
			return found, true
		}
	}
	return use{}, false
}

// byReenactment re-enacts a command, on the platform that it is for; one that names none
// on the first on which it can be.
func (c chooser) byReenactment(command Command, ids []string) []use {
	for _, on := range []struct {
		platform  effect.Platform
		behaviour string
		steps     func(text string) []map[string]any
	}{{effect.Windows, "reenact", reenacted}, {effect.Linux, "reenact_linux", reenactedOnLinux}} {
		if command.Platform != "" && platformOf(command.Platform) != on.platform {
			continue
		}
		if b, ok := c.library.Behaviour(on.behaviour); ok {
			if uses := c.reenacting(b, on.steps(command.Text), ids); uses != nil {
				return uses
			}
		}
	}
	return nil
}

// reenacting are the uses of a behaviour with some arguments; none if it does not take
// all of them.
func (c chooser) reenacting(b behaviour.Behaviour, steps []map[string]any, ids []string) []use {
	var uses []use
	for _, arguments := range steps {
		one := use{b, arguments, claimed(b, ids)}
		if len(accepted(b, arguments)) != len(arguments) || !c.plannable(one) {
			return nil
		}
		uses = append(uses, one)
	}
	return uses
}

// byTechnique finds a behaviour for a technique, and names the others there are.
func (c chooser) byTechnique(ids []string) (found behaviour.Behaviour, others []string) {
	for _, own := range []bool{true, false} {
		var all []behaviour.Behaviour
		for _, b := range c.library.Behaviours() {
			if b.Reported() && (own && slices.Contains(ids, b.Technique) || !own && anyOf(ids, b.Also)) {
				all = append(all, b)
			}
		}
		if len(all) == 0 {
			continue
		}
		found = all[0]
		for _, b := range all {
			if slices.ContainsFunc(ids, func(id string) bool { return preferred[id] == b.Name }) {
				found = b
			}
		}
		for _, b := range all {
			if b.Name != found.Name {
				others = append(others, b.Name)
			}
		}
		return found, others[:min(len(others), mostNamed)]
	}
	return behaviour.Behaviour{}, nil
}

func anyOf(ids, among []string) bool {
	return slices.ContainsFunc(ids, func(id string) bool { return slices.Contains(among, id) })
}

// standsFor reports whether a step of the behaviour may claim one of the techniques.
func standsFor(b behaviour.Behaviour, ids []string) bool {
	return slices.ContainsFunc(ids, func(id string) bool {
		return slices.ContainsFunc(append([]string{b.Technique}, b.Also...), func(own string) bool {
			return id == own || attack.Parent(id) == own || id == attack.Parent(own)
		})
	})
}

// claimed is the technique that a step must claim, as the behaviour's own is another.
func claimed(b behaviour.Behaviour, ids []string) string {
	if slices.Contains(ids, b.Technique) {
		return ""
	}
	for _, id := range ids {
		if found, ok := attack.Current.Technique(id); ok && !found.Deprecated && (b.Technique == "" || standsFor(b, []string{id})) {
			return id
		}
	}
	return ""
}

// accepted are the arguments that the behaviour takes as they were read; the others have
// their defaults.
func accepted(b behaviour.Behaviour, arguments map[string]any) map[string]any {
	taken := map[string]any{}
	for _, argument := range b.Arguments {
		value, read := arguments[argument.Name]
		if text, ok := value.(string); ok && strings.Contains(text, unfilled) {
			continue // only who runs the source knows what stands there
		}
		if read && argument.Check(value) == "" {
			taken[argument.Name] = value
		}
	}
	return taken
}

// plannable reports whether the use can be planned on each host that it may be put on.
func (c chooser) plannable(u use) bool {
	for _, name := range u.behaviour.Assets {
		kind, ok := c.library.Kind(name)
		if !ok {
			return false
		}
		if _, problems := u.behaviour.Plan(asset.Host{Kind: kind, Hostname: kind.Hostname}, u.arguments); problems.HasErrors() {
			return false
		}
	}
	return true
}

// gapReason says why nothing stands for a step.
func (c chooser) gapReason(step Step, ids []string) string {
	found, known := attack.Known(step.Technique)
	switch {
	case step.Technique == "":
		return "the source names no technique for it"
	case !known:
		return fmt.Sprintf("ATT&CK %s and %s have no technique %s", attack.V18, attack.V19, oneLine(step.Technique, 40))
	}
	var doing, below []string
	for _, b := range c.library.Behaviours() {
		switch {
		case !b.Reported():
		case slices.Contains(ids, b.Technique) || anyOf(ids, b.Also):
			doing = append(doing, b.Name)
		case slices.Contains(ids, attack.Parent(b.Technique)):
			below = append(below, b.Name+" ("+b.Technique+")")
		}
	}
	this := step.Technique + " (" + found.Name + ")"
	switch {
	case len(doing) > 0:
		return fmt.Sprintf("%s for %s, but not by what its commands do", stand(doing), this)
	case len(below) > 0:
		return fmt.Sprintf("%s for a sub-technique of %s: choose one", stand(below), this)
	}
	return "no behaviour stands for " + this
}

func stand(names []string) string {
	verb := " stand"
	if len(names) == 1 {
		verb = " stands"
	}
	return strings.Join(names[:min(len(names), mostNamed)], ", ") + verb
}
