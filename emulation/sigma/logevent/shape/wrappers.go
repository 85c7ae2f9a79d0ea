package shape

import (
	"github.com/ringer-lab/ringer/emulation/sigma/logevent"
	"github.com/ringer-lab/ringer/emulation/sigma/logevent/auditd"
	"github.com/ringer-lab/ringer/emulation/sigma/logevent/record"
)

// wrapper is what a tool puts around records.
type wrapper struct {
	name string
	keys []string // members of which it has one
	is   condition
	at   string   // the path to the record, or to the list of them
	of   string   // the path in each element of the list, if it is not the record itself
	time []string // the paths of the time of records that do not tell it
	// sources are those of records that are not known by themselves.
	sources []logevent.LogSource
	// text is the record as the text that the tool made it of, if it is nowhere in it.
	text func(v *record.Value) string
}

// wrappers are what is unfolded, in this order.
var wrappers = []wrapper{
	{name: "answer of Elasticsearch", keys: []string{"hits"}, is: holds(record.List, "hits.hits"), at: "hits.hits", of: "_source"},
	{name: "hit of Elasticsearch", keys: []string{"_source"}, is: holds(record.Object, "_source"), at: "_source"},
	{name: "export of Splunk", keys: []string{"result"}, is: all(holds(record.Object, "result"), hasOne("preview", "offset", "lastrow")), at: "result", time: []string{"result._time"}},
	{name: "search of Splunk", keys: []string{"results"}, is: all(holds(record.List, "results"), hasOne("preview", "fields", "init_offset")), at: "results"},
	{name: "HTTP event of Splunk", keys: []string{"event"}, is: all(either(holds(record.Object, "event"), textOfRecord("event")), hasOne("sourcetype", "source", "index", "host"), not(hasOne("winlog", "ecs", "agent"))), at: "event", time: []string{"time"}},
	{name: "file of CloudTrail", keys: []string{"Records"}, is: holds(record.List, "Records"), at: "Records"},
	{name: "look-up in CloudTrail", keys: []string{"Events"}, is: holds(record.List, "Events"), at: "Events", of: "CloudTrailEvent"},
	{name: "event looked up in CloudTrail", keys: []string{"CloudTrailEvent"}, is: textOfRecord("CloudTrailEvent"), at: "CloudTrailEvent"},
	{name: "CloudWatch Logs", keys: []string{"logEvents"}, is: holds(record.List, "logEvents"), at: "logEvents", of: "message", time: []string{"timestamp"}},
	{name: "EventBridge", keys: []string{"detail-type"}, is: holds(record.Object, "detail"), at: "detail", time: []string{"time"}},
	{name: "export of Azure", keys: []string{"records"}, is: holds(record.List, "records"), at: "records"},
	{name: "answer of Microsoft Graph", keys: []string{"value"}, is: all(holds(record.List, "value"), hasOne("@odata.context", "nextLink", "@odata.nextLink")), at: "value"},
	{name: "export of the unified audit log", keys: []string{"AuditData"}, is: either(textOfRecord("AuditData"), holds(record.Object, "AuditData")), at: "AuditData", time: []string{"CreationDate"}},
	{name: "list of Kubernetes audit events", keys: []string{"items"}, is: all(holds(record.List, "items"), begins("apiVersion", "audit.k8s.io/")), at: "items",
		sources: kubernetesAudit},
	{name: "list of items", keys: []string{"items"}, is: all(holds(record.List, "items"), hasOne("kind", "apiVersion", "nextPageToken", "etag")), at: "items"},
	{name: "entries of Cloud Logging", keys: []string{"entries"}, is: holds(record.List, "entries"), at: "entries"},
	{name: "Chainsaw", keys: []string{"document"}, is: holds(record.Object, "document.data"), at: "document.data"},
	{name: "osquery", keys: []string{"columns"}, is: all(holds(record.Object, "columns"), hasOne("hostIdentifier", "action", "calendarTime")), at: "columns", time: []string{"unixTime"}},
	{name: "snapshot of osquery", keys: []string{"snapshot"}, is: all(holds(record.List, "snapshot"), has("hostIdentifier")), at: "snapshot", time: []string{"unixTime"}},
	{name: "Laurel", keys: []string{"SYSCALL", "EXECVE", "PROCTITLE", "USER_CMD", "USER_LOGIN", "USER_AUTH", "CONFIG_CHANGE"}, is: all(contains("ID", ":"), not(has("type"))), text: auditd.FromLaurel},
	{name: "go-audit", keys: []string{"messages"}, is: all(holds(record.List, "messages"), has("sequence", "timestamp")), text: auditd.FromGoAudit},
	{name: "OpenWEC", keys: []string{"data"}, is: all(textOfRecord("data"), hasOne("meta", "OpenWEC")), at: "data"},
}

// textMembers are where records hold another one as text, the original first.
var textMembers = []string{
	"event.original", "_raw", "SyslogMessage", "MESSAGE", "message", "Message", "log", "msg", "RawData", "RawEvent", "rawEvent", "raw", "full_log", "log_message", "text",
}

// textOfRecord asks for a text at a path that begins as JSON or XML does.
func textOfRecord(at string) condition {
	return func(v *record.Value) bool {
		found := v.At(at)
		return found != nil && found.Kind == record.Text && found.Text != "" && (found.Text[0] == '{' || found.Text[0] == '<')
	}
}

func not(c condition) condition { return func(v *record.Value) bool { return !c(v) } }
