package behaviour

import (
	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
)

// runAs is a program started under another account than its parent's.
func runAs(user string, program effect.Process) effect.Process {
	program.User = user
	return program
}

func loggedOnCases(c *commandCases) {
	c.addPrompted(
		// Seen: both programs by name and by version resource, in the name of the
		// system, of the network's service, of a site, and of the system of a German
		// Windows.
		runAs(asset.WindowsSystem, byName(system32+"query.exe", `query user`)),
		runAs(`IIS APPPOOL\DefaultAppPool`, byName(system32+"quser.exe", `quser`)),
		runAs(`NT AUTHORITY\NETWORK SERVICE`, renamed(broughtTools+"q.exe", `q user`, "query.exe")),
		runAs(`NT-AUTORITÄT\SYSTEM`, renamed(broughtTools+"qu.exe", `qu`, "quser.exe")),
		// Not seen: the wrapper.
		runAs(asset.WindowsSystem, wrapper("query.exe", `query.exe user`)),
	)
}

// networkCases are of a rule without alerts of its own: it counts for one that asks for
// three such programs below one parent. So three stand below each parent that is
// to be seen, and two below the one that is not to be.
func networkCases(c *commandCases) {
	const agent = `C:\Program Files\Inventory\inventory.exe`
	// Seen: the programs by name, below an agent too where it is started by the
	// extended form of its path.
	c.addFrom(asResident(windowsProgram(extended+agent, `"`+extended+agent+`"`), asset.WindowsSystem),
		byName(system32+"ipconfig.exe", "ipconfig /all"),
		byName(system32+"nbtstat.exe", "nbtstat -n"),
		byName(system32+"NETSTAT.EXE", "netstat -ano"),
	)
	c.addPrompted(
		byName(system32+"quser.exe", "quser"),
		byName(system32+"netsh.exe", "netsh interface show interface"),
		byName(system32+"net.exe", "net use"),
	)
	// Seen: the same by version resource.
	c.addPrompted(
		renamed(broughtTools+"ip.exe", "ip /all", "ipconfig.exe"),
		renamed(broughtTools+"nb.exe", "nb -n", "nbtinfo.exe"),
		renamed(broughtTools+"ns.exe", "ns -ano", "netstat.exe"),
	)
	c.addPrompted(
		renamed(broughtTools+"qu.exe", "qu", "quser.exe"),
		renamed(broughtTools+"sh.exe", "sh interface show interface", "netsh.exe"),
		renamed(broughtTools+"n.exe", "n use", "net.exe"),
	)
	// Not seen: two such, beside changes of an interface and of a drive and the
	// wrappers.
	c.addPrompted(
		byName(system32+"ipconfig.exe", "ipconfig /all"),
		byName(system32+"NETSTAT.EXE", "netstat -ano"),
		byName(system32+"netsh.exe", "netsh interface set interface Ethernet0 enabled"),
		byName(system32+"net.exe", `net use Z: \\FILE01\home`),
		wrapper("ipconfig.exe", "ipconfig.exe /all"),
		wrapper("netsh.exe", "netsh.exe interface show interface"),
		wrapper("net.exe", "net.exe use"),
	)
	// Not seen: three below the agent as it is usually started.
	c.addFrom(asResident(windowsProgram(agent, `"`+agent+`"`), asset.WindowsSystem),
		byName(system32+"ipconfig.exe", "ipconfig /all"),
		byName(system32+"nbtstat.exe", "nbtstat -n"),
		byName(system32+"NETSTAT.EXE", "netstat -ano"),
	)
}

func directoryCases(c *commandCases) {
	const dsquery, csvde = system32 + "dsquery.exe", system32 + "csvde.exe"
	c.addPrompted(
		// Seen: both tools by name and by version resource, with the switches in
		// capitals too.
		byName(dsquery, `dsquery user -limit 0`),
		renamed(broughtTools+"dq.exe", `DQ COMPUTER -LIMIT 0`, "dsquery.exe"),
		byName(csvde, `csvde -f users.csv -r (objectClass=user)`),
		renamed(broughtTools+"cs.exe", `cs -f computers.csv -r (objectClass=computer)`, "csvde.exe"),
		// Not seen: an import, a filter without a file, which the tool answers with
		// its usage, and the wrappers.
		byName(csvde, `csvde -i -f new.csv`),
		byName(csvde, `csvde -s DC01 -r (objectClass=user)`),
		wrapper("dsquery.exe", `dsquery.exe user -limit 0`),
		wrapper("csvde.exe", `csvde.exe -f users.csv -r (objectClass=user)`),
	)
}

func serverCases(c *commandCases) {
	const reg, servers = system32 + "reg.exe", `"HKCU\Software\Microsoft\Terminal Server Client\Servers`
	c.addPrompted(
		// Seen: by name and by version resource.
		byName(reg, `reg query `+servers+`" /s`),
		renamed(broughtTools+"r.exe", `r query `+servers+`" /s`, "reg.exe"),
		// Not seen: a server entered, taken out and brought along, and the wrapper.
		byName(reg, `reg add `+servers+`\DC01" /v UsernameHint /d CARRIER\ops02 /f`),
		byName(reg, `reg delete `+servers+`\OLD01" /f`),
		byName(reg, `reg import "D:\Profiles\Terminal Server Client\ops02.reg"`),
		wrapper("reg.exe", `reg.exe query `+servers+`" /s`),
	)
}

func productCases(c *commandCases) {
	const wmic, asked = system32 + `wbem\WMIC.exe`, `wmic /namespace:\\root\SecurityCenter2 path `
	const agent = `C:\Program Files (x86)\Inventory\inventory.exe`
	const powershell = system32 + `WindowsPowerShell\v1.0\powershell.exe`
	ours := windowsProgram(`C:\Program Files\Remote Work\routes.exe`, `routes.exe 10.20.0.0/24`)
	ours.Resource = &artifact.Resource{OriginalFileName: "routes.exe", Company: "Carrier, for SoftEther VPN"}
	// Products, seen: firewalls, by an agent that is started by the extended form
	// of its path. Not seen: by the agent as it is usually started.
	c.addFrom(asResident(windowsProgram(extended+agent, `"`+extended+agent+`"`), asset.WindowsSystem), windowsProgram(wmic, asked+`FirewallProduct get displayName`))
	c.addFrom(asResident(windowsProgram(agent, `"`+agent+`"`), asset.WindowsSystem), windowsProgram(wmic, asked+`FirewallProduct get displayName`))
	c.addPrompted(
		// Seen: antispyware.
		windowsProgram(powershell, `powershell -Command "Get-CimInstance -Namespace root/SecurityCenter2 -ClassName AntiSpywareProduct"`),
		// Not seen: which classes there are, and one looked for in a list.
		windowsProgram(powershell, `powershell -Command "Get-CimClass -Namespace root/SecurityCenter2"`),
		windowsProgram(system32+"findstr.exe", `findstr AntiVirusProduct C:\Logs\inventory.txt`),

		// A range, seen: a scanner by the extended form of its path. Not seen: tools
		// of Windows and installed ones; one is for the customers of a vendor of VPN
		// programs, and not by that vendor.
		windowsProgram(extended+`C:\Program Files (x86)\Scanner\scanner.exe`, `scanner 10.20.0.1-254`),
		windowsProgram(`C:\Windows\SysWOW64\ROUTE.EXE`, `route -p add 10.30.0.0/16 10.20.0.1`),
		windowsProgram(`C:\Program Files (x86)\Nmap\nmap.exe`, `nmap -sn 10.20.0.0/24`),
		ours,
	)
}
