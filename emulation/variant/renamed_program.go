package variant

import (
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/ringer-lab/ringer/emulation/effect"
)

// renamedProgram gives each program's file a name that says nothing. What its
// version resource says stays.
var renamedProgram = Alteration{
	Name: "renamed_program", Summary: "the program's file has another name; its version resource stays",
	alter: func(plan effect.Plan, persona effect.Persona) (effect.Plan, Moves) {
		names := map[string]string{}
		return elsewhere(plan, persona, func(image string) string {
			folder, name := folderAndName(image)
			if names[image] == "" {
				number := ""
				if len(names) > 0 {
					number = strconv.Itoa(len(names) + 1)
				}
				names[image] = "updater" + number + path.Ext(name)
			}
			return folder + names[image]
		}, func(typed, image string) string {
			folder, old := folderAndName(typed)
			_, name := folderAndName(image)
			if path.Ext(old) == "" {
				name = strings.TrimSuffix(name, path.Ext(name))
			}
			return folder + name
		})
	},
}

// elsewhere gives the programs that the actor starts another path. typed is how
// the program is then named where it is started. What is no part of the system
// the actor has brought along, in this step or an earlier one.
func elsewhere(plan effect.Plan, persona effect.Persona, to func(image string) string, typed func(word, image string) string) (effect.Plan, Moves) {
	var moved Moves
	plan = eachStarted(plan, func(p effect.Process) effect.Process {
		image := to(p.Image)
		if image == p.Image {
			return p
		}
		if !systems(p.Image) {
			moved = append(moved, move{p.Image, image})
		}
		if persona == effect.Windows && p.Resource == nil {
			resource := effect.ResourceOf(p.Image)
			p.Resource = &resource
		}
		p.Image = image
		words := wordsOf(p, persona)
		words[0] = quoted(words[0], func(word string) string { return typed(word, image) })
		return withWords(p, persona, words)
	})
	return moved.everywhere(plan), moved
}

// systems reports whether a program is part of the system.
func systems(image string) bool {
	return slices.ContainsFunc([]string{`C:\Windows\System32\`, "/usr/"}, func(folder string) bool {
		return len(image) > len(folder) && strings.EqualFold(image[:len(folder)], folder)
	})
}

// quoted changes a word within its quotes.
func quoted(word string, change func(string) string) string {
	bare := strings.Trim(word, `"`)
	return strings.Replace(word, bare, change(bare), 1)
}
