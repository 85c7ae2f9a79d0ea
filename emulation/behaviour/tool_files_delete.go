package behaviour

import (
	"slices"

	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
)

var _ = register[toolFilesDelete](About{
	Name:      "tool_files_delete",
	Technique: "T1070.004",
	Also:      []string{"T1070.003"},
	Actors:    []string{"emissary_panda"},
	Assets:    []string{"exchange"},
	Platform:  effect.Windows,
	Phase:     "erasure",
	Summary:   "delete what tells of earlier steps: the packer, web and cmdlet logs, a prefetch entry, PowerShell's history",
	Footprint: "cmd.exe and PowerShell started with what they delete on the command line; the files are gone",
	Undo:      "put the files back",
	Source:    "ATT&CK v18.1 G0027 T1070.004 (logs and already taken archives deleted); Cybereason, DeadRinger, 2021. Prefetch and shell history (T1070.003) are variants of ours.",
})

type toolFilesDelete struct {
	What []string `arg:"what" doc:"what is deleted; packer needs archive_rar_split before it" oneof:"packer,web_logs,cmdlet_logs,prefetch,history" default:"web_logs,cmdlet_logs,prefetch,history"`
}

// deletion is one command and the files that it deletes.
type deletion struct {
	what, image, line string
	files             []string
}

var deletions = []deletion{
	{"packer", "cmd.exe", `cmd.exe /c "ping 127.0.0.1 -n 3 > nul & del /f /q C:\PerfLogs\rar.exe"`, []string{`C:\PerfLogs\rar.exe`}},
	{"web_logs", "cmd.exe", `cmd.exe /c del /q C:\inetpub\logs\LogFiles\W3SVC1\u_ex2103*.log`, []string{
		`C:\inetpub\logs\LogFiles\W3SVC1\u_ex210301.log`, `C:\inetpub\logs\LogFiles\W3SVC1\u_ex210302.log`,
	}},
	{"cmdlet_logs", "cmd.exe", `cmd.exe /c del /q "` + asset.ExchangeFolder + `Logging\CmdletInfra\LocalPowerShell\Cmdlet\MAIL01_4412_Cmdlet_202103*.LOG"`, []string{
		asset.ExchangeFolder + `Logging\CmdletInfra\LocalPowerShell\Cmdlet\MAIL01_4412_Cmdlet_20210302-1.LOG`,
		asset.ExchangeFolder + `Logging\CmdletInfra\LocalPowerShell\Cmdlet\MAIL01_4412_Cmdlet_20210303-1.LOG`,
	}},
	{"prefetch", "cmd.exe", "cmd.exe /c del /q " + artifact.PrefetchFolder + "RAR.EXE-1C2B77F0.pf", []string{artifact.PrefetchFolder + `RAR.EXE-1C2B77F0.pf`}},
	{"history", `WindowsPowerShell\v1.0\powershell.exe`, `powershell.exe -File ` + historyScript, []string{
		`C:\Users\svc_exch\AppData\Roaming\Microsoft\Windows\PowerShell\PSReadLine\ConsoleHost_history.txt`,
	}},
}

// historyScript is a script of what a person would type into an open shell: only the
// script block's log then has it, and no command line.
const historyScript = `C:\PerfLogs\h.ps1`

// Plan leaves each file's neighbours alone.
func (t toolFilesDelete) Plan(on asset.Host) effect.StepPlan {
	var typed []effect.Process
	var checks []effect.Check
	for _, deletion := range deletions {
		if !slices.Contains(t.What, deletion.what) {
			continue
		}
		var acts []effect.Act
		for _, file := range deletion.files {
			acts = append(acts, effect.Remove{Path: file})
			checks = append(checks, effect.Gone{Path: file})
		}
		typed = append(typed, windowsProgram(system32+deletion.image, deletion.line, acts...))
	}
	plan := effect.StepPlan{Processes: []effect.Process{windowsShell(on, typed...)}, Checks: checks}
	if slices.Contains(t.What, "history") {
		writing := windowsShell(on)
		writing.Acts = []effect.Act{effect.Write{
			Path: historyScript, Content: []byte("# " + artifact.Marker + "\nRemove-Item (Get-PSReadlineOption).HistorySavePath -Force\n"),
		}}
		plan.Processes = append([]effect.Process{writing}, plan.Processes...)
	}
	return plan
}
