package behaviour

import (
	"strings"

	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
)

var _ = register[hostSurveyPHPFPM](About{
	Name:      "host_survey_php_fpm",
	Technique: "T1033",
	Also:      []string{"T1016", "T1049", "T1082", "T1087.001"},
	Actors:    []string{"soft_cell", "emissary_panda"},
	Assets:    []string{"web"},
	Platform:  effect.Linux,
	Phase:     "discovery",
	Summary:   "a php-fpm worker behind nginx starts id, uname, hostname, ss and cat through a shell; all are stand-ins, and the answers are synthetic",
	Footprint: "a shell and five programs below php-fpm, a file of answers in /tmp",
	Undo:      "remove the file of answers",
	Source:    "ATT&CK v18.1 G0093 and G0027 list T1033, T1049 and T1016 (Windows commands); Linux commands by analogy",
})

type hostSurveyPHPFPM struct {
	Shells string `arg:"shells" doc:"one shell for all questions, or one for each" oneof:"one,each" default:"one"`
	Name   string `arg:"name" doc:"the name of the file of answers in /tmp" like:"php*" default:"phpR4x2Qa"`
}

// surveyed are the questions with what stands for their answers.
var surveyed = [...]struct{ image, line, answer string }{
	{"/usr/bin/id", "id", "uid=33(www-data) gid=33(www-data) groups=33(www-data)"},
	{"/usr/bin/uname", "uname -a", "Linux standin 5.10.0 x86_64 GNU/Linux"},
	{"/usr/bin/hostname", "hostname", "standin"},
	{"/usr/bin/ss", "ss -tnp", "ESTAB 0 0 192.0.2.20:443 198.51.100.23:50122"},
	{"/usr/bin/cat", "cat /etc/passwd /etc/hosts", "standin:x:1000:1000::/home/standin:/bin/bash"},
}

// Plan leaves nginx out of it: it hands requests on and starts nothing. The
// worker itself writes what the shell's pipe gave it.
func (h hostSurveyPHPFPM) Plan(on asset.Host) effect.StepPlan {
	at := session{user: on.Account("service"), dir: strings.TrimSuffix(portal, "/")}
	answers := effect.Write{Path: "/tmp/" + h.Name, Content: artifact.Marked("answers")}
	var lines []string
	var tools, shells []effect.Act
	for _, survey := range surveyed {
		tool := at.run(survey.image, words(survey.line))
		lines, tools, shells = append(lines, survey.line), append(tools, tool), append(shells, at.sh(survey.line, tool))
		answers.Content = append(answers.Content, survey.answer+"\n"...)
	}
	acts := []effect.Act{at.sh(strings.Join(lines, ";"), tools...)}
	if h.Shells == "each" {
		acts = shells
	}
	return effect.StepPlan{
		Processes: []effect.Process{phpWorker(on, append(acts, answers)...), webRequest(on, "php_fpm", "POST /assets/js/locale_th.php")},
		Checks:    []effect.Check{effect.ContentIs{Path: answers.Path, Content: answers.Content}},
	}
}
