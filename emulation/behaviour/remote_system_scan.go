package behaviour

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
)

var _ = register[remoteSystemScan](About{
	Name:      "remote_system_scan",
	Technique: "T1018",
	Also:      []string{"T1016"},
	Actors:    []string{"soft_cell", "naikon", "emissary_panda"},
	Assets:    []string{"workstation", "domain_controller"},
	Platform:  effect.Windows,
	Phase:     "discovery",
	Summary:   "leave the footprint of a search for neighbours: a scanner brought along, pings in a loop, net view, a list of domain controllers; no packet is sent",
	Footprint: "a program with a scanner's arguments, cmd.exe in a loop with PING.EXE below it, net.exe and nltest.exe, a list of hosts",
	Undo:      "delete the scanner and the list",
	Source:    "ATT&CK v18.1 G0093 T1018 (modified NBTscan, ping), G0019 T1018 (NetBIOS scanner), G0027 T1016 (NBTscan) and T1018 (net view). nltest is a variant of ours.",
})

type remoteSystemScan struct {
	Ways    []string `arg:"ways" doc:"how neighbours are looked for" oneof:"scanner,ping,net_view,dc_list" default:"scanner,ping,net_view,dc_list"`
	Scanner string   `arg:"scanner" doc:"the scanner's name" like:"*.exe" default:"nb.exe"`
	Pings   int      `arg:"pings" doc:"how many of the loop's pings are started" min:"1" max:"8" default:"2"`
	Folder  string   `arg:"folder" doc:"where scanner and list lie" oneof:"intel,perflogs,temp" default:"intel"`
}

// Plan has the loop's cmd.exe start another one for each ping, as a pipe inside
// it does.
func (r remoteSystemScan) Plan(on asset.Host) effect.StepPlan {
	folder := surveyFolders[r.Folder]
	at := func(image, line string, acts ...effect.Act) effect.Run {
		process := windowsProgram(image, line, acts...)
		process.Dir = strings.TrimSuffix(folder, `\`)
		return effect.Run{Process: process}
	}
	list, content := folder+"r.txt", artifact.Marked("hosts")
	answered := func(line string) effect.Act {
		content = append(content, line+"\n"...)
		return effect.Append{Path: list, Content: []byte(line + "\n")}
	}
	acts := []effect.Act{effect.Write{Path: list, Content: artifact.Marked("hosts")}}
	if slices.Contains(r.Ways, "scanner") {
		scan := at(folder+r.Scanner, r.Scanner+" 10.20.0.0/24")
		acts = append(acts, droppedProgram(folder+r.Scanner, standInResource),
			at(system32+"cmd.exe", `C:\Windows\system32\cmd.exe /c ""`+folder+`n.bat""`, scan, answered(`10.20.0.10  CARRIER\DC01`)))
	}
	if slices.Contains(r.Ways, "ping") {
		var pings []effect.Act
		for i := range r.Pings {
			ping := fmt.Sprintf("ping -n 1 -w 200 10.20.0.%d", 7+i)
			pings = append(pings, at(system32+"cmd.exe", `C:\Windows\system32\cmd.exe /S /D /c" `+ping+` "`, at(system32+"PING.EXE", ping)),
				answered(fmt.Sprintf("Reply from 10.20.0.%d: bytes=32 time<1ms TTL=128", 7+i)))
		}
		acts = append(acts, at(system32+"cmd.exe", `cmd.exe /c "for /l %i in (1,1,254) do @ping -n 1 -w 200 10.20.0.%i | find "TTL=" >> r.txt"`, pings...))
	}
	if slices.Contains(r.Ways, "net_view") {
		acts = append(acts, at(system32+"net.exe", "net view /domain"), answered("CARRIER"),
			at(system32+"net.exe", `net view \\BILL01 /all`), answered("cdr  Disk"))
	}
	if slices.Contains(r.Ways, "dc_list") {
		acts = append(acts, at(system32+"nltest.exe", "nltest /dclist:carrier"), answered("DC01.carrier.example [PDC]"))
	}
	shell := windowsShell(on)
	shell.Dir, shell.Acts = strings.TrimSuffix(folder, `\`), acts
	return effect.StepPlan{Processes: []effect.Process{shell}, Checks: []effect.Check{effect.ContentIs{Path: list, Content: content}}}
}
