package telemetry

import (
	"bytes"

	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/logformat"
	"github.com/ringer-lab/ringer/emulation/telemetry/channel"
)

// channelsOf are the log sources of a host: those of its platform, and those that its
// kind has besides.
func channelsOf(of channel.Platform, host asset.Host) []channel.Channel {
	all := of.Channels
	for _, log := range host.Kind.Logs {
		all = append(all[:len(all):len(all)], ownLog(log))
	}
	return all
}

// ownLog is a log whose form a user describes. Whoever appends to its file writes a
// record, as a forwarder would not know the one from the other: that it was added, and
// by whom, was seen, and what it says is its writer's own statement.
func ownLog(log asset.LogSource) channel.Channel {
	anybody := func(*channel.Process) bool { return true }
	decode, err := logformat.Decoder(log)
	if err != nil {
		panic("telemetry: a log that was not checked: " + err.Error())
	}
	return channel.Channel{
		Name: "log of " + log.File, Sources: []event.LogSource{log.Source}, Provenance: event.Translated,
		Open: func(h channel.Host) func(channel.Activity) []channel.Record {
			file := &channel.GrowingFile{Path: log.File, Content: h.Asset.Content(log.File)}
			return func(a channel.Activity) []channel.Record {
				var all []channel.Record
				for _, line := range file.Added(a, anybody) {
					if fields, ok := decode(string(bytes.TrimRight(line, "\r\n"))); ok {
						all = append(all, ownRecord(a, fields))
					}
				}
				return all
			}
		},
		Expect: func(h channel.Host) func(channel.Activity) []channel.ExpectedRecord {
			file := &channel.GrowingFile{Path: log.File, Content: h.Asset.Content(log.File)}
			return func(a channel.Activity) []channel.ExpectedRecord {
				var all []channel.ExpectedRecord
				for range file.Added(a, anybody) {
					all = append(all, channel.ExpectedRecord{Source: log.Source})
				}
				return all
			}
		},
	}
}

// ownRecord is a record of a log. One of a real daemon's is itself what was to be
// observed.
func ownRecord(a channel.Activity, fields map[string]any) channel.Record {
	if a.Kind == event.Line {
		return channel.Record{Fields: fields, NoJoin: true, Provenance: event.Observed}
	}
	return channel.Record{Fields: fields, NoJoin: true, Authored: true}
}
