package reenact

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// sysmonConverters convert Sysmon's events, by event id.
var sysmonConverters = map[int]converter{
	1:  convertStart,
	2:  convertDate,
	3:  convertConnect,
	4:  convertStatement,
	5:  convertStart,
	6:  convertDriver,
	7:  convertLoad,
	8:  notReproducible("no process in the lab starts a thread in another process"),
	9:  notReproducible("the lab has no disk that can be read raw"),
	10: convertAccess,
	11: convertFile("create_file"),
	12: convertRegistry,
	13: convertSetValue,
	14: convertRenameKey,
	15: convertFile("create_file"),
	16: convertStatement,
	17: convertPipe("create_pipe"),
	18: convertPipe("open_pipe"),
	19: convertWMI("filter"),
	20: convertWMI("consumer"),
	21: convertWMI("binding"),
	22: convertResolve,
	23: convertFile("delete_file"),
	24: notReproducible("the lab has no clipboard"),
	25: notReproducible("no process in the lab changes another process's image"),
	26: convertFile("delete_file"),
	29: convertFile("create_file"),

	255: convertStatement,
}

// convertStart starts the process from its parent, with its arguments.
func convertStart(e RecordedEvent) (Args, string) {
	process := actingProcess(e, "Image", "User")
	setIfPresent(process, "command", commandLine(e.Data["CommandLine"]))
	setIfPresent(process, "folder", validPath(e.Data["CurrentDirectory"]))
	setIfPresent(process, "integrity", integrityOf(e.Data["IntegrityLevel"]))
	if version := versionOf(e); len(version) > 0 {
		process["version"] = version
	}
	step := Args{"act": "start", "process": process}
	if validPath(e.Data["ParentImage"]) != "" {
		parent := actingProcess(e, "ParentImage", "ParentUser")
		setIfPresent(parent, "command", commandLine(e.Data["ParentCommandLine"]))
		step["parent"] = parent
	}
	return step, ""
}

// versionOf returns the version resource of an image. It keeps dashes, which say that
// an entry is missing.
func versionOf(e RecordedEvent) Args {
	version := Args{}
	for field, name := range map[string]string{
		"OriginalFileName": "original_name", "Description": "description", "Product": "product",
		"Company": "company", "FileVersion": "file_version",
	} {
		if value := e.Data[field]; value != "" {
			version[name] = singleLine(value)
		}
	}
	return version
}

// integrityOf returns an integrity level by its name or label; "" if no process can
// have it.
func integrityOf(level string) string {
	if named, ok := integrityLabels[level]; ok {
		return named
	}
	for _, label := range []string{"Untrusted", "Low", "AppContainer", "Medium", "High", "System"} {
		if strings.EqualFold(label, level) {
			return label
		}
	}
	return ""
}

// convertFile performs that act on the event's file.
func convertFile(act string) converter {
	return func(e RecordedEvent) (Args, string) {
		step := Args{"act": act, "process": actingProcess(e, "Image", "User"), "file": normalizedPath(e.Data["TargetFilename"])}
		setIfPresent(step, "content", e.Data["Contents"])
		return step, ""
	}
}

func convertDate(e RecordedEvent) (Args, string) {
	at, err := time.Parse("2006-01-02 15:04:05.000", e.Data["CreationUtcTime"])
	if err != nil {
		return nil, fmt.Sprintf("the recorded time cannot be read: %v", err)
	}
	return Args{
		"act": "date_file", "process": actingProcess(e, "Image", "User"),
		"file": normalizedPath(e.Data["TargetFilename"]), "time": at.Format(time.RFC3339Nano),
	}, ""
}

func convertRegistry(e RecordedEvent) (Args, string) {
	acts := map[string]string{
		"CreateKey": "create_key", "DeleteKey": "delete_key", "DeleteValue": "delete_value",
		"CreateValue": "set_value",
	}
	act := acts[e.Data["EventType"]]
	if act == "" {
		return nil, fmt.Sprintf("not reproducible: the lab has no act for a registry event of type %q", e.Data["EventType"])
	}
	return Args{"act": act, "process": actingProcess(e, "Image", "User"), "key": registryKey(e.Data["TargetObject"])}, ""
}

func convertSetValue(e RecordedEvent) (Args, string) {
	return Args{
		"act": "set_value", "process": actingProcess(e, "Image", "User"),
		"key": registryKey(e.Data["TargetObject"]), "value": valueOf(e.Data["Details"]),
	}, ""
}

// valueOf parses a registry value from Sysmon's notation.
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

func convertRenameKey(e RecordedEvent) (Args, string) {
	return Args{
		"act": "rename_key", "process": actingProcess(e, "Image", "User"),
		"key": registryKey(e.Data["TargetObject"]), "new_key": registryKey(e.Data["NewName"]),
	}, ""
}

func convertLoad(e RecordedEvent) (Args, string) {
	return Args{"act": "load_library", "process": actingProcess(e, "Image", "User"), "library": libraryOf(e)}, ""
}

// convertDriver has the kernel's own process load the driver.
func convertDriver(e RecordedEvent) (Args, string) {
	return Args{"act": "load_library", "process": Args{"image": "System"}, "library": libraryOf(e)}, ""
}

func libraryOf(e RecordedEvent) Args {
	library := Args{"path": normalizedPath(e.Data["ImageLoaded"])}
	if version := versionOf(e); len(version) > 0 {
		library["version"] = version
	}
	setIfPresent(library, "signature", singleLine(e.Data["Signature"]))
	if status := e.Data["SignatureStatus"]; e.Data["Signed"] == "true" {
		setIfPresent(library, "status", singleLine(status))
	}
	return library
}

func convertPipe(act string) converter {
	return func(e RecordedEvent) (Args, string) {
		return Args{"act": act, "process": actingProcess(e, "Image", "User"), "pipe": singleLine(strings.TrimLeft(e.Data["PipeName"], `\`))}, ""
	}
}

func convertResolve(e RecordedEvent) (Args, string) {
	return Args{"act": "resolve", "process": actingProcess(e, "Image", "User"), "host": e.Data["QueryName"]}, ""
}

// convertWMI has the WMI service store the object.
func convertWMI(kind string) converter {
	return func(e RecordedEvent) (Args, string) {
		data := map[string]string{}
		for _, name := range []string{"EventNamespace", "Name", "Query", "Type", "Destination", "Consumer", "Filter"} {
			if value := e.Data[name]; value != "" {
				data[name] = value
			}
		}
		process := Args{"image": `C:\Windows\System32\wbem\WmiPrvSE.exe`}
		setIfPresent(process, "user", e.Data["User"])
		return Args{"act": "subscribe_wmi", "process": process, "wmi": Args{"kind": kind, "data": data}}, ""
	}
}

// convertAccess has the process load the libraries of the recorded call trace,
// without its own program, and open the target.
func convertAccess(e RecordedEvent) (Args, string) {
	source := actingProcess(e, "SourceImage", "SourceUser")
	step := Args{"act": "access_process", "process": source, "target": actingProcess(e, "TargetImage", "TargetUser")}
	var mapped []string
	// The call trace starts with the innermost call, which is loaded last.
	for frame := range strings.SplitSeq(e.Data["CallTrace"], "|") {
		library, _, ok := strings.Cut(frame, "+")
		library = validPath(library)
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
