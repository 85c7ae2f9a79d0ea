package windows

import (
	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/telemetry/channel"
)

// What a new service leaves in System (7045) and Security (4697).
var _ = channels.Register(channel.Channel{
	Name:       "windows_service",
	Sources:    []event.LogSource{securitySource, systemSource},
	Provenance: event.Translated,
	Open:       openService,
	Expect:     expectService,
})

var systemSource = event.LogSource{Product: "windows", Service: "system"}

func openService(h channel.Host) func(channel.Activity) []channel.Record {
	return (&service{host: h}).translate
}

// service gathers the values of each new service until its writer ends.
type service struct {
	host    channel.Host
	clients clientTracker
	pending []*pendingService // keys made and not yet reported
}

type pendingService struct {
	name   string
	by     uint64 // the writer's process
	values map[string]string
	seen   []uint64
}

func (w *service) translate(a channel.Activity) []channel.Record {
	w.clients.observe(a)
	if a.Kind == event.Exit {
		return w.finish(a)
	}
	name, value, isService := artifact.ServiceOf(a.PlatformPath)
	switch {
	case !isService:
		return nil
	case a.Kind == event.Mkdir && value == "":
		w.pending = append(w.pending, &pendingService{name: name, by: a.Process, values: map[string]string{}, seen: []uint64{a.Seq}})
	case a.Kind == event.Content:
		w.setValue(a, name, value)
	}
	return nil
}

func (w *service) setValue(a channel.Activity, name, value string) {
	set, err := artifact.DecodeValue(a.Observation.Content)
	if err != nil {
		return
	}
	for _, service := range w.pending {
		if service.name == name {
			service.values[value] = set.Data
			service.seen = append(service.seen, a.Seq)
		}
	}
}

// finish answers the end of a writer with the services that it entered.
func (w *service) finish(a channel.Activity) []channel.Record {
	var all []channel.Record
	var open []*pendingService
	for _, service := range w.pending {
		switch {
		case service.by != a.Process:
			open = append(open, service)
		case service.values["ImagePath"] != "":
			all = append(all, w.records(a, service)...)
		}
	}
	w.pending = open
	return all
}

func (w *service) records(a channel.Activity, s *pendingService) []channel.Record {
	made := artifact.DecodeService(s.name, s.values)
	systemRecord := eventHeader(w.host, 7045, "System", "Service Control Manager")
	systemRecord["ServiceName"], systemRecord["ImagePath"], systemRecord["AccountName"] = made.DisplayName, made.ImagePath, made.Account
	systemRecord["ServiceType"], systemRecord["StartType"] = serviceTypes[made.Type], startTypes[made.Start]

	requester := w.clients.requester(made.Name, a.Actor)
	securityRecord := securityFields(w.host, 4697, requester)
	securityRecord["ServiceName"], securityRecord["ServiceFileName"], securityRecord["ServiceAccount"] = made.Name, made.ImagePath, made.Account
	securityRecord["ServiceType"], securityRecord["ServiceStartType"] = "0x"+serviceHex[made.Type], made.Start
	addClientFields(securityRecord, requester)
	return []channel.Record{
		{Sources: []event.LogSource{systemSource}, Fields: systemRecord, Seen: s.seen},
		{Sources: []event.LogSource{securitySource}, Fields: securityRecord, Seen: s.seen},
	}
}

// The registry's numbers, in the words of 7045 and the digits of 4697.
var (
	serviceTypes = map[string]string{"1": "kernel mode driver", "16": "user mode service", "32": "user mode service", "272": "user mode service"}
	serviceHex   = map[string]string{"1": "1", "16": "10", "32": "20", "272": "110"}
	startTypes   = map[string]string{"0": "boot start", "1": "system start", "2": "auto start", "3": "demand start", "4": "disabled"}
)

// expectService declares that a key which is made for a service with a program
// is reported once its maker ends.
func expectService(channel.Host) func(channel.Activity) []channel.ExpectedRecord {
	made, runs := map[uint64][]string{}, map[string]bool{}
	return func(a channel.Activity) []channel.ExpectedRecord {
		if a.Kind == event.Exit {
			var all []channel.ExpectedRecord
			for _, name := range made[a.Process] {
				if runs[name] {
					all = append(all, channel.ExpectEventID(systemSource, 7045), channel.ExpectEventID(securitySource, 4697))
				}
			}
			delete(made, a.Process)
			return all
		}
		name, value, isService := artifact.ServiceOf(a.PlatformPath)
		switch {
		case !isService:
			return nil
		case a.Kind == event.Mkdir && value == "":
			made[a.Process] = append(made[a.Process], name)
		case a.Kind == event.Content && value == "ImagePath":
			runs[name] = true
		}
		return nil
	}
}
