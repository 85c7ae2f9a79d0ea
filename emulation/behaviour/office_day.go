package behaviour

import (
	"slices"

	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
)

// officeDay is made of what every Windows host does, and of what comes near to
// what a rule looks for on that kind of host.
var _ = registerBaseline(Baseline{
	Name:    "office_day",
	Summary: "a day on a Windows host as its owners know it: updates, backups, agents, help desk and people at work",
	Activities: map[string][]Activity{
		"exchange":          slices.Concat(mailDay, hostDay),
		"domain_controller": slices.Concat(directoryDay, hostDay),
		"workstation":       slices.Concat(deskDay, hostDay),
		"iis":               slices.Concat(siteDay, hostDay),
		"audited_host":      slices.Concat(deskDay, hostDay),
	},
})

// windowsActivity is one activity on a Windows host.
func windowsActivity(name, summary string, fill func(on asset.Host, day *planBuilder)) Activity {
	return Activity{Name: name, Summary: summary, Plan: func(on asset.Host) effect.StepPlan {
		var day planBuilder
		fill(on, &day)
		return day.StepPlan
	}}
}

// systemFileActivity is an activity in which a program that is running already, in the
// system's name, leaves one file.
func systemFileActivity(name, summary, image, path, line string) Activity {
	return windowsActivity(name, summary, func(_ asset.Host, day *planBuilder) {
		day.addFileWrite(image, asset.WindowsSystem, path, line)
	})
}

// planBuilder gathers what is done and how it is proven.
type planBuilder struct{ effect.StepPlan }

// addFileWrite has a program that is running already leave a file.
func (d *planBuilder) addFileWrite(image, user, path, line string) {
	d.addAct(image, user, `"`+image+`"`, effect.Write{Path: path, Content: artifact.Marked(line)})
}

// addAct has a program that is running already do one thing.
func (d *planBuilder) addAct(image, user, line string, act effect.Act) {
	d.Processes = append(d.Processes, asResident(windowsProgram(image, line, act), user))
	d.addChecks(act)
}

// addTypedCommands has somebody start programs in a command prompt.
func (d *planBuilder) addTypedCommands(user string, typed ...effect.Process) {
	d.Processes = append(d.Processes, asResident(windowsProgram(system32+"cmd.exe", `"C:\Windows\system32\cmd.exe"`, started(typed)...), user))
	for _, program := range typed {
		d.addChecks(program.Acts...)
	}
}

// addTypedAndSaved has somebody start programs in a command prompt and keep what they
// answered, which the prompt itself writes.
func (d *planBuilder) addTypedAndSaved(user, path string, typed ...effect.Process) {
	kept := effect.Write{Path: path, Content: artifact.Marked("what was answered")}
	prompt := windowsProgram(system32+"cmd.exe", `"C:\Windows\system32\cmd.exe"`, append(started(typed), kept)...)
	d.Processes = append(d.Processes, asResident(prompt, user))
	d.addChecks(kept)
}

// addChecks proves acts.
func (d *planBuilder) addChecks(acts ...effect.Act) {
	for _, act := range acts {
		switch a := act.(type) {
		case effect.Write:
			d.Checks = append(d.Checks, effect.ContentIs{Path: a.Path, Content: a.Content})
		case effect.SetValue:
			d.Checks = append(d.Checks, effect.ValueIs{Key: a.Key, Name: a.Name, Value: a.Value})
		case effect.Remove:
			d.Checks = append(d.Checks, effect.Gone{Path: a.Path})
		case effect.SetTimes:
			d.Checks = append(d.Checks, effect.TimesLike{Path: a.Path, At: a.At})
		case effect.Append:
			d.Checks = append(d.Checks, effect.EndsWith{Path: a.Path, Content: a.Content})
		}
	}
}
