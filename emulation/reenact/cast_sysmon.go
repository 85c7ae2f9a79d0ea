package reenact

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// sysmonCasts are the acts that Sysmon's events tell of, by event id.
var sysmonCasts = map[int]cast{
	1:  castStart,
	2:  castDate,
	3:  castConnect,
	4:  castStatement,
	5:  castStart,
	6:  castDriver,
	7:  castLoad,
	8:  never("no process on the stage starts a thread in another"),
	9:  never("the stage has no disk that could be read raw"),
	10: castAccess,
	11: castFile("create_file"),
	12: castRegistry,
	13: castSetValue,
	14: castRenameKey,
	15: castFile("create_file"),
	16: castStatement,
	17: castPipe("create_pipe"),
	18: castPipe("open_pipe"),
	19: castWMI("filter"),
	20: castWMI("consumer"),
	21: castWMI("binding"),
	22: castResolve,
	23: castFile("delete_file"),
	24: never("the stage has no clipboard"),
	25: never("no process on the stage changes another's image"),
	26: castFile("delete_file"),
	29: castFile("create_file"),

	255: castStatement,
}

// castStart starts the process from its parent, with its arguments.
func castStart(e Recorded) (Args, string) {
	process := actorOf(e, "Image", "User")
	put(process, "command", command(e.Data["CommandLine"]))
	put(process, "folder", known(e.Data["CurrentDirectory"]))
	put(process, "integrity", integrityOf(e.Data["IntegrityLevel"]))
	if version := versionOf(e); len(version) > 0 {
		process["version"] = version
	}
	step := Args{"act": "start", "process": process}
	if known(e.Data["ParentImage"]) != "" {
		parent := actorOf(e, "ParentImage", "ParentUser")
		put(parent, "command", command(e.Data["ParentCommandLine"]))
		step["parent"] = parent
	}
	return step, ""
}

// versionOf keeps dashes: they say that an entry is missing.
func versionOf(e Recorded) Args {
	version := Args{}
	for field, name := range map[string]string{
		"OriginalFileName": "original_name", "Description": "description", "Product": "product",
		"Company": "company", "FileVersion": "file_version",
	} {
		if value := e.Data[field]; value != "" {
			version[name] = line(value)
		}
	}
	return version
}

// integrityOf is an integrity level by its name or label; "" is none that a
// process can be given.
func integrityOf(level string) string {
	if named, ok := labels[level]; ok {
		return named
	}
	for _, one := range []string{"Untrusted", "Low", "AppContainer", "Medium", "High", "System"} {
		if strings.EqualFold(one, level) {
			return one
		}
	}
	return ""
}

// castFile does something to the file that an event names.
func castFile(act string) cast {
	return func(e Recorded) (Args, string) {
		step := Args{"act": act, "process": actorOf(e, "Image", "User"), "file": place(e.Data["TargetFilename"])}
		put(step, "content", e.Data["Contents"])
		return step, ""
	}
}

func castDate(e Recorded) (Args, string) {
	at, err := time.Parse("2006-01-02 15:04:05.000", e.Data["CreationUtcTime"])
	if err != nil {
		return nil, fmt.Sprintf("the recorded time cannot be read: %v", err)
	}
	return Args{
		"act": "date_file", "process": actorOf(e, "Image", "User"),
		"file": place(e.Data["TargetFilename"]), "time": at.Format(time.RFC3339Nano),
	}, ""
}

func castRegistry(e Recorded) (Args, string) {
	acts := map[string]string{
		"CreateKey": "create_key", "DeleteKey": "delete_key", "DeleteValue": "delete_value",
		"CreateValue": "set_value",
	}
	act := acts[e.Data["EventType"]]
	if act == "" {
		return nil, fmt.Sprintf("no act makes a registry event of type %q", e.Data["EventType"])
	}
	return Args{"act": act, "process": actorOf(e, "Image", "User"), "key": key(e.Data["TargetObject"])}, ""
}

func castSetValue(e Recorded) (Args, string) {
	return Args{
		"act": "set_value", "process": actorOf(e, "Image", "User"),
		"key": key(e.Data["TargetObject"]), "value": valueOf(e.Data["Details"]),
	}, ""
}

// valueOf reads a value as Sysmon shows it.
func valueOf(details string) Args {
	number := func(prefix, kind string) (Args, bool) {
		digits, ok := strings.CutPrefix(details, prefix)
		if !ok {
			return nil, false
		}
		digits = strings.ReplaceAll(strings.TrimSuffix(digits, ")"), "-0x", "")
		n, err := strconv.ParseUint(digits, 16, 64)
		return Args{"type": kind, "data": strconv.FormatUint(n, 10)}, err == nil
	}
	if value, ok := number("DWORD (0x", "REG_DWORD"); ok {
		return value
	}
	if value, ok := number("QWORD (0x", "REG_QWORD"); ok {
		return value
	}
	switch details {
	case "Binary Data":
		return Args{"type": "REG_BINARY", "data": "00"}
	case "(Empty)":
		return Args{"type": "REG_SZ"}
	}
	return Args{"type": "REG_SZ", "data": atMost(untilNUL(details), longestValue)}
}

func castRenameKey(e Recorded) (Args, string) {
	return Args{
		"act": "rename_key", "process": actorOf(e, "Image", "User"),
		"key": key(e.Data["TargetObject"]), "new_key": key(e.Data["NewName"]),
	}, ""
}

func castLoad(e Recorded) (Args, string) {
	return Args{"act": "load_library", "process": actorOf(e, "Image", "User"), "library": libraryOf(e)}, ""
}

// castDriver has the kernel's own process map the driver.
func castDriver(e Recorded) (Args, string) {
	return Args{"act": "load_library", "process": Args{"image": "System"}, "library": libraryOf(e)}, ""
}

func libraryOf(e Recorded) Args {
	library := Args{"path": place(e.Data["ImageLoaded"])}
	if version := versionOf(e); len(version) > 0 {
		library["version"] = version
	}
	put(library, "signature", line(e.Data["Signature"]))
	if status := e.Data["SignatureStatus"]; e.Data["Signed"] == "true" {
		put(library, "status", line(status))
	}
	return library
}

func castPipe(act string) cast {
	return func(e Recorded) (Args, string) {
		return Args{"act": act, "process": actorOf(e, "Image", "User"), "pipe": line(strings.TrimLeft(e.Data["PipeName"], `\`))}, ""
	}
}

func castResolve(e Recorded) (Args, string) {
	return Args{"act": "resolve", "process": actorOf(e, "Image", "User"), "host": e.Data["QueryName"]}, ""
}

// castWMI has the WMI service keep the object that the event tells of.
func castWMI(kind string) cast {
	return func(e Recorded) (Args, string) {
		data := map[string]string{}
		for _, name := range []string{"EventNamespace", "Name", "Query", "Type", "Destination", "Consumer", "Filter"} {
			if value := e.Data[name]; value != "" {
				data[name] = value
			}
		}
		process := Args{"image": `C:\Windows\System32\wbem\WmiPrvSE.exe`}
		put(process, "user", e.Data["User"])
		return Args{"act": "subscribe_wmi", "process": process, "wmi": Args{"kind": kind, "data": data}}, ""
	}
}

// castAccess has the process map the libraries of the recorded call trace, its
// own program left out, and reach for the target.
func castAccess(e Recorded) (Args, string) {
	source := actorOf(e, "SourceImage", "SourceUser")
	step := Args{"act": "access_process", "process": source, "target": actorOf(e, "TargetImage", "TargetUser")}
	var mapped []string
	// The innermost call comes first, and what is mapped last.
	for frame := range strings.SplitSeq(e.Data["CallTrace"], "|") {
		library, _, ok := strings.Cut(frame, "+")
		library = known(library)
		same := func(other string) bool { return strings.EqualFold(other, library) }
		if ok && library != "" && !same(e.Data["SourceImage"]) && !same(e.Data["TargetImage"]) && !slices.ContainsFunc(mapped, same) {
			mapped = append([]string{library}, mapped...)
		}
	}
	if len(mapped) > 0 {
		step["mapped"] = mapped
	}
	return step, ""
}
