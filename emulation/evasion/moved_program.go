package evasion

import (
	"strings"

	"github.com/ringer-lab/ringer/emulation/effect"
)

// movedProgram starts each program from a folder that anybody may write to.
var movedProgram = Mutation{
	Name: "moved_program", Summary: "the program lies in another folder that anybody may write to",
	mutate: func(plans []effect.StepPlan, platform effect.Platform) ([]effect.StepPlan, replacements) {
		return relocatePrograms(plans, platform, func(image string) string {
			folder, name := folderAndName(image)
			for _, other := range openFolders[platform] {
				if !strings.EqualFold(folder, other) {
					return other + name
				}
			}
			return image
		}, func(_, image string) string { return image })
	},
}

// openFolders are folders that anybody may write to.
var openFolders = map[effect.Platform][]string{
	effect.Windows: {`C:\Users\Public\`, `C:\Windows\Temp\`},
	effect.Linux:   {"/var/tmp/", "/dev/shm/"},
}
