package reenact

import "strings"

// castStatement has a program write the record to its log again: what it says of
// itself. Which program that is the record names, or its channel does.
func castStatement(e Recorded) (Args, string) {
	data := map[string]string{}
	for name, value := range e.Data {
		data[name] = untilNUL(value)
	}
	if e.Level != "" {
		data["Level"] = e.Level
	}
	return Args{
		"act": "write_log", "process": writer(e),
		"record": Args{"channel": e.Channel, "provider": e.Provider, "id": e.ID, "data": data},
	}, ""
}

// writers are the programs behind channels, by a part of the channel's name in
// lower case; any other is written by a service host.
var writers = []struct{ part, image string }{
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

func writer(e Recorded) Args {
	channel := strings.ToLower(e.Channel)
	for _, one := range writers {
		if strings.Contains(channel, one.part) {
			return Args{"image": one.image, "user": `NT AUTHORITY\SYSTEM`}
		}
	}
	return Args{"image": `C:\Windows\System32\svchost.exe`, "user": `NT AUTHORITY\SYSTEM`}
}

// systemCasts are the events of other channels that something on the stage makes
// by itself: it does, so that the record follows from the act.
var systemCasts = map[string]map[int]cast{
	"system": {104: castClear, 7045: castService},
	"microsoft-windows-taskscheduler/operational": {
		106: castTask("create_task"), 140: castTask("change_task"), 141: castTask("delete_task"), 142: castTask("change_task"),
	},
}

// castClear empties the log that the record names; record 104 has its channel
// among its own data.
func castClear(e Recorded) (Args, string) {
	channel := e.Data["Channel"]
	if channel == "" {
		return castStatement(e)
	}
	return Args{
		"act": "clear_log", "process": Args{"image": `C:\Windows\System32\wevtutil.exe`, "user": e.Data["SubjectDomainName"] + `\` + e.Data["SubjectUserName"]},
		"record": Args{"channel": channel},
	}, ""
}
