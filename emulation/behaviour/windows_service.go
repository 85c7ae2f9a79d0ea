package behaviour

import (
	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/effect"
)

// serviceEntry is a service as the service control manager keeps it.
type serviceEntry artifact.Service

func (s serviceEntry) values() []effect.SetValue {
	var values []effect.SetValue
	service := artifact.Service(s)
	for _, value := range service.Encode() {
		values = append(values, effect.SetValue{Key: service.Key(), Name: value.Name, Value: value.Value})
	}
	return values
}

// createCommand is sc.exe, asking for the service.
func (s serviceEntry) createCommand() effect.Process {
	return windowsProgram(system32+"sc.exe", `sc create `+s.Name+` binPath= "`+s.ImagePath+`" start= auto DisplayName= "`+s.DisplayName+`"`)
}

// created has the service control manager keep the service, and then do what
// more is given.
func (s serviceEntry) created(then ...effect.Act) effect.Process {
	var acts []effect.Act
	for _, value := range s.values() {
		acts = append(acts, value)
	}
	return serviceControl(append(acts, then...)...)
}

func (s serviceEntry) checks() []effect.Check {
	var checks []effect.Check
	for _, set := range s.values() {
		if set.Name == "ImagePath" || set.Name == "Start" {
			checks = append(checks, effect.ValueIs{Key: set.Key, Name: set.Name, Value: set.Value})
		}
	}
	return checks
}
