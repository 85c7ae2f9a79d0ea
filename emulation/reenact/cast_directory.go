package reenact

import (
	"strings"

	"github.com/ringer-lab/ringer/emulation/effect"
)

// directoryCasts are the changes that the local security authority makes itself,
// so that the record follows from the change.
func directoryCasts() map[int]cast {
	all := map[int]cast{}
	for what, id := range effect.DirectoryChanges {
		all[id] = castDirectory(what)
	}
	return all
}

func castDirectory(what string) cast {
	return func(e Recorded) (Args, string) {
		data := map[string]string{}
		for name, value := range e.Data {
			if !strings.HasPrefix(name, "Subject") {
				data[name] = untilNUL(value)
			}
		}
		process := Args{"image": `C:\Windows\System32\mmc.exe`}
		put(process, "user", subjectOf(e))
		return Args{"act": "change_directory", "process": process, "directory": Args{"what": what, "data": data}}, ""
	}
}

// castShare has the server's own process write to the file on a share of this
// host, in the name of the account that came.
func castShare(e Recorded) (Args, string) {
	share := e.Data["ShareName"][strings.LastIndexByte(e.Data["ShareName"], '\\')+1:]
	inside := strings.Trim(e.Data["RelativeTargetName"], `\`)
	if inside == "" {
		inside = "reenacted"
	}
	process := Args{"image": "System"}
	put(process, "user", subjectOf(e))
	return Args{"act": "create_file", "process": process, "file": place(`\\` + Place().Hostname + `\` + share + `\` + inside)}, ""
}
