package behaviour

import (
	"strings"
	"time"

	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
)

const (
	frontEnd = asset.ExchangeFolder + `FrontEnd\HttpProxy\`
	siteRoot = `C:\inetpub\wwwroot\`
)

// servedFolderCases are archives and pictures that come into folders of the web
// server, and files there whose times are set.
func servedFolderCases(c *caseBuilder) {
	old := time.Date(2009, 7, 14, 1, 14, 25, 0, time.UTC)
	dated := func(path string, at time.Time) effect.Act {
		c.addPrecondition(path, artifact.Marked("a case: "+artifact.BaseName(path)))
		return effect.SetTimes{Path: path, At: at}
	}

	// Seen: an archive in the front end; a file set back.
	// Not seen: an archive's checksum; a picture that a program of the host makes; a
	// file set back a second time, one whose date is new, and one that is not served.
	const again = siteRoot + "start.htm"
	shell := windowsShell(c.on)
	shell.Acts = append([]effect.Act{dated(again, time.Date(2012, 4, 12, 1, 11, 3, 202e6, time.UTC))}, written(
		frontEnd+`owa\auth\themes.zip`,
		siteRoot+"themes.7z.sha256",
		siteRoot+`images\upload.png`)...)
	shell.Acts = append(shell.Acts,
		dated(again, old),
		dated(siteRoot+"index.htm", time.Date(2024, 6, 5, 10, 20, 30, 195e6, time.UTC)),
		dated(`C:\Exports\cdr_20090714.csv`, old))
	c.Processes = append(c.Processes, shell)
	c.addChecks(shell.Acts[1:]...) // the first time set is gone by then

	// Seen: what a program does that is only named like the installer.
	c.addActs(running(installerLike, c.on.Account("admin")), append(written(siteRoot+"backup.7z"), dated(siteRoot+"about.htm", old))...)

	// Seen: pictures that come over a share. Not seen: a picture's old copy does.
	c.addActs(running("System", asset.WindowsSystem), written(
		siteRoot+`images\a.gif`, siteRoot+`images\b.png`, frontEnd+`owa\auth\c.jpg`, siteRoot+`images\logo.gif.bak`)...)

	// Not seen: installers bring archives, and files with the dates of their build.
	c.addActs(running(installer, asset.WindowsSystem), written(siteRoot+"symbols.cab")...)
	c.addActs(running(asset.ExchangeFolder+`bin\ExSetup.exe`, asset.WindowsSystem), append(
		written(frontEnd+`owa\auth\resources.zip`), dated(frontEnd+`owa\auth\frowny.htm`, old))...)
}

// webWorkerCases are pages that a web worker writes, and libraries that it maps.
func webWorkerCases(c *caseBuilder) {
	const (
		filter = asset.ExchangeFolder + `ClientAccess\Owa\bin\owaauth.dll`
		texts  = asset.ExchangeFolder + `ClientAccess\Owa\bin\en\owaauth.dll.mui`
	)
	// Seen: each kind of page; the filter from a neighbouring folder.
	// Not seen: a page that nobody is served, as its name goes on; the texts of the
	// filter's messages.
	c.addActs(outlookWorker(c.on), append(written(
		frontEnd+`owa\auth\lang.ashx`, frontEnd+`ecp\lang.asmx`, frontEnd+`owa\auth\lang.asp`, frontEnd+`owa\auth\lang.aspx.bak`,
		siteRoot+"lang.ashx", siteRoot+"lang.asmx", siteRoot+"lang.asp", siteRoot+"lang.php", siteRoot+"lang.aspx.bak"),
		c.addLibrary(filter, artifact.Signature{}), c.addLibrary(texts, artifact.Signature{}))...)

	// Not seen: a tool does the same, out of a folder that is named after the worker
	// whose dumps lie there.
	c.addActs(running(`C:\Dumps\w3wp.exe\restore.exe`, c.on.Account("admin")), append(
		written(frontEnd+`owa\auth\restored.aspx`, siteRoot+"restored.aspx"), c.addLibrary(filter, artifact.Signature{}))...)
}

// oddFolderCases are archives and records in folders that are for neither.
func oddFolderCases(c *caseBuilder) {
	const public, temporary, performance, data = `C:\Users\Public\`, `C:\Windows\Temp\`, `C:\PerfLogs\`, `C:\ProgramData\Monitor\`
	// Seen: an archive and records in the public profile, by a program that is only
	// named like the installer. Not seen: a checksum, packed records, and records
	// where they belong.
	c.addActs(running(installerLike, c.on.Account("admin")), written(
		public+"march.7z", public+"march.cdr",
		temporary+"update.zip.sha256", performance+"march.csv.gz", `C:\Exports\march.csv`)...)
	// Not seen: an installer unpacks.
	c.addActs(running(installer, asset.WindowsSystem), written(temporary+"package.zip")...)
	// Seen: a program of ProgramData leaves records elsewhere. Not seen: it keeps its
	// own, as do installed programs.
	c.addActs(running(data+"agent.exe", asset.WindowsSystem), written(performance+"march.asn1", data+"disks.csv")...)
	c.addActs(running(`C:\Program Files\Inventory\inventory.exe`, asset.WindowsSystem), written(`C:\ProgramData\Inventory\programs.csv`)...)
	c.addActs(running(`C:\Program Files (x86)\Backup\backup.exe`, asset.WindowsSystem), written(`C:\ProgramData\Backup\tapes.csv`)...)
}

// deletionCases are logs and histories deleted, and their copies.
func deletionCases(c *caseBuilder) {
	const (
		cmdlets = asset.ExchangeFolder + `Logging\CmdletInfra\LocalPowerShell\Cmdlet\MAIL01_4412_Cmdlet_20210304-1.LOG`
		history = `C:\Users\ops02\AppData\Roaming\Microsoft\Windows\PowerShell\PSReadLine\ConsoleHost_history.txt`
	)
	c.addDeletions(windowsShell(c.on),
		// Seen: the very files.
		cmdlets, artifact.EventLogFolder+"Archive-Security-2021-03-01-00-00-00-000.evtx", history,
		// Not seen: copies of them, a log that was packed, and one that was exported.
		cmdlets+".zip", artifact.EventLogFolder+"Archive-Security-2021-02-01-00-00-00-000.evtx.zip", history+".bak", `C:\Logs\security.evtx`)
}

// webSettingCases are filters of the web server, and its logging.
func webSettingCases(c *caseBuilder) {
	const appcmd = system32 + `inetsrv\appcmd.exe`
	// Seen: a filter from a vendor's folder; requests logged no more, by the server
	// and by a site. Not seen: that the filter is on; filters of the framework and of
	// the web server.
	off := strings.NewReplacer("@dontLog=false", "@dontLog=true", "logFile/@enabled=true", "logFile/@enabled=false")
	settings := string(c.on.Content(artifact.WebSettingsFile))
	for _, setting := range []struct{ filter, attribute, value string }{
		{"Balancer", "path", `C:\Program Files\Balancer\address.dll`},
		{"Balancer", "enabled", "true"},
		{"ASP.Net_4.0_64bit", "path", `C:\Windows\Microsoft.NET\Framework64\v4.0.30319\aspnet_filter.dll`},
		{"Compression", "path", `C:\Windows\System32\inetsrv\compfilt.dll`},
	} {
		settings += string(artifact.WebSetting{Name: artifact.FilterSetting(setting.filter, setting.attribute), Value: setting.value}.Encode())
	}
	quiet := running(appcmd, c.on.Account("admin"))
	quiet.Acts = []effect.Act{effect.Write{Path: artifact.WebSettingsFile, Content: []byte(off.Replace(settings))}}
	c.Processes = append(c.Processes, quiet) // what it wrote is gone by the end
	// Not seen: requests are logged again.
	c.addActs(running(appcmd, c.on.Account("admin")), effect.Write{Path: artifact.WebSettingsFile, Content: []byte(settings)})
}
