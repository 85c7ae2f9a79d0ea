package effect

import (
	"bytes"
	"fmt"
	"path"
	"strings"
)

// Interpreter is where the container's image has ringer's own binary. A
// stand-in is a small text file whose first line names it, so the kernel runs
// the one binary under the file's own path, and the file is inert everywhere
// else: it holds a comment.
const Interpreter = "/ringer"

// StandIn is the word by which the binary knows that it is to be a stand-in.
const StandIn = "standin"

// Resource is a program's version resource, as a Windows image has it; a field
// that is not there is empty.
type Resource struct {
	OriginalFileName, Description, Product, Company, FileVersion string
}

// Program is the content of a file that stands for a program.
func Program(r Resource) []byte {
	return commentLines(fmt.Sprintf("#!%s %s\n# %s\n", Interpreter, StandIn, Marker), r.entries())
}

// Signature is what is said of who signed a library. Nobody has: where it is
// not empty it is a statement.
type Signature struct{ By, Status string }

// Library is the content of a file that stands for a library or driver: text
// that says so, without an interpreter.
func Library(r Resource, s Signature) []byte {
	return commentLines("# "+Marker+"\n", append(r.entries(), [2]string{"Signature", s.By}, [2]string{"SignatureStatus", s.Status}))
}

func commentLines(head string, texts [][2]string) []byte {
	var out bytes.Buffer
	out.WriteString(head)
	for _, pair := range texts {
		if pair[1] != "" {
			fmt.Fprintf(&out, "# %s: %s\n", pair[0], pair[1])
		}
	}
	return out.Bytes()
}

// entries are the names and values of the resource.
func (r Resource) entries() [][2]string {
	return [][2]string{
		{"OriginalFileName", r.OriginalFileName}, {"Description", r.Description}, {"Product", r.Product},
		{"Company", r.Company}, {"FileVersion", r.FileVersion},
	}
}

// ReadResource reads what Program or Library wrote; ok is false for other content.
func ReadResource(content []byte) (r Resource, ok bool) {
	said, ok := readEntries(content)
	return Resource{said["OriginalFileName"], said["Description"], said["Product"], said["Company"], said["FileVersion"]}, ok
}

// ReadSignature reads what Library was given.
func ReadSignature(content []byte) Signature {
	said, _ := readEntries(content)
	return Signature{By: said["Signature"], Status: said["SignatureStatus"]}
}

// readEntries reads the lines of a stand-in or a marker library.
func readEntries(content []byte) (said map[string]string, ok bool) {
	said = map[string]string{}
	lines := strings.Split(string(content), "\n")
	if lines[0] != "#!"+Interpreter+" "+StandIn && lines[0] != "# "+Marker {
		return said, false
	}
	for _, line := range lines[1:] {
		if name, value, ok := strings.Cut(strings.TrimPrefix(line, "# "), ": "); ok {
			said[name] = value
		}
	}
	return said, true
}

const (
	microsoft = "Microsoft Corporation"
	windowsOS = "Microsoft® Windows® Operating System"
)

// resources are the version resources of programs that stand-ins replace, by
// base name in lower case, as SigmaHQ's recordings and the vendors' files have
// them.
var resources = map[string]Resource{
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

// ResourceOf gives the version resource of the program that stands at that
// platform path on a real host; a program nobody knows has none.
func ResourceOf(image string) Resource {
	return resources[strings.ToLower(path.Base(strings.ReplaceAll(image, `\`, "/")))]
}
