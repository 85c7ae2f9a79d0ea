package behaviour

import (
	"maps"

	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
)

// logRecord is what a service or program says of itself in an event log.
type logRecord struct {
	Channel  string            `arg:"channel" doc:"the log's channel" form:"channel" max:"100" default:"Application"`
	Provider string            `arg:"provider" doc:"whose record it is" form:"line" max:"100" default:"ringer"`
	ID       int               `arg:"id" doc:"the event id" min:"0" max:"65535" default:"1"`
	Data     map[string]string `arg:"data" doc:"the record's named texts" form:"text" max:"32768" default:""`
}

// writeLog has the process write the record itself: it is its own statement.
func writeLog(r reenact) action {
	log := effect.Log{Channel: r.Record.Channel, Record: artifact.LogRecord{Provider: r.Record.Provider, ID: r.Record.ID, Data: maps.Clone(r.Record.Data)}}
	return action{
		// As where a log is full: a new one begins. The sensor reports a file's
		// beginning only, and the same record may have been written before.
		preconditions: absentBefore(artifact.EventLogFile(log.Channel)),
		acts:          []effect.Act{log},
		checks:        []effect.Check{effect.EndsWith{Path: artifact.EventLogFile(log.Channel), Content: log.Record.Encode()}},
	}
}

// clearLog has the process's log emptied.
func clearLog(r reenact) action {
	file := artifact.EventLogFile(r.Record.Channel)
	return action{
		preconditions: []effect.Precondition{{Path: file, Content: artifact.Marked("record 1")}},
		acts:          []effect.Act{effect.Truncate{Path: file}},
		checks:        []effect.Check{effect.Empty{Path: file}},
	}
}

// subscription is one object of a permanent WMI subscription.
type subscription struct {
	Kind string            `arg:"kind" doc:"which of the three objects" oneof:"filter,consumer,binding" default:"filter"`
	Data map[string]string `arg:"data" doc:"the object's properties, as Sysmon names them" form:"text" max:"16384" default:""`
}

// subscribeWMI has the WMI service keep the object; nothing reads it.
func subscribeWMI(r reenact) action {
	object := artifact.WMIObject{Kind: r.WMI.Kind, Data: maps.Clone(r.WMI.Data)}
	write := effect.Write{Path: object.Path(), Content: object.Encode()}
	service := asResident(windowsProgram(system32+"svchost.exe", `C:\Windows\system32\svchost.exe -k netsvcs -p -s Winmgmt`, write), asset.WindowsSystem)
	return action{
		preconditions: absentBefore(write.Path), checks: []effect.Check{effect.ContentIs{Path: write.Path, Content: write.Content}}, service: &service,
	}
}
