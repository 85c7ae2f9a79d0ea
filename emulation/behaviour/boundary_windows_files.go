package behaviour

import (
	"fmt"

	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
)

var _ = register[windowsFileCases](About{
	Name:      "windows_file_cases",
	Assets:    []string{"exchange", "workstation"},
	Platform:  effect.Windows,
	Phase:     Boundary,
	Summary:   "files, registry values and mapped libraries that a rule must just see, beside such as it must just not",
	Footprint: "inert files written, dated and deleted, values set and marker libraries mapped by programs that are running already; their notes of what they mapped",
	Undo:      "delete what was made, put back what was changed or deleted",
	Source:    "ours: other forms of what was reported, and what installers, updates, backups and people do that looks like it",
})

type windowsFileCases struct {
	Of string `arg:"of" doc:"what the acts are about" oneof:"data_folders,served_folders,web_worker,odd_folders,deletions,web_settings,start_folders,values" default:"data_folders"`
}

// windowsFileTopics are the cases by the word in `of`.
var windowsFileTopics = map[string]func(*caseBuilder){
	"data_folders":   dataFolderCases,
	"served_folders": servedFolderCases,
	"web_worker":     webWorkerCases,
	"odd_folders":    oddFolderCases,
	"deletions":      deletionCases,
	"web_settings":   webSettingCases,
	"start_folders":  startFolderCases,
	"values":         valueCases,
}

// Plan has no program started: all are running already.
func (w windowsFileCases) Plan(on asset.Host) effect.StepPlan {
	return planCases(on, windowsFileTopics[w.Of])
}

const (
	// installerLike is named to be taken for an installer by who reads the first
	// extension only.
	installerLike = `C:\Users\Public\msiexec.exe.com`
	installer     = system32 + "msiexec.exe"
)

// running is a program that is there already; its command line is in no event.
func running(image, user string) effect.Process {
	return asResident(windowsProgram(image, `"`+image+`"`), user)
}

// written makes files.
func written(paths ...string) []effect.Act {
	var acts []effect.Act
	for _, path := range paths {
		acts = append(acts, effect.Write{Path: path, Content: artifact.Marked("a case: " + artifact.BaseName(path))})
	}
	return acts
}

// addDeletions has a program delete files that the host then has before.
func (c *caseBuilder) addDeletions(doer effect.Process, paths ...string) {
	var acts []effect.Act
	for _, path := range paths {
		c.addPrecondition(path, artifact.Marked("a case: "+artifact.BaseName(path)))
		acts = append(acts, effect.Remove{Path: path})
	}
	c.addActs(doer, acts...)
}

// addLibrary is a marker library's being mapped. Its program's note of that is what
// proves it.
func (c *caseBuilder) addLibrary(path string, signature artifact.Signature) effect.Act {
	load := effect.Load{Path: path, Record: fmt.Sprintf(`C:\Windows\Logs\Cases\mapped_%02d.txt`, len(c.Preconditions))}
	content := artifact.Library(artifact.Resource{}, signature)
	c.addPrecondition(path, content)
	c.Checks = append(c.Checks, effect.ContentIs{Path: load.Record, Content: load.Recorded(content)})
	return load
}
