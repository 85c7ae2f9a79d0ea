package behaviour

import (
	"slices"
	"strings"

	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
)

// survey is a batch file that starts programs one after another and gathers
// their answers in a file. The answers are of ringer's making: nothing on the
// asset is asked.
type survey struct {
	folder, batch, answers string
	questions              []question
}

// question is a program and the line that stands for its answer; word is the
// argument's value that chooses it.
type question struct {
	word    string
	program effect.Process
	answer  string
}

// choosing adds those of the questions that were chosen, in their own order.
func (s survey) choosing(chosen []string, all ...question) survey {
	for _, ask := range all {
		if slices.Contains(chosen, ask.word) {
			s.questions = append(s.questions, ask)
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
	return effect.Write{Path: s.folder + s.batch, Content: []byte("rem " + artifact.Marker + "\r\n")}
}

// runBatch is cmd.exe at work on the batch file. A redirection in it is an act of
// cmd.exe itself: no command line has it.
func (s survey) runBatch(line string) effect.Process {
	acts := []effect.Act{effect.Write{Path: s.folder + s.answers, Content: artifact.Marked("answers")}}
	for _, ask := range s.questions {
		acts = append(acts, effect.Run{Process: ask.program}, effect.Append{Path: s.folder + s.answers, Content: []byte(ask.answer + "\n")})
	}
	return windowsProgram(system32+"cmd.exe", line, acts...)
}

// openedFromDesktop is the batch file as the desktop opens it.
func (s survey) openedFromDesktop() effect.Process {
	for i := range s.questions {
		s.questions[i].program.Dir = strings.TrimSuffix(s.folder, `\`)
	}
	batch := s.runBatch(`C:\Windows\system32\cmd.exe /c ""` + s.folder + s.batch + `""`)
	batch.Dir = strings.TrimSuffix(s.folder, `\`)
	return batch
}

func (s survey) checks() []effect.Check {
	content := artifact.Marked("answers")
	for _, ask := range s.questions {
		content = append(content, ask.answer+"\n"...)
	}
	return []effect.Check{effect.ContentIs{Path: s.folder + s.answers, Content: content}}
}

// interactiveAccount is the account that sits at a host: at a desk its user, at a server
// an administrator.
func interactiveAccount(on asset.Host) string {
	if on.Kind.Name == "workstation" {
		return on.Account("user")
	}
	return on.Account("admin")
}

// openedByUser has whoever works at the host drop the batch file and open it.
func (s survey) openedByUser(on asset.Host) effect.StepPlan {
	desk := asResident(windowsProgram(`C:\Windows\explorer.exe`, `C:\Windows\Explorer.EXE`, s.dropped(), effect.Run{Process: s.openedFromDesktop()}), interactiveAccount(on))
	return effect.StepPlan{Processes: []effect.Process{desk}, Checks: s.checks()}
}
