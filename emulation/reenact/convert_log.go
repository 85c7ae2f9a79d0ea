package reenact

import "strings"

// convertStatement has the program that wrote the record write it again. The program
// is named by the record, or else by its channel.
func convertStatement(e RecordedEvent) (Args, string) {
	data := map[string]string{}
	for name, value := range e.Data {
		data[name] = untilNUL(value)
	}
	if e.Level != "" {
		data["Level"] = e.Level
	}
	return Args{
		"act": "write_log", "process": programOf(e),
		"record": Args{"channel": e.Channel, "provider": e.Provider, "id": e.ID, "data": data},
	}, ""
}

// channelPrograms are the programs that write to channels, by a part of the channel's
// name in lower case; all others are written by a service host.
var channelPrograms = []struct{ part, image string }{
	{"windows defender", `C:\ProgramData\Microsoft\Windows Defender\Platform\4.18\MsMpEng.exe`},
	{"powershellcore", `C:\Program Files\PowerShell\7\pwsh.exe`},
	{"powershell", `C:\Windows\System32\WindowsPowerShell\v1.0\powershell.exe`},
	{"msexchange", `C:\Windows\System32\inetsrv\w3wp.exe`},
	{"dns server", `C:\Windows\System32\dns.exe`},
	{"dnsserver", `C:\Windows\System32\dns.exe`},
	{"ntlm", `C:\Windows\System32\lsass.exe`},
	{"lsa", `C:\Windows\System32\lsass.exe`},
	{"printservice", `C:\Windows\System32\spoolsv.exe`},
	{"openssh", `C:\Windows\System32\OpenSSH\sshd.exe`},
	{"sysmon", `C:\Windows\Sysmon64.exe`},
	{"system", `C:\Windows\System32\services.exe`},
}

func programOf(e RecordedEvent) Args {
	channel := strings.ToLower(e.Channel)
	for _, writer := range channelPrograms {
		if strings.Contains(channel, writer.part) {
			return Args{"image": writer.image, "user": `NT AUTHORITY\SYSTEM`}
		}
	}
	return Args{"image": `C:\Windows\System32\svchost.exe`, "user": `NT AUTHORITY\SYSTEM`}
}

// systemConverters convert events of other channels that follow from an act in the
// lab: the act is performed, and the record follows from it.
var systemConverters = map[string]map[int]converter{
	"system": {104: convertClear, 7045: convertService},
	"microsoft-windows-taskscheduler/operational": {
		106: convertTask("create_task"), 140: convertTask("change_task"), 141: convertTask("delete_task"), 142: convertTask("change_task"),
	},
}

// convertClear empties the log that the record names; record 104 has its channel
// among its own data.
func convertClear(e RecordedEvent) (Args, string) {
	channel := e.Data["Channel"]
	if channel == "" {
		return convertStatement(e)
	}
	return Args{
		"act": "clear_log", "process": Args{"image": `C:\Windows\System32\wevtutil.exe`, "user": e.Data["SubjectDomainName"] + `\` + e.Data["SubjectUserName"]},
		"record": Args{"channel": channel},
	}, ""
}
