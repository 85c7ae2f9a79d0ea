package variant

import (
	"slices"
	"strings"

	"github.com/ringer-lab/ringer/emulation/effect"
)

// elsewhere gives the programs that the actor starts another path. typed is how
// the program is then named where it is started. What is no part of the system
// the actor has brought along, and it lies elsewhere for every plan.
func elsewhere(plans []effect.Plan, persona effect.Persona, to func(image string) string, typed func(word, image string) string) ([]effect.Plan, moves) {
	var moved moves
	plans = eachStarted(plans, func(p effect.Process) effect.Process {
		image := to(p.Image)
		if image == p.Image || bound(p) {
			return p
		}
		if !systems(p.Image) {
			moved = append(moved, move{p.Image, image})
			moved = append(moved, beside(p, image)...)
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
	return plans, moved
}

// beside are the libraries that a program maps from its own folder: it finds
// them there only, so they go where it goes. Without them nothing is side-loaded.
func beside(p effect.Process, image string) moves {
	from, _ := folderAndName(p.Image)
	to, _ := folderAndName(image)
	var along moves
	for _, act := range p.Acts {
		load, ok := act.(effect.Load)
		if folder, name := folderAndName(load.Path); ok && from != to && strings.EqualFold(folder, from) {
			along = append(along, move{load.Path, to + name})
		}
	}
	return along
}

// installers are folders whose programs an installer has put together with what
// they need; what opens a document or starts a service knows them by their path.
var installers = []string{`C:\Program Files\`, `C:\Program Files (x86)\`, "/opt/"}

// lending are the programs that lend their caller a group or user which a copy
// would not: https://manpages.debian.org/bookworm/cron/crontab.1.en.html,
// https://manpages.debian.org/bookworm/login/su.1.en.html and
// https://manpages.debian.org/bookworm/sudo/sudo.8.en.html.
var lending = []string{"crontab", "su", "sudo"}

// bound reports whether a program does its work only where it is, by its name.
func bound(p effect.Process) bool {
	return in(p.Image, installers) || in(p.Image, []string{"/usr/"}) && p.User != "root" && slices.Contains(lending, toolName(p))
}

// systems reports whether a program is part of the system.
func systems(image string) bool { return in(image, []string{`C:\Windows\System32\`, "/usr/"}) }

// in reports whether a path lies below one of the folders.
func in(path string, folders []string) bool {
	return slices.ContainsFunc(folders, func(folder string) bool {
		return len(path) > len(folder) && strings.EqualFold(path[:len(folder)], folder)
	})
}

// quoted changes a word within its quotes.
func quoted(word string, change func(string) string) string {
	bare := strings.Trim(word, `"`)
	return strings.Replace(word, bare, change(bare), 1)
}
