package asset

import "github.com/ringer-lab/ringer/emulation/effect"

var _ = register(func() Kind {
	return Kind{
		Name:     "workstation",
		Platform: effect.Windows,
		Summary:  "a network operator's desk: Office, and call records exported for a report",
		Hostname: "OPS02",
		Accounts: map[string]string{
			"admin":   `CARRIER\hdadmin`,
			"user":    `CARRIER\ops02`,
			"service": WindowsSystem,
		},
		Files: windowsFiles(append(exportedRecords(`C:\Exports`),
			markedFile(`C:\Users\ops02\Documents\roster.docx`, "duty roster", 9),
			markedFile(`C:\Users\ops02\Documents\tariff.docx`, "tariffs", 21),
			markedFile(`C:\Users\ops02\Documents\prices.xlsx`, "prices of partners", 14),
			markedFile(`C:\Users\ops02\Documents\contract.pdf`, "a contract", 28),
			File{Path: `C:\Users\ops02\AppData\Roaming\Microsoft\Word\STARTUP`, Folder: true},
			File{Path: `C:\Users\ops02\AppData\Roaming\Microsoft\Windows\Start Menu\Programs\Startup`, Folder: true},
			File{Path: `C:\Users\ops02\AppData\Local\Temp`, Folder: true},
			File{Path: `C:\Users\hdadmin`, Folder: true},
			File{Path: `HKU\` + WindowsSID(`CARRIER\ops02`) + `\SOFTWARE\Microsoft\Windows\CurrentVersion\Run`, Folder: true},
			File{Path: `C:\Program Files\Microsoft Office\Root\Office16\STARTUP`, Folder: true},
		)...),
	}
})
