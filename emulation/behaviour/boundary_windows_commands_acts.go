package behaviour

import "github.com/ringer-lab/ringer/emulation/effect"

func shareCases(c *commandCases) {
	c.addPrompted(
		// Seen: both programs by name and by version resource.
		byName(system32+"net.exe", `net use \\FILE01\plans /delete`),
		byName(system32+"net1.exe", `net1 use \\FILE01\plans /delete`),
		renamed(broughtTools+"n.exe", `n use \\FILE01\plans /delete`, "net.exe"),
		renamed(broughtTools+"n1.exe", `n1 use \\FILE01\plans /delete`, "net1.exe"),
		// Not seen: the wrapper.
		wrapper("net.exe", `net.exe use \\FILE01\plans /delete`),
	)
}

func jobCases(c *commandCases) {
	const schtasks = system32 + "schtasks.exe"
	c.addPrompted(
		// at.exe, seen: by name and by version resource. Not seen: the wrapper.
		byName(system32+"at.exe", `at 02:30 D:\Jobs\night.cmd`),
		renamed(broughtTools+"job.exe", `job 03:15 D:\Jobs\night.cmd`, "AT.EXE"),
		wrapper("at.exe", `at.exe 02:30 D:\Jobs\night.cmd`),

		// schtasks.exe, seen: by name and by version resource, in the public profile
		// and PerfLogs, and by a word that a pair of quotes breaks.
		byName(schtasks, `schtasks /create /tn Night /tr C:\Users\Public\night.exe /sc daily /ru SYSTEM`),
		renamed(broughtTools+"st.exe", `st /create /tn Counters /tr C:\PerfLogs\counters.exe /sc daily /ru SYSTEM`, "schtasks.exe"),
		byName(schtasks, `schtasks /cre""ate /tn Night /tr C:\ProgramData\Night\night.exe /sc daily`),
		// Not seen: a task that is there already, a program of an installed product,
		// and the wrapper.
		byName(schtasks, `schtasks /change /tn Night /tr C:\ProgramData\Night\night.exe /ru SYSTEM`),
		byName(schtasks, `schtasks /create /tn Night /tr "C:\Program Files\Night\night.exe" /sc daily /ru SYSTEM`),
		wrapper("schtasks.exe", `schtasks.exe /create /tn Night /tr C:\ProgramData\Night\night.exe /sc daily /ru SYSTEM`),
	)
}

func webShellCases(c *commandCases) {
	const line = `c:\windows\system32\inetsrv\w3wp.exe -ap "DefaultAppPool"`
	site := c.on.Account("service")
	c.addFrom(asResident(windowsProgram(system32+`inetsrv\w3wp.exe`, line), site),
		// Seen: each shell by name and by version resource.
		byName(`C:\Windows\SysWOW64\cmd.exe`, `cmd.exe /c ver`),
		byName(`C:\Windows\SysWOW64\WindowsPowerShell\v1.0\powershell.exe`, `powershell.exe -Command Get-Date`),
		unversioned(`C:\Program Files\PowerShell\7\pwsh.exe`, `pwsh.exe -Command Get-Date`),
		renamed(`C:\Windows\Temp\c.exe`, `c.exe /c ver`, "Cmd.Exe"),
		renamed(`C:\Windows\Temp\p.exe`, `p.exe -Command Get-Date`, "PowerShell.EXE"),
		renamed(`C:\Windows\Temp\ps.exe`, `ps.exe -Command Get-Date`, "pwsh.dll"),
		// Not seen: the wrapper.
		wrapper("cmd.exe", `cmd.exe /c ver`),
	)
	// Not seen: below the wrapper of a worker.
	c.addFrom(asResident(wrapper("w3wp.exe", line), site), byName(`C:\Windows\SysWOW64\cmd.exe`, `cmd.exe /c ver`))
}

// typingCases are of a rule without alerts of its own: it counts for one that asks for
// three hosts of one account. One account is typed as on all three; another on
// two, and on the third in what is no typing.
func typingCases(c *commandCases) {
	const seen, unseen = `CARRIER\svc_mediation`, `CARRIER\svc_radius`
	hostname := windowsProgram(system32+"HOSTNAME.EXE", "hostname")
	prompt := func(user string) effect.Process { return asResident(windowsShell(c.on), user) }
	switch c.on.Kind.Name {
	case "workstation":
		c.addFrom(prompt(seen), hostname)
		c.addFrom(prompt(unseen), hostname)
	case "iis":
		c.addFrom(asResident(windowsProgram(system32+`WindowsPowerShell\v1.0\powershell.exe`, "powershell"), seen), hostname)
		c.addFrom(prompt(unseen), hostname)
	default:
		// Seen: the wrapper of a copier is no backup.
		c.addFrom(prompt(seen), wrapper("robocopy.exe", `robocopy.exe D:\Plans E:\Plans /mir`))
		// Not seen: a question to the backup, a start from the desktop, and one by
		// the wrapper of a prompt.
		c.addFrom(prompt(unseen), windowsProgram(system32+"wbadmin.exe", "wbadmin get versions"))
		c.addFrom(asResident(windowsProgram(desktop, `C:\Windows\Explorer.EXE`), unseen), hostname)
		c.addFrom(asResident(wrapper("cmd.exe", `cmd.exe`), unseen), hostname)
	}
}
