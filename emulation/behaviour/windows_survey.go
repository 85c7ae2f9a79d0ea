package behaviour

import (
	"slices"
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

// ask is a program and the line that stands for its answer; word is the
// argument's value that chooses it.
type ask struct {
	word    string
	program effect.Process
	answer  string
}

// asking adds those of the questions that were chosen, in their own order.
func (s survey) asking(chosen []string, all ...ask) survey {
	for _, one := range all {
		if slices.Contains(chosen, one.word) {
			s.asks = append(s.asks, one)
		}
	}
	return s
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

// whoWorks is the account that sits at a host: at a desk its user, at a server
// an administrator.
func whoWorks(on asset.Place) string {
	if on.Kind.Name == "workstation" {
		return on.Account("user")
	}
	return on.Account("admin")
}

// openedByHand has whoever works at the host drop the batch file and open it.
func (s survey) openedByHand(on asset.Place) effect.Plan {
	desk := asResident(windowsProgram(`C:\Windows\explorer.exe`, `C:\Windows\Explorer.EXE`, s.dropped(), effect.Run{Process: s.opened()}), whoWorks(on))
	return effect.Plan{Do: []effect.Process{desk}, Prove: s.checks()}
}
