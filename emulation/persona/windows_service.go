package persona

import (
	"strings"

	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/event"
)

// What a new service leaves in System (7045) and Security (4697).
var _ = register(channel{
	name:       "windows_service",
	persona:    effect.Windows,
	sources:    []event.LogSource{windowsSecurity, windowsSystem},
	provenance: event.Translated,
	open:       openWindowsService,
	must:       mustTellService,
})

var windowsSystem = event.LogSource{Product: "windows", Service: "system"}

const servicesKey = `HKLM\SYSTEM\CurrentControlSet\Services\`

func openWindowsService(h host) func(moment) []record {
	return (&windowsService{host: h}).answer
}

// windowsService gathers the values of each new service until its writer ends.
type windowsService struct {
	host    host
	clients windowsClients
	entered []*enteredService // keys made and not yet reported
}

type enteredService struct {
	name   string
	by     uint64 // the writer's process
	values map[string]string
	seen   []uint64
}

func (w *windowsService) answer(m moment) []record {
	w.clients.note(m)
	if m.Kind == event.Exit {
		return w.report(m)
	}
	if len(m.path) <= len(servicesKey) || !strings.EqualFold(m.path[:len(servicesKey)], servicesKey) {
		return nil
	}
	name, value, below := strings.Cut(m.path[len(servicesKey):], `\`)
	switch {
	case m.Kind == event.Mkdir && !below:
		w.entered = append(w.entered, &enteredService{name: name, by: m.Process, values: map[string]string{}, seen: []uint64{m.Seq}})
	case m.Kind == event.Content:
		w.take(m, name, value)
	}
	return nil
}

func (w *windowsService) take(m moment, name, value string) {
	set, err := effect.DecodeValue(m.Observation.Content)
	if err != nil {
		return
	}
	for _, one := range w.entered {
		if one.name == name {
			one.values[value] = set.Data
			one.seen = append(one.seen, m.Seq)
		}
	}
}

// report answers the end of a writer with the services that it entered.
func (w *windowsService) report(m moment) []record {
	var all []record
	var open []*enteredService
	for _, one := range w.entered {
		switch {
		case one.by != m.Process:
			open = append(open, one)
		case one.values["ImagePath"] != "":
			all = append(all, w.records(m, one)...)
		}
	}
	w.entered = open
	return all
}

func (w *windowsService) records(m moment, s *enteredService) []record {
	name := s.values["DisplayName"]
	if name == "" {
		name = s.name
	}
	account := s.values["ObjectName"]
	if account == "" {
		account = "LocalSystem"
	}
	system := windowsHead(w.host, 7045, "System", "Service Control Manager")
	system["ServiceName"], system["ImagePath"], system["AccountName"] = name, s.values["ImagePath"], account
	system["ServiceType"], system["StartType"] = serviceTypes[s.values["Type"]], startTypes[s.values["Start"]]

	asked := w.clients.asked(s.name, m.by)
	secured := security(w.host, 4697, asked)
	secured["ServiceName"], secured["ServiceFileName"], secured["ServiceAccount"] = s.name, s.values["ImagePath"], account
	secured["ServiceType"], secured["ServiceStartType"] = "0x"+serviceHex[s.values["Type"]], s.values["Start"]
	client(secured, asked)
	return []record{
		{sources: []event.LogSource{windowsSystem}, fields: system, seen: s.seen},
		{sources: []event.LogSource{windowsSecurity}, fields: secured, seen: s.seen},
	}
}

// The registry's numbers, in the words of 7045 and the digits of 4697.
var (
	serviceTypes = map[string]string{"1": "kernel mode driver", "16": "user mode service", "32": "user mode service", "272": "user mode service"}
	serviceHex   = map[string]string{"1": "1", "16": "10", "32": "20", "272": "110"}
	startTypes   = map[string]string{"0": "boot start", "1": "system start", "2": "auto start", "3": "demand start", "4": "disabled"}
)

// mustTellService declares that a key which is made for a service with a program
// is told of once its maker ends.
func mustTellService(host) func(moment) []due {
	made, runs := map[uint64][]string{}, map[string]bool{}
	return func(m moment) []due {
		if m.Kind == event.Exit {
			var all []due
			for _, name := range made[m.Process] {
				if runs[name] {
					all = append(all, dueID(windowsSystem, 7045), dueID(windowsSecurity, 4697))
				}
			}
			delete(made, m.Process)
			return all
		}
		if !isBelow(m.path, servicesKey) {
			return nil
		}
		name, value, below := strings.Cut(m.path[len(servicesKey):], `\`)
		switch {
		case m.Kind == event.Mkdir && !below:
			made[m.Process] = append(made[m.Process], name)
		case m.Kind == event.Content && value == "ImagePath":
			runs[name] = true
		}
		return nil
	}
}
