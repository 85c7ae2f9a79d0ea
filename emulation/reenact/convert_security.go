package reenact

import (
	"strconv"
	"strings"

	"github.com/ringer-lab/ringer/emulation/artifact"
)

const noLogon = "no process in the lab can log on; the record could only be declared"

// securityConverters convert records of Security, by event id.
var securityConverters = map[int]converter{
	1102: convertSecurityClear,
	4624: notReproducible(noLogon), 4625: notReproducible(noLogon), 4634: notReproducible(noLogon), 4648: notReproducible(noLogon), 4672: notReproducible(noLogon),
	4768: notReproducible(noLogon), 4769: notReproducible(noLogon), 4771: notReproducible(noLogon), 4776: notReproducible(noLogon),
	4657: convertAuditedValue,
	4663: convertAuditedFile,
	4688: convertAuditedStart,
	4697: convertService,
	4698: convertTask("create_task"),
	4699: convertTask("delete_task"),
	4700: convertTask("change_task"),
	4701: convertTask("change_task"),
	4702: convertTask("change_task"),
	5140: convertShare,
	5145: convertShare,
}

// subjectOf returns the account that a record of Security names as its subject.
func subjectOf(e RecordedEvent) string {
	domain, user := e.Data["SubjectDomainName"], e.Data["SubjectUserName"]
	if user == "" || user == "-" {
		return ""
	}
	// The account of the host itself means the system.
	if strings.HasSuffix(user, "$") && e.Data["SubjectLogonId"] == "0x3e7" {
		return `NT AUTHORITY\SYSTEM`
	}
	return domain + `\` + user
}

func convertSecurityClear(e RecordedEvent) (Args, string) {
	process := Args{"image": `C:\Windows\System32\wevtutil.exe`}
	setIfPresent(process, "user", subjectOf(e))
	return Args{"act": "clear_log", "process": process, "record": Args{"channel": securityChannel}}, ""
}

// convertAuditedStart starts the process that the audit policy recorded.
func convertAuditedStart(e RecordedEvent) (Args, string) {
	process := Args{"image": normalizedPath(e.Data["NewProcessName"])}
	setIfPresent(process, "command", commandLine(e.Data["CommandLine"]))
	setIfPresent(process, "user", subjectOf(e))
	setIfPresent(process, "integrity", integrityOf(e.Data["MandatoryLabel"]))
	step := Args{"act": "start", "process": process}
	if parent := validPath(e.Data["ParentProcessName"]); parent != "" {
		step["parent"] = Args{"image": parent}
	}
	return step, ""
}

// integrityLabels are the mandatory labels of integrity levels.
var integrityLabels = map[string]string{
	"S-1-16-0": "Untrusted", "S-1-16-4096": "Low", "S-1-16-8192": "Medium", "S-1-16-8448": "Medium", "S-1-16-12288": "High", "S-1-16-16384": "System",
}

func convertAuditedValue(e RecordedEvent) (Args, string) {
	value := Args{"type": "REG_SZ"}
	setIfPresent(value, "data", atMost(untilNUL(e.Data["NewValue"]), longestValue))
	if kind, ok := map[string]string{"%%1873": "REG_SZ", "%%1874": "REG_EXPAND_SZ", "%%1876": "REG_DWORD", "%%1883": "REG_QWORD"}[e.Data["NewValueType"]]; ok {
		value["type"] = kind
	}
	process := Args{"image": normalizedPath(e.Data["ProcessName"])}
	setIfPresent(process, "user", subjectOf(e))
	return Args{"act": "set_value", "process": process, "key": registryKey(sysmonKey(e.Data["ObjectName"])) + `\` + e.Data["ObjectValueName"], "value": value}, ""
}

// sysmonKey returns a key as Sysmon writes it, from the kernel's own name.
func sysmonKey(object string) string {
	for _, pair := range [][2]string{{`\REGISTRY\MACHINE`, "HKLM"}, {`\REGISTRY\USER`, "HKU"}} {
		if len(object) >= len(pair[0]) && strings.EqualFold(object[:len(pair[0])], pair[0]) {
			return pair[1] + object[len(pair[0]):]
		}
	}
	return object
}

func convertAuditedFile(e RecordedEvent) (Args, string) {
	process := Args{"image": normalizedPath(e.Data["ProcessName"])}
	setIfPresent(process, "user", subjectOf(e))
	switch e.Data["ObjectType"] {
	case "File":
		if !hasWriteAccess(e.Data["AccessMask"]) {
			return nil, "not reproducible: the sensor does not report files that are only read"
		}
		return Args{"act": "create_file", "process": process, "file": normalizedPath(e.Data["ObjectName"])}, ""
	case "Key":
		if !hasWriteAccess(e.Data["AccessMask"]) {
			return nil, "not reproducible: the sensor does not report keys that are only read"
		}
		return Args{"act": "set_value", "process": process, "key": registryKey(sysmonKey(e.Data["ObjectName"])) + `\Reenacted`}, ""
	}
	return nil, "not reproducible: the lab has no act that opens an object of type " + strconv.Quote(e.Data["ObjectType"])
}

// hasWriteAccess reports whether an access mask has the bit for writing data (for a key,
// for setting a value).
func hasWriteAccess(mask string) bool {
	bits, err := strconv.ParseUint(strings.TrimPrefix(mask, "0x"), 16, 32)
	return err == nil && bits&0x2 != 0
}

// convertTask has the scheduler create, change or delete the task.
func convertTask(act string) converter {
	return func(e RecordedEvent) (Args, string) {
		name := e.Data["TaskName"]
		client := Args{
			"image": `C:\Windows\System32\schtasks.exe`, "command": `schtasks.exe /tn "` + strings.TrimLeft(name, `\`) + `"`,
		}
		setIfPresent(client, "user", subjectOf(e))
		setIfPresent(client, "user", e.Data["UserContext"])
		setIfPresent(client, "user", strings.TrimPrefix(e.Data["UserName"], "System"))
		task := Args{"name": name}
		xml := e.Data["TaskContent"]
		if xml == "" {
			xml = e.Data["TaskContentNew"]
		}
		setIfPresent(task, "xml", xml)
		switch e.ID {
		case 4700:
			task["xml"] = artifact.EnableTask(xml, true)
		case 142, 4701:
			task["xml"] = artifact.EnableTask(xml, false)
		}
		return Args{"act": act, "process": client, "task": task}, ""
	}
}

// convertService has the service control manager create the service.
func convertService(e RecordedEvent) (Args, string) {
	image := e.Data["ImagePath"] + e.Data["ServiceFileName"]
	entered := Args{"name": strings.Trim(strings.ReplaceAll(e.Data["ServiceName"], `\`, "_"), " "), "display": e.Data["ServiceName"], "image": image}
	setIfPresent(entered, "account", e.Data["AccountName"]+e.Data["ServiceAccount"])
	if kind, ok := serviceTypes[e.Data["ServiceType"]]; ok {
		entered["type"] = kind
	}
	if start, ok := serviceStarts[e.Data["StartType"]+e.Data["ServiceStartType"]]; ok {
		entered["start"] = start
	}
	client := Args{"image": `C:\Windows\System32\sc.exe`, "command": "sc.exe create " + entered["name"].(string)}
	setIfPresent(client, "user", subjectOf(e))
	return Args{"act": "create_service", "process": client, "service": entered}, ""
}

var (
	serviceTypes = map[string]int{
		"kernel mode driver": 1, "user mode service": 16, "0x1": 1, "0x10": 16, "0x20": 32, "0x110": 272,
	}
	serviceStarts = map[string]int{
		"boot start": 0, "system start": 1, "auto start": 2, "demand start": 3, "disabled": 4,
		"0": 0, "1": 1, "2": 2, "3": 3, "4": 4,
	}
)
