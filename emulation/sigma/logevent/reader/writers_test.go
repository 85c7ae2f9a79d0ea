package reader_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
)

// windowsEvent is one event of the Windows event log as it happened.
type windowsEvent struct {
	channel, provider, computer string
	id, record                  int
	at                          time.Time
	names, values               []string // of its data; no names where its Data elements have none
}

type object = map[string]any

func line(v any) string {
	var b bytes.Buffer
	out := json.NewEncoder(&b)
	out.SetEscapeHTML(false)
	if err := out.Encode(v); err != nil {
		panic(err)
	}
	return b.String()
}

// data is the data by name; that without names is as the tool has it.
func (e *windowsEvent) data(unnamed func(i int) string) object {
	o := object{}
	for i, v := range e.values {
		if e.names != nil {
			o[e.names[i]] = v
		} else {
			o[unnamed(i)] = v
		}
	}
	return o
}

func param(i int) string { return fmt.Sprintf("param%d", i+1) }

func (e *windowsEvent) zulu() string { return e.at.Format("2006-01-02T15:04:05.000Z07:00") }

// dumped is the data as evtx_dump writes it.
func (e *windowsEvent) dumped() any {
	if e.names == nil {
		return object{"Data": object{"#text": e.values}}
	}
	return e.data(nil)
}

func (e *windowsEvent) evtxDump() object {
	attributes := func(o object) object { return object{"#attributes": o} }
	return object{"Event": object{
		"#attributes": object{"xmlns": "http://schemas.microsoft.com/win/2004/08/events/event"},
		"System": object{
			"Provider": attributes(object{"Name": e.provider}), "EventID": e.id, "Channel": e.channel, "Computer": e.computer, "EventRecordID": e.record,
			"TimeCreated": attributes(object{"SystemTime": e.zulu()}), "Correlation": nil, "Execution": attributes(object{"ProcessID": 4, "ThreadID": 5}),
		},
		"EventData": e.dumped(),
	}}
}

func escaped(s string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(s))
	return b.String()
}

func (e *windowsEvent) eventData() string {
	var b strings.Builder
	for i, v := range e.values {
		if e.names != nil {
			fmt.Fprintf(&b, `<Data Name="%s">%s</Data>`, escaped(e.names[i]), escaped(v))
		} else {
			fmt.Fprintf(&b, `<Data>%s</Data>`, escaped(v))
		}
	}
	return b.String()
}

func (e *windowsEvent) xml() string {
	return fmt.Sprintf(`<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System><Provider Name='%s'/><EventID>%d</EventID><TimeCreated SystemTime='%s'/>`+
		`<EventRecordID>%d</EventRecordID><Correlation/><Channel>%s</Channel><Computer>%s</Computer><Security UserID='S-1-5-18'/></System><EventData>%s</EventData></Event>`,
		escaped(e.provider), e.id, e.zulu(), e.record, escaped(e.channel), escaped(e.computer), e.eventData())
}

func (e *windowsEvent) flat(head object) object {
	o := e.data(param)
	maps.Copy(o, head)
	return o
}

func lowerFirst(s string) string { return strings.ToLower(s[:1]) + s[1:] }

// positionalOnly are the shapes whose tools write the values of the data, not their
// names.
var positionalOnly = []string{"Fluent Bit", "Get-WinEvent"}

// shapesOfTools are what tools write of an event.
var shapesOfTools = map[string]func(e *windowsEvent) string{
	"evtx_dump": func(e *windowsEvent) string { return line(e.evtxDump()) },
	"evtx_dump, separate attributes": func(e *windowsEvent) string {
		data := e.dumped()
		if e.names == nil {
			data = object{"Data": e.values}
		}
		return line(object{"Event": object{"Event_attributes": object{"xmlns": "x"}, "System": object{
			"Provider_attributes": object{"Name": e.provider}, "EventID": e.id, "EventID_attributes": object{"Qualifiers": 0}, "Channel": e.channel, "Computer": e.computer,
			"EventRecordID": e.record, "TimeCreated_attributes": object{"SystemTime": e.zulu()}, "Correlation": nil,
		}, "EventData": data}})
	},
	"Chainsaw": func(e *windowsEvent) string {
		return line(object{"group": "Sigma", "kind": "individual", "document": object{"kind": "evtx", "path": "x.evtx", "data": e.evtxDump()}})
	},
	"xmltodict": func(e *windowsEvent) string {
		var list []any
		for i, v := range e.values {
			if e.names != nil {
				list = append(list, object{"@Name": e.names[i], "#text": v})
			} else {
				list = append(list, v)
			}
		}
		return line(object{"Event": object{"System": object{
			"Provider": object{"@Name": e.provider}, "EventID": object{"@Qualifiers": "0", "#text": fmt.Sprint(e.id)}, "Channel": e.channel, "Computer": e.computer,
			"EventRecordID": fmt.Sprint(e.record), "TimeCreated": object{"@SystemTime": e.zulu()},
		}, "EventData": object{"Data": list}}})
	},
	"EvtxECmd": func(e *windowsEvent) string {
		var list []any
		for i, v := range e.values {
			if e.names != nil {
				list = append(list, object{"@Name": e.names[i], "#text": v})
			} else {
				list = append(list, v)
			}
		}
		return line(object{
			"PayloadData1": "x", "MapDescription": "y", "ChunkNumber": 0, "Computer": e.computer, "Channel": e.channel, "Provider": e.provider, "EventId": e.id,
			"EventRecordId": fmt.Sprint(e.record), "ProcessId": 4, "ThreadId": 5, "Level": "Info", "SourceFile": "x.evtx", "TimeCreated": e.at.Format("2006-01-02T15:04:05.0000000-07:00"),
			"Payload": strings.TrimSpace(line(object{"EventData": object{"Data": list}})),
		})
	},
	"Winlogbeat 5 and 6": func(e *windowsEvent) string {
		return line(object{
			"@timestamp": e.zulu(), "beat": object{"name": "x", "version": "6.8.0"}, "computer_name": e.computer, "event_data": e.data(param), "event_id": e.id, "level": "Information",
			"log_name": e.channel, "message": "text", "record_number": fmt.Sprint(e.record), "source_name": e.provider, "type": "wineventlog", "process_id": 4, "thread_id": 5,
		})
	},
	"Winlogbeat 8": func(e *windowsEvent) string {
		return line(object{
			"@timestamp": e.zulu(), "agent": object{"type": "winlogbeat"}, "event": object{"code": fmt.Sprint(e.id), "provider": e.provider}, "log": object{"level": "information"},
			"winlog": object{"channel": e.channel, "computer_name": e.computer, "event_data": e.data(param), "event_id": fmt.Sprint(e.id), "provider_name": e.provider, "record_id": e.record},
		})
	},
	"Winlogbeat 8, dotted names": func(e *windowsEvent) string {
		o := object{
			"@timestamp": e.zulu(), "winlog.channel": e.channel, "winlog.computer_name": e.computer, "winlog.event_id": fmt.Sprint(e.id), "winlog.provider_name": e.provider, "winlog.record_id": e.record,
		}
		for name, v := range e.data(param) {
			o["winlog.event_data."+name] = v
		}
		return line(o)
	},
	"Elastic Agent, a hit": func(e *windowsEvent) string {
		return line(object{"_index": ".ds-logs", "_id": "1", "_source": object{
			"@timestamp": e.zulu(), "data_stream": object{"dataset": "system.security"}, "event": object{"original": e.xml()},
			"winlog": object{"channel": e.channel, "computer_name": e.computer, "event_data": e.data(param), "event_id": fmt.Sprint(e.id), "provider_name": e.provider, "record_id": fmt.Sprint(e.record)},
		}})
	},
	"NXLog": func(e *windowsEvent) string {
		return line(e.flat(object{
			"EventTime": e.at.Format("2006-01-02 15:04:05.000"), "Hostname": e.computer, "Channel": e.channel, "EventID": e.id, "SourceName": e.provider, "RecordNumber": e.record,
			"Severity": "INFO", "SeverityValue": 2, "SourceModuleName": "in", "Message": "text",
		}))
	},
	"Fluent Bit": func(e *windowsEvent) string {
		return line(object{
			"ProviderName": e.provider, "EventID": e.id, "Channel": e.channel, "Computer": e.computer, "EventRecordID": e.record,
			"TimeCreated": e.at.Format("2006-01-02 15:04:05.000 -0700"), "ProcessID": 4, "ThreadID": 5, "Level": 4, "Keywords": "0x8020000000000000", "Message": "text", "StringInserts": e.values,
		})
	},
	"Velociraptor": func(e *windowsEvent) string {
		data := e.data(param)
		if e.names == nil {
			data = object{"Data": e.values}
		}
		return line(object{"System": object{
			"Provider": object{"Name": e.provider}, "EventID": object{"Value": e.id}, "Channel": e.channel, "Computer": e.computer, "EventRecordID": e.record,
			"TimeCreated": object{"SystemTime": float64(e.at.UnixMilli()) / 1000}, "Security": object{"UserID": "S-1-5-18"},
		}, "EventData": data})
	},
	"Get-WinEvent": func(e *windowsEvent) string {
		var list []any
		for _, v := range e.values {
			list = append(list, object{"Value": v})
		}
		return line(object{
			"Message": "text", "Id": e.id, "Version": 5, "Level": 4, "ProviderName": e.provider, "LogName": e.channel, "ProcessId": 4, "ThreadId": 5, "MachineName": e.computer,
			"RecordId": e.record, "TimeCreated": fmt.Sprintf("/Date(%d)/", e.at.UnixMilli()), "Properties": list, "UserId": object{"Value": "S-1-5-18"},
		})
	},
	"Splunk, export": func(e *windowsEvent) string {
		return line(object{"preview": false, "result": e.flat(object{
			"LogName": e.channel, "EventCode": fmt.Sprint(e.id), "SourceName": e.provider, "ComputerName": e.computer, "RecordNumber": fmt.Sprint(e.record),
			"_time": e.zulu(), "sourcetype": "WinEventLog", "host": "other",
		})})
	},
	"Splunk": func(e *windowsEvent) string {
		return line(e.flat(object{
			"LogName": e.channel, "EventCode": e.id, "SourceName": e.provider, "ComputerName": e.computer, "RecordNumber": e.record, "_time": e.zulu(),
			"sourcetype": "WinEventLog:" + e.channel, "host": "other", "Type": "Information", "Keywords": "Classic",
		}))
	},
	"Splunk, XML": func(e *windowsEvent) string {
		return line(object{"preview": false, "result": object{"_raw": e.xml(), "_time": "1", "sourcetype": "XmlWinEventLog", "host": "other"}})
	},
	"Splunk, HTTP event": func(e *windowsEvent) string {
		return line(object{"time": 1, "sourcetype": "XmlWinEventLog", "host": "other", "event": e.xml()})
	},
	"Wazuh": func(e *windowsEvent) string {
		data := object{}
		for name, v := range e.data(param) {
			data[lowerFirst(name)] = v
		}
		return line(object{"timestamp": "2030-01-01T00:00:00Z", "agent": object{"name": "x"}, "rule": object{"level": 3}, "data": object{"win": object{
			"system":    object{"providerName": e.provider, "eventID": fmt.Sprint(e.id), "channel": e.channel, "computer": e.computer, "eventRecordID": fmt.Sprint(e.record), "systemTime": e.zulu()},
			"eventdata": data,
		}}})
	},
	"Sentinel, Event": func(e *windowsEvent) string {
		return line(object{
			"TimeGenerated": e.zulu(), "Source": e.provider, "EventLog": e.channel, "Computer": e.computer, "EventLevel": 4, "EventID": e.id, "Type": "Event", "UserName": "x",
			"EventData": `<DataItem type="System.XmlData" time="` + e.zulu() + `" sourceHealthServiceId="x"><EventData xmlns="http://schemas.microsoft.com/win/2004/08/events/event">` + e.eventData() + `</EventData></DataItem>`,
		})
	},
	"Sentinel, WindowsEvent": func(e *windowsEvent) string {
		data := e.data(param)
		if e.names == nil {
			data = object{"Data": e.values}
		}
		return line(object{
			"TimeGenerated": e.zulu(), "Provider": e.provider, "Channel": e.channel, "Computer": e.computer, "EventID": e.id, "EventRecordId": fmt.Sprint(e.record), "Type": "WindowsEvent",
			"EventData": strings.TrimSpace(line(data)),
		})
	},
	"Sentinel, SecurityEvent": func(e *windowsEvent) string {
		return line(object{
			"TimeGenerated": e.zulu(), "EventSourceName": e.provider, "Channel": e.channel, "Computer": e.computer, "EventID": e.id, "EventRecordId": fmt.Sprint(e.record), "Activity": "x",
			"Type": "SecurityEvent", "EventData": `<EventData xmlns="http://schemas.microsoft.com/win/2004/08/events/event">` + e.eventData() + `</EventData>`,
		})
	},
	"Sentinel, SecurityEvent by columns": func(e *windowsEvent) string {
		return line(e.flat(object{
			"TimeGenerated": e.zulu(), "EventSourceName": e.provider, "Channel": e.channel, "Computer": e.computer, "EventID": e.id, "Activity": "x", "Type": "SecurityEvent",
		}))
	},
	"XML": func(e *windowsEvent) string { return e.xml() + "\n" },
	"XML in a syslog line": func(e *windowsEvent) string {
		return "<13>1 2030-01-01T00:00:00Z host app - - - " + strings.NewReplacer("\n", "&#10;", "\r", "&#13;").Replace(e.xml()) + "\n"
	},
	"Sysmon for Linux in a line of RFC 3164": func(e *windowsEvent) string {
		return "Jan  1 00:00:00 host sysmon[7]: " + strings.NewReplacer("\n", "&#10;", "\r", "&#13;").Replace(e.xml()) + "\n"
	},
	"CSV": func(e *windowsEvent) string {
		o := e.flat(object{"Channel": e.channel, "EventID": e.id, "ProviderName": e.provider, "Computer": e.computer, "RecordNumber": e.record, "TimeCreated": e.zulu()})
		names := slices.Sorted(maps.Keys(o))
		var head, row []string
		for _, name := range names {
			head = append(head, quoted(name))
			row = append(row, quoted(fmt.Sprint(o[name])))
		}
		return strings.Join(head, ",") + "\n" + strings.Join(row, ",") + "\n"
	},
}

func quoted(s string) string { return `"` + strings.ReplaceAll(s, `"`, `""`) + `"` }
