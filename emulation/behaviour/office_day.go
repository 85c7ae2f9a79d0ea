package behaviour

import (
	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
)

var _ = registerBaseline(Baseline{
	Name:    "office_day",
	Summary: "a day on a Windows host as its owners know it: updates, backups, agents, help desk and people at work",
	Assets:  []string{"exchange", "domain_controller", "workstation", "iis", "audited_host"},
	Plan: func(on asset.Place) effect.Plan {
		var day workday
		officeDays[on.Kind.Name](on, &day)
		return effect.Plan{Do: day.do, Prove: day.prove}
	},
})

// officeDays are the days by kind of asset, each of things that come near to
// what a rule looks for.
var officeDays = map[string]func(asset.Place, *workday){
	"exchange":          mailDay,
	"domain_controller": directoryDay,
	"workstation":       deskDay,
	"iis":               siteDay,
	"audited_host":      deskDay,
}

// workday gathers what is done and how it is proven.
type workday struct {
	do    []effect.Process
	prove []effect.Check
}

// writes has a program that is running already leave a file.
func (d *workday) writes(image, user, path, line string) {
	d.does(image, user, `"`+image+`"`, effect.Write{Path: path, Content: inert(line)})
}

// does has a program that is running already do one thing.
func (d *workday) does(image, user, line string, act effect.Act) {
	d.do = append(d.do, asResident(windowsProgram(image, line, act), user))
	switch a := act.(type) {
	case effect.Write:
		d.prove = append(d.prove, effect.Holds{Path: a.Path, Content: a.Content})
	case effect.SetValue:
		d.prove = append(d.prove, effect.ValueIs{Key: a.Key, Name: a.Name, Value: a.Value})
	case effect.Remove:
		d.prove = append(d.prove, effect.Gone{Path: a.Path})
	case effect.SetTimes:
		d.prove = append(d.prove, effect.TimesLike{Path: a.Path, At: a.At})
	case effect.Append:
		d.prove = append(d.prove, effect.EndsWith{Path: a.Path, Content: a.Content})
	}
}

// types has somebody start programs in a command prompt.
func (d *workday) types(user string, typed ...effect.Process) {
	d.do = append(d.do, asResident(windowsProgram(system32+"cmd.exe", `"C:\Windows\system32\cmd.exe"`, started(typed)...), user))
}
