package behaviour

import (
	"cmp"

	"github.com/ringer-lab/ringer/emulation/effect"
)

const servicesKey = `HKLM\SYSTEM\CurrentControlSet\Services\`

// serviceEntry is a service as the service control manager keeps it. Nothing
// on an asset starts one by it.
type serviceEntry struct {
	name, display, image string
	// kind and start are the registry's numbers; account is who it runs as. What
	// is not given is that of an ordinary service.
	kind, start, account string
}

func (s serviceEntry) values() []effect.SetValue {
	key := servicesKey + s.name
	return []effect.SetValue{
		{Key: key, Name: "Type", Value: effect.Value{Type: "REG_DWORD", Data: cmp.Or(s.kind, "16")}},
		{Key: key, Name: "Start", Value: effect.Value{Type: "REG_DWORD", Data: cmp.Or(s.start, "2")}},
		{Key: key, Name: "ErrorControl", Value: effect.Value{Type: "REG_DWORD", Data: "1"}},
		{Key: key, Name: "ImagePath", Value: effect.Value{Type: "REG_EXPAND_SZ", Data: s.image}},
		{Key: key, Name: "DisplayName", Value: effect.Value{Type: "REG_SZ", Data: s.display}},
		{Key: key, Name: "ObjectName", Value: effect.Value{Type: "REG_SZ", Data: cmp.Or(s.account, "LocalSystem")}},
	}
}

// createCommand is sc.exe, asking for the service.
func (s serviceEntry) createCommand() effect.Process {
	return windowsProgram(system32+"sc.exe", `sc create `+s.name+` binPath= "`+s.image+`" start= auto DisplayName= "`+s.display+`"`)
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
