package importer

import (
	"strconv"
	"strings"
)

const system32 = `C:\Windows\System32\`

// systemPrograms are the programs of Windows whose start alone is what a source's
// command does there, as far as rules see it. A stand-in of that name starts, with the
// command line, and does nothing.
var systemPrograms = map[string]string{
	"arp": "arp.exe", "attrib": "attrib.exe", "auditpol": "auditpol.exe", "bcdedit": "bcdedit.exe", "bitsadmin": "bitsadmin.exe", "certutil": "certutil.exe",
	"cipher": "cipher.exe", "cmstp": "cmstp.exe", "csvde": "csvde.exe", "driverquery": "driverquery.exe", "dsquery": "dsquery.exe", "esentutl": "esentutl.exe",
	"findstr": "findstr.exe", "fltmc": "fltMC.exe", "fsutil": "fsutil.exe", "gpresult": "gpresult.exe", "hostname": "HOSTNAME.EXE", "icacls": "icacls.exe",
	"ipconfig": "ipconfig.exe", "klist": "klist.exe", "mshta": "mshta.exe", "msiexec": "msiexec.exe", "nbtstat": "nbtstat.exe", "net": "net.exe", "net1": "net1.exe",
	"netsh": "netsh.exe", "netstat": "NETSTAT.EXE", "nltest": "nltest.exe", "nslookup": "nslookup.exe", "odbcconf": "odbcconf.exe", "pcalua": "pcalua.exe",
	"ping": "PING.EXE", "pnputil": "pnputil.exe", "powercfg": "powercfg.exe", "qprocess": "qprocess.exe", "query": "query.exe", "quser": "quser.exe",
	"qwinsta": "qwinsta.exe", "reg": "reg.exe", "regsvr32": "regsvr32.exe", "robocopy": "Robocopy.exe", "route": "ROUTE.EXE", "rundll32": "rundll32.exe",
	"sc": "sc.exe", "schtasks": "schtasks.exe", "systeminfo": "systeminfo.exe", "takeown": "takeown.exe", "tasklist": "tasklist.exe", "tracert": "TRACERT.EXE",
	"vssadmin": "vssadmin.exe", "w32tm": "w32tm.exe", "wbadmin": "wbadmin.exe", "wevtutil": "wevtutil.exe", "where": "where.exe", "whoami": "whoami.exe",
	"wmic": `wbem\WMIC.exe`, "xcopy": "xcopy.exe",
}

// mostReenacted is how many lines of a command are re-enacted.
const mostReenacted = 20

// reenacted gives the steps of the behaviour reenact for a command of Windows, if each of
// its lines is the start of one of the system's own programs, or sets a value of the
// registry by reg.exe. A line with a variable, a pipe or a redirection is left to a
// person: what it comes to is the shell's to say.
func reenacted(text string) []map[string]any {
	return linesReenacted(text, func(line string) []map[string]any {
		if one := reenactedLine(line); one != nil {
			return []map[string]any{one}
		}
		return nil
	})
}

// linesReenacted gives the steps for all lines of a command but comments; none if there
// are none for one of them.
func linesReenacted(text string, of func(line string) []map[string]any) []map[string]any {
	var all []map[string]any
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") || strings.HasPrefix(strings.ToLower(line), "rem ") {
			continue
		}
		steps := of(line)
		if steps == nil || len(all)+len(steps) > mostReenacted {
			return nil
		}
		all = append(all, steps...)
	}
	return all
}

func reenactedLine(line string) map[string]any {
	if strings.Contains(line, unfilled) || strings.ContainsAny(line, "|&<>;$%`()^") || strings.ContainsFunc(line, func(r rune) bool { return r < ' ' || r > '~' }) {
		return nil
	}
	first, _, _ := strings.Cut(line, " ")
	program, known := systemPrograms[strings.TrimSuffix(strings.ToLower(first), ".exe")]
	if !known {
		return nil
	}
	out := map[string]any{"act": "start", "process": map[string]any{"image": system32 + program, "command": line}}
	if program == "reg.exe" && pattern(`^reg(?:\.exe)?\s+add\s`).MatchString(line) {
		return withValue(out, line)
	}
	return out
}

// withValue makes the process set the value that a command line of reg.exe says. It gives
// nil for a line that it cannot read.
func withValue(out map[string]any, line string) map[string]any {
	key := group(`\badd\s+`+word, line)
	hive, below, _ := strings.Cut(key, `\`)
	for _, long := range [][2]string{{"HKEY_LOCAL_MACHINE", "HKLM"}, {"HKEY_USERS", "HKU"}, {"HKEY_CLASSES_ROOT", `HKLM\SOFTWARE\Classes`}, {"HKCR", `HKLM\SOFTWARE\Classes`}} {
		if strings.EqualFold(hive, long[0]) {
			key = long[1] + `\` + below
		}
	}
	if !strings.HasPrefix(strings.ToUpper(key), `HKLM\`) && !strings.HasPrefix(strings.ToUpper(key), `HKU\`) {
		return nil // the hive of a user has another name, which the line does not say
	}
	name := group(`/v\s+`+word, line)
	kind := strings.ToUpper(group(`/t\s+`+word, line))
	if kind == "" {
		kind = "REG_SZ"
	}
	if name == "" && !pattern(`\s/ve\b`).MatchString(line) {
		out["act"] = "create_key"
		out["key"] = key
		return out
	}
	if name == "" {
		name = "(Default)"
	}
	data := group(`/d\s+`+word, line)
	if kind == "REG_DWORD" || kind == "REG_QWORD" {
		number, err := strconv.ParseUint(data, 0, 64) // 0x1 and 1 are the same to reg.exe
		if err != nil {
			return nil
		}
		data = strconv.FormatUint(number, 10)
	}
	out["act"], out["key"] = "set_value", strings.TrimSuffix(key, `\`)+`\`+name
	out["value"] = map[string]any{"type": kind, "data": data}
	return out
}
