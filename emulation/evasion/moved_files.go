package evasion

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/ringer-lab/ringer/emulation/effect"
)

// movedFiles leaves files in another writable folder, where it is for the actor
// to choose: a start-up folder or a document root is no such place.
var movedFiles = Mutation{
	Name: "moved_files", Summary: "dropped and staged files lie in another folder that anybody may write to",
	mutate: func(plans []effect.StepPlan, platform effect.Platform) ([]effect.StepPlan, replacements) {
		folders := map[string]string{}
		for _, plan := range plans {
			for _, path := range createdPaths(plan) {
				if from, to, ok := scratchMove(path, platform); ok {
					folders[from] = to
				}
			}
		}
		var all replacements
		// The longest first: a folder may lie in another.
		for _, from := range slices.SortedFunc(maps.Keys(folders), func(a, b string) int {
			return cmp.Or(cmp.Compare(len(b), len(a)), cmp.Compare(a, b))
		}) {
			all = append(all, replacement{from, folders[from]})
		}
		return plans, all
	},
}

// scratchFolders are where actors put things for want of a better place, and
// another such place. What lies deeper than each says moves as a whole.
var scratchFolders = map[effect.Platform][]struct {
	folder, to string
	// subfolderOnly moves only the folder that lies in it: others have theirs there too.
	subfolderOnly bool
}{
	effect.Windows: {
		{`C:\PerfLogs`, `C:\Users\Public`, false},
		{`C:\Windows\Temp`, `C:\Users\Public`, false},
		{`C:\Users\Public`, `C:\PerfLogs`, false},
		{`C:\ProgramData`, `C:\Users\Public`, true},
	},
	effect.Linux: {
		{"/var/tmp", "/dev/shm", false},
		{"/dev/shm", "/tmp", false},
		{"/tmp", "/var/tmp", false},
	},
}

// windowsOwnFolder are folders in ProgramData that mean something to Windows.
const windowsOwnFolder = `C:\ProgramData\Microsoft\`

func scratchMove(path string, platform effect.Platform) (from, to string, ok bool) {
	separator := "/"
	if platform == effect.Windows {
		separator = `\`
	}
	for _, scratch := range scratchFolders[platform] {
		if len(path) <= len(scratch.folder) || !strings.EqualFold(path[:len(scratch.folder)+1], scratch.folder+separator) || strings.HasPrefix(path, windowsOwnFolder) {
			continue
		}
		if !scratch.subfolderOnly {
			return scratch.folder, scratch.to, true
		}
		first, _, _ := strings.Cut(path[len(scratch.folder)+1:], separator)
		return scratch.folder + separator + first, scratch.to + separator + first, true
	}
	return "", "", false
}

// createdPaths are the files and folders that a plan makes, or is given to find.
func createdPaths(plan effect.StepPlan) []string {
	var all []string
	for _, precondition := range plan.Preconditions {
		if !precondition.Absent && !precondition.Append {
			all = append(all, precondition.Path)
		}
	}
	for _, process := range plan.AllProcesses() {
		for _, act := range process.Acts {
			switch a := act.(type) {
			case effect.Write:
				all = append(all, a.Path)
			case effect.Copy:
				all = append(all, a.To)
			case effect.Move:
				all = append(all, a.To)
			case effect.MakeDir:
				all = append(all, a.Path)
			case effect.Pack, effect.Export:
				all = append(all, act.Touches()...)
			}
		}
	}
	return all
}
