package variant

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/ringer-lab/ringer/emulation/effect"
)

// movedFiles leaves files in another writable folder, where it is for the actor
// to choose: a start-up folder or a document root is no such place.
var movedFiles = Alteration{
	Name: "moved_files", Summary: "what is dropped or staged lies in another folder that anybody may write to",
	alter: func(plans []effect.Plan, persona effect.Persona) ([]effect.Plan, moves) {
		folders := map[string]string{}
		for _, plan := range plans {
			for _, path := range madeBy(plan) {
				if from, to, ok := scratch(path, persona); ok {
					folders[from] = to
				}
			}
		}
		var all moves
		// The longest first: a folder may lie in another.
		for _, from := range slices.SortedFunc(maps.Keys(folders), func(a, b string) int {
			return cmp.Or(cmp.Compare(len(b), len(a)), cmp.Compare(a, b))
		}) {
			all = append(all, move{from, folders[from]})
		}
		return plans, all
	},
}

// scratchFolders are where actors put things for want of a better place, and
// another such place. What lies deeper than each says moves as a whole.
var scratchFolders = map[effect.Persona][]struct {
	folder, to string
	// below moves only the folder that lies in it: others have theirs there too.
	below bool
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

// hostsOwn are folders in ProgramData that mean something to Windows.
const hostsOwn = `C:\ProgramData\Microsoft\`

func scratch(path string, persona effect.Persona) (from, to string, ok bool) {
	separator := "/"
	if persona == effect.Windows {
		separator = `\`
	}
	for _, one := range scratchFolders[persona] {
		if len(path) <= len(one.folder) || !strings.EqualFold(path[:len(one.folder)+1], one.folder+separator) || strings.HasPrefix(path, hostsOwn) {
			continue
		}
		if !one.below {
			return one.folder, one.to, true
		}
		first, _, _ := strings.Cut(path[len(one.folder)+1:], separator)
		return one.folder + separator + first, one.to + separator + first, true
	}
	return "", "", false
}

// madeBy are the files and folders that a plan makes, or is given to find.
func madeBy(plan effect.Plan) []string {
	var all []string
	for _, given := range plan.Given {
		if !given.Gone && !given.Add {
			all = append(all, given.Path)
		}
	}
	for _, process := range plan.Processes() {
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
