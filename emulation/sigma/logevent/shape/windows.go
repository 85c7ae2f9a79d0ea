package shape

import (
	"slices"
	"strings"
	"time"

	"github.com/ringer-lab/ringer/emulation/sigma/logevent"
	"github.com/ringer-lab/ringer/emulation/sigma/logevent/record"
	"github.com/ringer-lab/ringer/emulation/sigma/logevent/winevent"
)

// layout says where a tool has the parts of an event of the Windows event log.
type layout struct {
	at string // the path of the head; empty where it is the record itself
	// system says that the members of the head are the elements of System.
	system bool
	head   []headField
	data   []string // the paths of its data, as far as they are not in the record's other members
	// rest has the record's other members be fields as well. Of a flat record they are
	// its data.
	rest bool
	// hidden are members of the head whose name is that of a value of the data.
	hidden []string
	// lower says that the first letter of the data's names was made lower-case.
	lower bool
	time  []string
	// beside are parts of the head that stand beside it.
	beside []headField
}

// headField is how rules call a part of the head, and how tools do.
type headField struct {
	name  string
	paths []string
}

// flatHead are the parts of the head in flat records, and what tools call them.
var flatHead = []headField{
	{"Channel", []string{"Channel", "LogName", "log_name", "EventLog", "Log Name", "winlog_channel", "Logfile", "channel", "ContainerLog"}},
	{"EventID", []string{"EventID", "EventId", "EventCode", "event_id", "Event ID", "event.code", "Id", "ID"}},
	{"Provider_Name", []string{"Provider_Name", "ProviderName", "SourceName", "EventSourceName", "source_name", "provider_name", "Provider", "Provider Name", "EventProvider", "Source", "provider"}},
	{"Provider_Guid", []string{"Provider_Guid", "ProviderGuid", "ProviderId", "provider_guid"}},
	{"Computer", []string{"Computer", "ComputerName", "computer_name", "MachineName", "Hostname", "HostName", "hostname", "host.name", "host"}},
	{"EventRecordID", []string{"EventRecordID", "EventRecordId", "RecordNumber", "RecordId", "record_number", "record_id"}},
	{"Level", []string{"Level", "EventLevel", "SeverityValue", "level"}},
	{"Keywords", []string{"Keywords", "keywords"}},
	{"Task", []string{"Task", "TaskCategory", "task"}},
	{"Opcode", []string{"OpcodeValue", "Opcode", "OpCode", "opcode"}},
	{"Execution_ProcessID", []string{"Execution_ProcessID", "ExecutionProcessID", "SystemProcessId", "ProcessID"}},
	{"Execution_ThreadID", []string{"Execution_ThreadID", "ExecutionThreadID", "SystemThreadId", "ThreadID"}},
	{"Security_UserID", []string{"Security_UserID", "SystemUserId", "UserID", "Sid"}},
	{"TimeCreated_SystemTime", []string{"TimeCreated_SystemTime", "SystemTime"}},
	{"Message", []string{"Message", "RenderedDescription", "message"}},
}

// flatData are the members that hold the data of flat records, if they are objects,
// lists, or texts of JSON or XML.
var flatData = []string{"EventData", "UserData", "event_data", "user_data", "Payload", "ParameterXml", "Properties", "StringInserts", "Event_Data", "eventdata"}

// flatTimes are where flat records tell the time of their head.
var flatTimes = []string{
	"TimeCreated_SystemTime", "TimeCreated", "SystemTime", "EventTime", "EventCreatedTime", "@timestamp", "timestamp", "TimeGenerated", "TimeGenerated [UTC]",
	"Date and Time", "DateAndTime", "date_created", "TimeWritten", "_time", "time", "UtcTime",
}

var windowsRows = []row{
	{
		name: "Windows event", keys: []string{"Event"}, is: hasOne("Event.System.EventID", "Event.System.Channel", "Event.System.Provider", "Event.System.EventID_attributes"),
		windows: &layout{at: "Event.System", system: true, data: []string{"Event.EventData", "Event.UserData"}},
	},
	{
		name: "Windows event without its outer element", keys: []string{"System"}, is: hasOne("System.EventID", "System.Channel", "System.Provider"),
		windows: &layout{at: "System", system: true, data: []string{"EventData", "UserData"}},
	},
	{
		name: "Winlogbeat 7, 8 and Elastic Agent", keys: []string{"winlog", "winlog.channel", "winlog.event_id"},
		is: hasOne("winlog.channel", "winlog.event_id"),
		windows: &layout{at: "winlog", rest: true, data: []string{"winlog.event_data", "winlog.user_data"}, head: []headField{
			{"Channel", []string{"channel"}}, {"EventID", []string{"event_id"}}, {"Computer", []string{"computer_name"}}, {"EventRecordID", []string{"record_id"}},
			{"Provider_Name", []string{"provider_name"}}, {"Provider_Guid", []string{"provider_guid"}}, {"Keywords", []string{"keywords"}},
			{"Opcode", []string{"opcode"}}, {"Task", []string{"task"}}, {"Version", []string{"version"}},
		}, beside: []headField{{"Level", []string{"log.level"}}, {"Message", []string{"message"}}}, time: []string{"@timestamp"}},
	},
	{
		name: "Wazuh", keys: []string{"data", "win"}, is: hasOne("data.win.system", "win.system"),
		windows: &layout{at: "data.win.system", lower: true, data: []string{"data.win.eventdata", "win.eventdata"}, head: []headField{
			{"Channel", []string{"channel"}}, {"EventID", []string{"eventID"}}, {"Computer", []string{"computer"}}, {"EventRecordID", []string{"eventRecordID"}},
			{"Provider_Name", []string{"providerName"}}, {"Provider_Guid", []string{"providerGuid"}}, {"Keywords", []string{"keywords"}},
			{"Opcode", []string{"opcode"}}, {"Task", []string{"task"}}, {"Version", []string{"version"}}, {"Level", []string{"level"}},
			{"Execution_ProcessID", []string{"processID"}}, {"Execution_ThreadID", []string{"threadID"}}, {"Message", []string{"message"}},
			{"TimeCreated_SystemTime", []string{"systemTime"}},
		}},
	},
	{
		name: "Get-WinEvent | ConvertTo-Json", keys: []string{"Properties"}, is: all(hasOne("Id", "EventID"), hasOne("LogName", "ProviderName"), holds(record.List, "Properties")),
		windows: &layout{head: slices.Concat(flatHead, []headField{
			{"Execution_ProcessID", []string{"ProcessId"}}, {"Execution_ThreadID", []string{"ThreadId"}}, {"Security_UserID", []string{"UserId"}},
		}), data: flatData, rest: true, hidden: []string{"ProcessId", "ThreadId", "UserId"}, time: flatTimes},
	},
	{
		name: "osquery", keys: []string{"eventid"}, is: all(number("eventid"), has("data", "provider_name")),
		windows: &layout{head: []headField{
			{"Channel", []string{"channel", "source"}}, {"EventID", []string{"eventid"}}, {"Provider_Name", []string{"provider_name"}}, {"Provider_Guid", []string{"provider_guid"}},
			{"Computer", []string{"computer_name"}}, {"Level", []string{"level"}}, {"Keywords", []string{"keywords"}}, {"Task", []string{"task"}},
			{"Execution_ProcessID", []string{"pid"}}, {"Execution_ThreadID", []string{"tid"}},
		}, data: []string{"data"}, time: []string{"datetime", "time"}},
	},
	{
		name: "flat Windows event", keys: []string{"Channel", "EventID", "EventCode", "EventId", "event_id", "Event ID", "Id", "ID", "LogName", "log_name"},
		is: either(
			holds(record.Text, "Channel"),
			number("EventID"),
			number("EventCode"),
			all(either(number("EventId"), number("event_id"), number("Event ID"), number("Id"), number("ID")),
				hasOne("LogName", "log_name", "EventLog", "Log Name", "SourceName", "source_name", "ProviderName", "provider_name", "Provider", "Source", "Payload")),
			all(hasOne("LogName", "log_name"), hasOne("SourceName", "source_name", "ProviderName", "EventType", "event_data")),
		),
		windows: &layout{head: flatHead, data: flatData, rest: true, time: flatTimes},
	},
}

// number asks for a number at a path, which may lie in an element with attributes.
func number(at string) condition {
	return func(v *record.Value) bool {
		found := v.At(at)
		if found != nil && found.Kind == record.Object {
			return true
		}
		s := found.Scalar()
		return s != "" && strings.Trim(s, "0123456789") == ""
	}
}

// event is the event of a record of this layout.
func (w *layout) event(parser *record.Parser, v *record.Value, around time.Time) *logevent.Event {
	head := v
	if w.at != "" {
		head = v.At(w.at)
		if head == nil {
			head = dotted(parser, v, w.at)
		}
	}
	p := winevent.New(parser, room(head)+room(v))
	if w.system {
		for i := range head.Members {
			p.System(head.Members[i].Name, &head.Members[i].Value)
		}
	}
	setHead(p, head, w.head)
	setHead(p, v, w.beside)
	var took [4]string
	taken := took[:0]
	for _, path := range w.data {
		data := v.At(path)
		if data == nil && w.at != "" && !w.system {
			data = dotted(parser, v, path)
		}
		if p.Data(data, w.lower) {
			taken = append(taken, path)
		}
	}
	if w.rest {
		w.takeRest(p, v, taken)
	}
	own, _ := timeIn(v, w.time)
	e := p.Event(own, around)
	withoutContext(e.Fields)
	return e
}

func setHead(p *winevent.Parts, v *record.Value, fields []headField) {
	for _, h := range fields {
		for _, path := range h.paths {
			if found := v.At(path); found != nil && found.Kind != record.Object {
				p.Set(h.name, found)
			}
		}
	}
}

// systemElements are the elements of System that have attributes.
var systemElements = []string{"Provider", "EventID", "TimeCreated", "Execution", "Security", "Correlation"}

func room(v *record.Value) int {
	if v == nil {
		return 0
	}
	n := len(v.Members)
	for i := range v.Members {
		n += len(v.Members[i].Members)
	}
	return n
}

// takeRest takes the members beside the head and the data.
func (w *layout) takeRest(p *winevent.Parts, v *record.Value, taken []string) {
	for i := range v.Members {
		m := &v.Members[i]
		switch {
		case slices.Contains(w.hidden, m.Name), slices.Contains(taken, m.Name):
		case w.at == "" && m.Kind == record.Object && slices.Contains(systemElements, m.Name):
			p.System(m.Name, &m.Value)
		default:
			p.Rest(m.Name, &m.Value)
		}
	}
}

// dotted gathers the members whose names begin with a path and a dot; nil if there are
// none. Their names may go on with dots.
func dotted(parser *record.Parser, v *record.Value, path string) *record.Value {
	var own [32]record.Member
	members := own[:0]
	for i := range v.Members {
		if rest, ok := strings.CutPrefix(v.Members[i].Name, path+"."); ok {
			members = append(members, record.Member{Name: rest, Value: v.Members[i].Value})
		}
	}
	if len(members) == 0 {
		return nil
	}
	return &record.Value{Kind: record.Object, Members: parser.Keep(members)}
}
