package asset

import (
	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/effect"
)

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
		Files: windowsFiles(
			File{Path: artifact.SysmonConfigFile, Content: artifact.EncodeSysmonConfig("FileExecutableDetected")},
			File{Path: artifact.AuditPolicyFile, Content: artifact.EncodeAuditPolicy(
				artifact.AuditSubcategory{Name: "Process Creation", GUID: "0cce922b-69ae-11d9-bed3-505054503030"},
				artifact.AuditSubcategory{Name: "File System", GUID: "0cce921d-69ae-11d9-bed3-505054503030"},
				artifact.AuditSubcategory{Name: "Registry", GUID: "0cce921e-69ae-11d9-bed3-505054503030"},
			)},
		),
	}
})
