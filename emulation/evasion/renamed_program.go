package evasion

import (
	"path"
	"strconv"
	"strings"

	"github.com/ringer-lab/ringer/emulation/effect"
)

// renamedProgram gives each program's file a name that says nothing. What its
// version resource says stays.
var renamedProgram = Mutation{
	Name: "renamed_program", Summary: "the program's file has another name; its version resource stays",
	mutate: func(plans []effect.StepPlan, platform effect.Platform) ([]effect.StepPlan, replacements) {
		names := map[string]string{}
		return relocatePrograms(plans, platform, func(image string) string {
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
