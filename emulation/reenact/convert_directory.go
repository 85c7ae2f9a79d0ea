package reenact

import (
	"strings"

	"github.com/ringer-lab/ringer/emulation/artifact"
)

// directoryConverters convert the changes that the local security authority makes
// itself, so that the record follows from the change.
func directoryConverters() map[int]converter {
	all := map[int]converter{}
	for what, id := range artifact.DirectoryChangeEvents() {
		all[id] = convertDirectory(what)
	}
	return all
}

func convertDirectory(what string) converter {
	return func(e RecordedEvent) (Args, string) {
		data := map[string]string{}
		for name, value := range e.Data {
			if !strings.HasPrefix(name, "Subject") {
				data[name] = untilNUL(value)
			}
		}
		process := Args{"image": `C:\Windows\System32\mmc.exe`}
		setIfPresent(process, "user", subjectOf(e))
		return Args{"act": "change_directory", "process": process, "directory": Args{"what": what, "data": data}}, ""
	}
}

// convertShare has the server's own process write to the file on a share of this
// host, as the remote account.
func convertShare(e RecordedEvent) (Args, string) {
	share := e.Data["ShareName"][strings.LastIndexByte(e.Data["ShareName"], '\\')+1:]
	inside := strings.Trim(e.Data["RelativeTargetName"], `\`)
	if inside == "" {
		inside = "reenacted"
	}
	process := Args{"image": "System"}
	setIfPresent(process, "user", subjectOf(e))
	return Args{"act": "create_file", "process": process, "file": normalizedPath(`\\` + hostname + `\` + share + `\` + inside)}, ""
}
