package behaviour

import (
	"strings"

	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
)

// survey is a batch file that starts programs one after another and gathers
// their answers in a file. The answers are of ringer's making: nothing on the
// asset is asked.
type survey struct {
	folder, batch, answers string
	asks                   []ask
}

// ask is a program and the line that stands for its answer.
type ask struct {
	program effect.Process
	answer  string
}

// surveyFolders are where the files of a survey lie, by an argument's word.
var surveyFolders = map[string]string{
	"intel":    `C:\ProgramData\Intel\`,
	"perflogs": `C:\PerfLogs\`,
	"temp":     `C:\Windows\Temp\`,
}

// dropped is the batch file, which no shell reads here.
func (s survey) dropped() effect.Write {
	return effect.Write{Path: s.folder + s.batch, Content: []byte("rem " + effect.Marker + "\r\n")}
}

// running is cmd.exe at work on the batch file. A redirection in it is an act of
// cmd.exe itself: no command line has it.
func (s survey) running(line string) effect.Process {
	acts := []effect.Act{effect.Write{Path: s.folder + s.answers, Content: inert("answers")}}
	for _, one := range s.asks {
		acts = append(acts, effect.Run{Process: one.program}, effect.Append{Path: s.folder + s.answers, Content: []byte(one.answer + "\n")})
	}
	return windowsProgram(system32+"cmd.exe", line, acts...)
}

// opened is the batch file as the desktop opens it.
func (s survey) opened() effect.Process {
	for i := range s.asks {
		s.asks[i].program.Dir = strings.TrimSuffix(s.folder, `\`)
	}
	batch := s.running(`C:\Windows\system32\cmd.exe /c ""` + s.folder + s.batch + `""`)
	batch.Dir = strings.TrimSuffix(s.folder, `\`)
	return batch
}

func (s survey) checks() []effect.Check {
	content := inert("answers")
	for _, one := range s.asks {
		content = append(content, one.answer+"\n"...)
	}
	return []effect.Check{effect.Holds{Path: s.folder + s.answers, Content: content}}
}

// whoWorks is the account that sits at a host: its user, or its administrator
// where nobody else does.
func whoWorks(on asset.Place) string {
	if user := on.Kind.Accounts["user"]; user != "" && on.Kind.Name == "workstation" {
		return user
	}
	return on.Account("admin")
}

// openedByHand has whoever works at the host drop the batch file and open it.
func (s survey) openedByHand(on asset.Place) effect.Plan {
	desk := asResident(windowsProgram(`C:\Windows\explorer.exe`, `C:\Windows\Explorer.EXE`, s.dropped(), effect.Run{Process: s.opened()}), whoWorks(on))
	return effect.Plan{Do: []effect.Process{desk}, Prove: s.checks()}
}
