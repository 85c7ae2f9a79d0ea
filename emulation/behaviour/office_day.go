package behaviour

import (
	"slices"

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

// atWork is one activity on a Windows host.
func atWork(name, summary string, fill func(on asset.Place, day *workday)) Activity {
	return Activity{Name: name, Summary: summary, Plan: func(on asset.Place) effect.Plan {
		var day workday
		fill(on, &day)
		return day.Plan
	}}
}

// ofItself is an activity in which a program that is running already, in the
// system's name, leaves one file.
func ofItself(name, summary, image, path, line string) Activity {
	return atWork(name, summary, func(_ asset.Place, day *workday) {
		day.writes(image, asset.WindowsSystem, path, line)
	})
}

// workday gathers what is done and how it is proven.
type workday struct{ effect.Plan }

// writes has a program that is running already leave a file.
func (d *workday) writes(image, user, path, line string) {
	d.does(image, user, `"`+image+`"`, effect.Write{Path: path, Content: inert(line)})
}

// does has a program that is running already do one thing.
func (d *workday) does(image, user, line string, act effect.Act) {
	d.Do = append(d.Do, asResident(windowsProgram(image, line, act), user))
	d.shows(act)
}

// types has somebody start programs in a command prompt.
func (d *workday) types(user string, typed ...effect.Process) {
	d.Do = append(d.Do, asResident(windowsProgram(system32+"cmd.exe", `"C:\Windows\system32\cmd.exe"`, started(typed)...), user))
	for _, program := range typed {
		d.shows(program.Acts...)
	}
}

// notes has somebody start programs in a command prompt and keep what they
// answered, which the prompt itself writes.
func (d *workday) notes(user, path string, typed ...effect.Process) {
	kept := effect.Write{Path: path, Content: inert("what was answered")}
	prompt := windowsProgram(system32+"cmd.exe", `"C:\Windows\system32\cmd.exe"`, append(started(typed), kept)...)
	d.Do = append(d.Do, asResident(prompt, user))
	d.shows(kept)
}

// shows proves acts.
func (d *workday) shows(acts ...effect.Act) {
	for _, act := range acts {
		switch a := act.(type) {
		case effect.Write:
			d.Prove = append(d.Prove, effect.Holds{Path: a.Path, Content: a.Content})
		case effect.SetValue:
			d.Prove = append(d.Prove, effect.ValueIs{Key: a.Key, Name: a.Name, Value: a.Value})
		case effect.Remove:
			d.Prove = append(d.Prove, effect.Gone{Path: a.Path})
		case effect.SetTimes:
			d.Prove = append(d.Prove, effect.TimesLike{Path: a.Path, At: a.At})
		case effect.Append:
			d.Prove = append(d.Prove, effect.EndsWith{Path: a.Path, Content: a.Content})
		}
	}
}
