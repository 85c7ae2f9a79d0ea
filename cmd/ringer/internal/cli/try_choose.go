package cli

import (
	"bytes"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/ringer-lab/ringer/emulation/behaviour"
	"github.com/ringer-lab/ringer/emulation/scenario"
	"github.com/ringer-lab/ringer/emulation/skeleton"
)

// madeUpFile is the name of a scenario that a command makes up.
const madeUpFile = "ringer-try.hcl"

// chosenBehaviour is a behaviour, and what a scenario needs to perform it.
type chosenBehaviour struct {
	behaviour behaviour.Behaviour
	// library is the path of the library that has it, as it was given; empty where a
	// scenario has it, or one of the libraries that are there anyway.
	library string
	// of is the scenario that has it; nil where a library does. files are its files.
	of    *scenario.Scenario
	files map[string]*hcl.File
}

// called is what a step calls the behaviour, whatever else has its name.
func (b chosenBehaviour) called() string { return b.behaviour.Library + "." + b.behaviour.Name }

// is reports whether a name is the behaviour's.
func (b chosenBehaviour) is(name string) bool { return name == b.behaviour.Name || name == b.called() }

// missing are the arguments that must be given, as words; "" if there are none.
func (b chosenBehaviour) missing() string {
	var names []string
	for _, argument := range b.behaviour.Arguments {
		if argument.Required {
			names = append(names, argument.Name)
		}
	}
	return strings.Join(names, ", ")
}

// chooseBehaviour finds the behaviour that arguments name: one that ringer or a library of
// the flags has, or one of a file or folder; of a scenario without a name the one that
// stands in it. Problems in that are written.
func (c *command) chooseBehaviour(args []string, flags scenarioFlags) (chosenBehaviour, error) {
	if _, err := os.Stat(args[0]); err != nil && !strings.HasSuffix(args[0], ".hcl") {
		if len(args) > 1 {
			return chosenBehaviour{}, usageError{fmt.Errorf("there is no file or folder %q: expected one before the name of a behaviour in it", args[0])}
		}
		items, err := c.itemFlags(flags.rules, flags.libraries)
		if err != nil {
			return chosenBehaviour{}, err
		}
		return knownBehaviour(args[0], items)
	}
	all, err := c.behavioursIn(args[0], flags)
	if err != nil {
		return chosenBehaviour{}, err
	}
	elsewhere := func(b chosenBehaviour) bool { return b.of != nil && b.behaviour.Library != scenario.OwnLibrary }
	if len(args) == 1 && slices.ContainsFunc(all, func(b chosenBehaviour) bool { return !elsewhere(b) }) {
		all = slices.DeleteFunc(all, elsewhere)
	}
	var names []string
	for _, found := range all {
		names = append(names, found.behaviour.Name)
	}
	if len(args) > 1 {
		all = slices.DeleteFunc(all, func(b chosenBehaviour) bool { return !b.is(args[1]) })
	}
	switch {
	case len(names) == 0:
		return chosenBehaviour{}, usageError{fmt.Errorf("%s has no behaviour of its own: `ringer new behaviour NAME` writes one to begin with", args[0])}
	case len(all) == 0:
		return chosenBehaviour{}, usageError{fmt.Errorf("%s has no behaviour %q; it has %s.%s", args[0], args[1], strings.Join(names, ", "), didYouMean(args[1], names))}
	case len(all) > 1:
		return chosenBehaviour{}, usageError{fmt.Errorf("%s has several behaviours: name one of %s after it", args[0], strings.Join(names, ", "))}
	}
	return all[0], nil
}

// knownBehaviour finds a behaviour of ringer's, or of a library of the flags.
func knownBehaviour(name string, items itemFlags) (chosenBehaviour, error) {
	var found []chosenBehaviour
	var names, called []string
	for _, b := range items.vocabulary.Behaviours {
		names = append(names, b.Name)
		if one := (chosenBehaviour{behaviour: b}); one.is(name) {
			found, called = append(found, one), append(called, one.called())
		}
	}
	switch {
	case len(found) > 1:
		return chosenBehaviour{}, usageError{fmt.Errorf("several libraries have a behaviour %q: name one of %s", name, strings.Join(called, ", "))}
	case len(found) == 1:
		return found[0], nil
	}
	if kind := otherKind(name); kind != "" {
		return chosenBehaviour{}, usageError{fmt.Errorf("%q is %s, not a behaviour: \"ringer show %s\" describes it", name, kind, name)}
	}
	return chosenBehaviour{}, usageError{fmt.Errorf("no file or behaviour is named %q.%s\n\"ringer list behaviours\" shows the library", name, didYouMean(name, names))}
}

// behavioursIn are the behaviours of a library, or of the scenarios of a file or folder.
func (c *command) behavioursIn(path string, flags scenarioFlags) ([]chosenBehaviour, error) {
	read, err := load([]string{path}, flags)
	if err != nil {
		return nil, err
	}
	if err := c.reportProblems(read.Set, read.problems); err != nil {
		return nil, err
	}
	var all []chosenBehaviour
	for _, library := range read.Libraries[len(flags.libraries):] {
		for _, b := range library.Behaviours() {
			all = append(all, chosenBehaviour{behaviour: b, library: path})
		}
	}
	for _, of := range read.Scenarios {
		for _, library := range of.Libraries {
			for _, b := range library.Behaviours() {
				all = append(all, chosenBehaviour{behaviour: b, of: of, files: read.Files})
			}
		}
	}
	return all, nil
}

// scenarioFile is the name of the scenario that performs the behaviour: beside the one that
// has it, as that may name libraries from its folder.
func (b chosenBehaviour) scenarioFile() string {
	if b.of == nil {
		return madeUpFile
	}
	return path.Join(path.Dir(b.of.File), madeUpFile)
}

// scenario is the text of the scenario, on an asset with that service: of one that has the
// behaviour itself it keeps what the behaviour may refer to.
func (b chosenBehaviour) scenario(service string) []byte {
	var out bytes.Buffer
	if b.of == nil {
		library := ""
		if b.library != "" {
			library = "library = [" + skeleton.Quoted(filepath.ToSlash(b.library)) + "]\n"
		}
		fmt.Fprintf(&out, "scenario \"try\" {\ntitle = %s\n%s}\n", skeleton.Quoted(b.behaviour.Summary), library)
	} else {
		for _, name := range b.of.Files {
			writeKept(&out, b.files[name])
		}
	}
	if service != "" {
		service = "service = " + skeleton.Quoted(service)
	}
	fmt.Fprintf(&out, "actor \"somebody\" {}\nasset %q \"host\" {\n%s\n}\nstep %q \"once\" {\nby = actor.somebody\non = asset.host\n}\n", b.behaviour.Assets[0], service, b.called())
	return out.Bytes()
}

// writeKept writes the blocks of a scenario's file that are no part of what it performs and
// expects.
func writeKept(out *bytes.Buffer, file *hcl.File) {
	body, ok := file.Body.(*hclsyntax.Body)
	if !ok {
		return
	}
	for _, block := range body.Blocks {
		switch block.Type {
		case "actor", "asset", "step", "gap", "baseline", "profile", "fault", "gate", "ship", "dynamic":
		default:
			out.Write(block.Range().SliceBytes(file.Bytes))
			out.WriteString("\n")
		}
	}
}
