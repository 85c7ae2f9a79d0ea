package evasion

import (
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/effect"
)

// relocatePrograms gives the programs that the actor starts another path. typed is how
// the program is then named where it is started. What is no part of the system
// the actor has brought along, and it lies elsewhere for every plan.
func relocatePrograms(plans []effect.StepPlan, platform effect.Platform, to func(image string) string, typed func(word, image string) string) ([]effect.StepPlan, replacements) {
	var moved replacements
	plans = mapActorProcesses(plans, func(p effect.Process) effect.Process {
		image := to(p.Image)
		if image == p.Image || needsItsPath(p) {
			return p
		}
		if !isSystemProgram(p.Image) {
			moved = append(moved, replacement{p.Image, image})
			moved = append(moved, librariesBeside(p, image)...)
		}
		if platform == effect.Windows && p.Resource == nil {
			resource := artifact.ResourceOf(p.Image)
			p.Resource = &resource
		}
		p.Image = image
		words := wordsOf(p, platform)
		words[0] = changeUnquoted(words[0], func(word string) string { return typed(word, image) })
		return withWords(p, platform, words)
	})
	return plans, moved
}

// librariesBeside are the libraries that a program maps from its own folder: it finds
// them there only, so they go where it goes. Without them nothing is side-loaded.
func librariesBeside(p effect.Process, image string) replacements {
	from, _ := folderAndName(p.Image)
	to, _ := folderAndName(image)
	var along replacements
	for _, act := range p.Acts {
		load, ok := act.(effect.Load)
		if folder, name := folderAndName(load.Path); ok && from != to && strings.EqualFold(folder, from) {
			along = append(along, replacement{load.Path, to + name})
		}
	}
	return along
}

// installers are folders whose programs an installer has put together with what
// they need; what opens a document or starts a service knows them by their path.
var installers = []string{`C:\Program Files\`, `C:\Program Files (x86)\`, "/opt/"}

// setIDPrograms are the programs that lend their caller a group or user which a copy
// would not: https://manpages.debian.org/bookworm/cron/crontab.1.en.html,
// https://manpages.debian.org/bookworm/login/su.1.en.html and
// https://manpages.debian.org/bookworm/sudo/sudo.8.en.html.
var setIDPrograms = []string{"crontab", "su", "sudo"}

// needsItsPath reports whether a program does its work only where it is, by its name.
func needsItsPath(p effect.Process) bool {
	return liesBelow(p.Image, installers) || liesBelow(p.Image, []string{"/usr/"}) && p.User != "root" && slices.Contains(setIDPrograms, toolName(p))
}

// isSystemProgram reports whether a program is part of the system.
func isSystemProgram(image string) bool {
	return liesBelow(image, []string{`C:\Windows\System32\`, "/usr/"})
}

// liesBelow reports whether a path lies below one of the folders.
func liesBelow(path string, folders []string) bool {
	return slices.ContainsFunc(folders, func(folder string) bool {
		return len(path) > len(folder) && strings.EqualFold(path[:len(folder)], folder)
	})
}

// changeUnquoted changes a word within its quotes.
func changeUnquoted(word string, change func(string) string) string {
	bare := strings.Trim(word, `"`)
	return strings.Replace(word, bare, change(bare), 1)
}

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
