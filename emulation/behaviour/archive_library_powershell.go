package behaviour

import (
	"slices"
	"strings"

	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
)

var _ = register[archiveLibraryPowerShell](About{
	Name:      "archive_library_powershell",
	Technique: "T1560.002",
	Also:      []string{"T1059.001"},
	Actors:    []string{"emissary_panda"},
	Assets:    []string{"workstation"},
	Platform:  effect.Windows,
	Phase:     "collection",
	Summary:   "a PowerShell script names two ways to pack documents, and its stand-in leaves both archives in ringer's own format; no script runs",
	Footprint: "a script, powershell.exe started with it, its text in the script block log, two archives in name",
	Undo:      "delete the script and the archives",
	Source:    "ATT&CK v18.1 G0027 T1560.002 (archive, encrypt and password-protect before exfiltration; Secureworks 2017). PowerShell is a variant of ours.",
})

type archiveLibraryPowerShell struct {
	Ways   []string `arg:"ways" doc:"the cmdlet, or the class of .NET below it" oneof:"cmdlet,class" default:"cmdlet,class"`
	Script string   `arg:"script" doc:"the script's name" like:"*.ps1" default:"a.ps1"`
}

// Plan packs with both: rules know the cmdlet, and none the class.
func (a archiveLibraryPowerShell) Plan(on asset.Host) effect.StepPlan {
	const folder, documents = `C:\ProgramData\Adobe`, `C:\Users\ops02\Documents`
	const byCmdlet, byClass = `C:\Windows\Temp\d1.zip`, folder + `\d2.zip`
	from := documentsOf(on)
	script := effect.Write{Path: folder + `\` + a.Script, Content: []byte("# " + artifact.Marker + "\n")}
	var plan effect.StepPlan
	var acts []effect.Act
	pack := func(line, into string) {
		script.Content = append(script.Content, line+"\n"...)
		acts = append(acts, effect.Pack{Into: into, From: from})
		plan.Checks = append(plan.Checks, effect.Packs{Pieces: []string{into}, From: from})
	}
	if slices.Contains(a.Ways, "cmdlet") {
		pack(`Compress-Archive -Path `+documents+`\*.docx -DestinationPath `+byCmdlet+` -CompressionLevel Fastest`, byCmdlet)
	}
	if slices.Contains(a.Ways, "class") {
		pack(`Add-Type -A System.IO.Compression.FileSystem; [IO.Compression.ZipFile]::CreateFromDirectory('`+documents+`','`+byClass+`')`, byClass)
	}
	user := on.Account("user")
	shell := func(acts ...effect.Act) effect.Process {
		return asResident(windowsProgram(system32+"cmd.exe", `"C:\Windows\System32\cmd.exe"`, acts...), user)
	}
	plan.Processes = []effect.Process{
		shell(script),
		shell(effect.Run{Process: windowsProgram(system32+`WindowsPowerShell\v1.0\powershell.exe`,
			`powershell.exe -ExecutionPolicy RemoteSigned -File `+script.Path, acts...)}),
	}
	return plan
}

// documentsOf are a desk's documents.
func documentsOf(on asset.Host) []string {
	var all []string
	for _, file := range on.Kind.Files {
		if !file.Folder && strings.HasPrefix(file.Path, `C:\Users\`) && strings.Contains(file.Path, `\Documents\`) {
			all = append(all, file.Path)
		}
	}
	return all
}
