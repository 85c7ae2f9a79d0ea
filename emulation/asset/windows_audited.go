package asset

import "github.com/ringer-lab/ringer/emulation/effect"

// WindowsAuditPolicy is where a Windows host keeps its advanced audit policy. A
// host without one audits what Windows does out of the box.
const WindowsAuditPolicy = `C:\Windows\System32\GroupPolicy\Machine\Microsoft\Windows NT\Audit\audit.csv`

var _ = register(Kind{
	Name:     "audited_host",
	Persona:  effect.Windows,
	Summary:  "a Windows host on which recordings are made: process creation, files and registry are audited besides",
	Hostname: "REC01",
	Accounts: map[string]string{
		"admin":   `CARRIER\recadmin`,
		"user":    `CARRIER\rec01`,
		"service": WindowsSystem,
	},
	Files: windowsFiles(File{Path: WindowsAuditPolicy, Content: lines(
		"# "+effect.Marker,
		"Machine Name,Policy Target,Subcategory,Subcategory GUID,Inclusion Setting,Exclusion Setting,Setting Value",
		",System,Process Creation,{0cce922b-69ae-11d9-bed3-505054503030},Success,,1",
		",System,File System,{0cce921d-69ae-11d9-bed3-505054503030},Success,,1",
		",System,Registry,{0cce921e-69ae-11d9-bed3-505054503030},Success,,1",
	)}),
})
