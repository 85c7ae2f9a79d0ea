package artifact

import (
	"path"
	"strings"
	"sync"
)

const (
	microsoft = "Microsoft Corporation"
	windowsOS = "Microsoft® Windows® Operating System"
)

// resources are the version resources of programs that stand-ins replace, by
// base name in lower case, as SigmaHQ's recordings and the vendors' files have
// them.
var resources = sync.OnceValue(func() map[string]Resource {
	return map[string]Resource{
		"cmd.exe":        {"Cmd.Exe", "Windows Command Processor", windowsOS, microsoft, "10.0.17763.1697 (WinBuild.160101.0800)"},
		"schtasks.exe":   {"schtasks.exe", "Task Scheduler Configuration Tool", windowsOS, microsoft, "10.0.17763.1 (WinBuild.160101.0800)"},
		"sc.exe":         {"sc.exe", "Service Control Manager Configuration Tool", windowsOS, microsoft, "10.0.17763.1 (WinBuild.160101.0800)"},
		"reg.exe":        {"reg.exe", "Registry Console Tool", windowsOS, microsoft, "10.0.17763.1 (WinBuild.160101.0800)"},
		"net.exe":        {"net.exe", "Net Command", windowsOS, microsoft, "10.0.17763.1 (WinBuild.160101.0800)"},
		"net1.exe":       {"net1.exe", "Net Command", windowsOS, microsoft, "10.0.17763.1 (WinBuild.160101.0800)"},
		"wevtutil.exe":   {"wevtutil.exe", "Eventing Command Line Utility", windowsOS, microsoft, "10.0.17763.1 (WinBuild.160101.0800)"},
		"fsutil.exe":     {"fsutil.exe", "fsutil.exe", windowsOS, microsoft, "10.0.17763.1 (WinBuild.160101.0800)"},
		"xcopy.exe":      {"XCOPY.EXE", "Extended Copy Utility", windowsOS, microsoft, "10.0.17763.1 (WinBuild.160101.0800)"},
		"powershell.exe": {"PowerShell.EXE", "Windows PowerShell", windowsOS, microsoft, "10.0.17763.1 (WinBuild.160101.0800)"},
		"svchost.exe":    {"svchost.exe", "Host Process for Windows Services", windowsOS, microsoft, "10.0.17763.1 (WinBuild.160101.0800)"},
		"services.exe":   {"services.exe", "Services and Controller app", windowsOS, microsoft, "10.0.17763.1 (WinBuild.160101.0800)"},
		"w3wp.exe":       {"w3wp.exe", "IIS Worker Process", "Internet Information Services", microsoft, "10.0.17763.1 (WinBuild.160101.0800)"},
		"whoami.exe":     {"whoami.exe", "whoami - displays logged on user information", windowsOS, microsoft, "10.0.17763.1 (WinBuild.160101.0800)"},
		"explorer.exe":   {"EXPLORER.EXE", "Windows Explorer", windowsOS, microsoft, "10.0.17763.1697 (WinBuild.160101.0800)"},
		"lsass.exe":      {"lsass.exe", "Local Security Authority Process", windowsOS, microsoft, "10.0.17763.1 (WinBuild.160101.0800)"},
		"msiexec.exe":    {"msiexec.exe", "Windows® installer", "Windows Installer - Unicode", microsoft, "5.0.17763.1 (WinBuild.160101.0800)"},
		"robocopy.exe":   {"robocopy.exe", "Microsoft Robocopy", windowsOS, microsoft, "10.0.17763.1 (WinBuild.160101.0800)"},
		"makecab.exe":    {"makecab.exe", "Microsoft® Cabinet Maker", windowsOS, microsoft, "10.0.17763.1 (WinBuild.160101.0800)"},
		"appcmd.exe":     {"appcmd.exe", "Application Server Command Line Admin Tool", "Internet Information Services", microsoft, "10.0.17763.1 (WinBuild.160101.0800)"},
		"winword.exe":    {"WinWord.exe", "Microsoft Word", "Microsoft Office", microsoft, "16.0.12527.20880"},
		"eqnedt32.exe":   {"EQNEDT32.EXE", "Microsoft Equation Editor", "Microsoft Equation Editor", "Design Science, Inc.", "00110900"},
		"rar.exe":        {"Command line RAR", "Command line RAR", "WinRAR", "Alexander Roshal", "6.0.0"},
		"at.exe":         {"AT.EXE", "Schedule service command line interface", windowsOS, microsoft, "6.1.7600.16385 (win7_rtm.090713-1255)"},
		"csvde.exe":      {"csvde.exe", "Comma Separated Value Data Exchange", windowsOS, microsoft, "10.0.17763.1 (WinBuild.160101.0800)"},
		"dsquery.exe":    {"dsquery.exe", "Microsoft AD DS/LDS query command line utility", windowsOS, microsoft, "10.0.17763.1 (WinBuild.160101.0800)"},
		"ipconfig.exe":   {"ipconfig.exe", "IP Configuration Utility", windowsOS, microsoft, "10.0.17763.1 (WinBuild.160101.0800)"},
		"nbtstat.exe":    {"nbtinfo.exe", "TCP/IP NetBios Information", windowsOS, microsoft, "10.0.17763.1 (WinBuild.160101.0800)"},
		"netsh.exe":      {"netsh.exe", "Network Command Shell", windowsOS, microsoft, "10.0.17763.1 (WinBuild.160101.0800)"},
		"netstat.exe":    {"netstat.exe", "TCP/IP Netstat Command", windowsOS, microsoft, "10.0.17763.1 (WinBuild.160101.0800)"},
		"nltest.exe":     {"nltestrk.exe", "Microsoft® Logon Server Test Utility", windowsOS, microsoft, "10.0.17763.1 (WinBuild.160101.0800)"},
		"ping.exe":       {"ping.exe", "TCP/IP Ping Command", windowsOS, microsoft, "10.0.17763.1 (WinBuild.160101.0800)"},
		"query.exe":      {"query.exe", "MultiUser Query Utility", windowsOS, microsoft, "10.0.17763.1 (WinBuild.160101.0800)"},
		"quser.exe":      {"quser.exe", "Query User Utility", windowsOS, microsoft, "10.0.17763.1 (WinBuild.160101.0800)"},
		"wmic.exe":       {"wmic.exe", "WMI Commandline Utility", windowsOS, microsoft, "10.0.17763.1 (WinBuild.160101.0800)"},
		"7za.exe":        {"7za.exe", "7-Zip Standalone Console", "7-Zip", "Igor Pavlov", "19.00"},
	}
})

// ResourceOf returns the version resource of the program that lies at that path on
// a real host, whatever its folder; it is empty for a program that is not known.
func ResourceOf(image string) Resource {
	return resources()[strings.ToLower(path.Base(strings.ReplaceAll(image, `\`, "/")))]
}
