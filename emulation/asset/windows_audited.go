package asset

import "github.com/ringer-lab/ringer/emulation/effect"

// WindowsAuditPolicy is where a Windows host keeps its advanced audit policy. A
// host without one audits what Windows does out of the box.
const WindowsAuditPolicy = `C:\Windows\System32\GroupPolicy\Machine\Microsoft\Windows NT\Audit\audit.csv`

// WindowsSysmonConfig is where a host keeps what it told Sysmon to report besides
// the usual.
const WindowsSysmonConfig = `C:\ProgramData\Sysmon\config.xml`

var _ = register(func() Kind {
	return Kind{
		Name:     "audited_host",
		Platform: effect.Windows,
		Summary:  "a Windows host for recordings, which also reports process creation, files, registry and new programs",
		Hostname: "REC01",
		Accounts: map[string]string{
			"admin":   `CARRIER\recadmin`,
			"user":    `CARRIER\rec01`,
			"service": WindowsSystem,
		},
		Files: windowsFiles(File{Path: WindowsSysmonConfig, Content: textLines(
			"<!-- "+effect.Marker+" -->",
			`<Sysmon schemaversion="4.90"><EventFiltering><FileExecutableDetected onmatch="exclude"/></EventFiltering></Sysmon>`,
		)}, File{Path: WindowsAuditPolicy, Content: textLines(
			"# "+effect.Marker,
			"Machine Name,Policy Target,Subcategory,Subcategory GUID,Inclusion Setting,Exclusion Setting,Setting Value",
			",System,Process Creation,{0cce922b-69ae-11d9-bed3-505054503030},Success,,1",
			",System,File System,{0cce921d-69ae-11d9-bed3-505054503030},Success,,1",
			",System,Registry,{0cce921e-69ae-11d9-bed3-505054503030},Success,,1",
		)}),
	}
})
