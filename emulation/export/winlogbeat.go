package export

import "io"

// winlogbeat writes events of the Windows event log as Winlogbeat 8 ships them.
type winlogbeat struct {
	lines
	about Run
}

func newWinlogbeat(w io.Writer, about Run) Writer { return winlogbeat{newLines(w), about} }

const notWindows = "events of other logs than the Windows event log"

// Write writes one line.
func (b winlogbeat) Write(r Record) error {
	head, data := windowsRecord(&r, b.about)
	if head == nil {
		b.tally[notWindows]++
		return nil
	}
	doc := object{
		timeName: timestamp(r.Event.Time), "ecs": object{"version": "8.0.0"}, contextName: r.context(b.about),
		"agent": object{"type": "ringer"},
		"event": object{"kind": "event"},
	}
	doc.put("agent.version", b.about.Version)
	doc.put("host.name", head["Computer"])
	doc.put("event.code", head["EventID"])
	doc.put("event.provider", head["Provider_Name"])
	doc.put("winlog.channel", head["Channel"])
	doc.put("winlog.computer_name", head["Computer"])
	doc.put("winlog.event_id", head["EventID"])
	doc.put("winlog.provider_name", head["Provider_Name"])
	doc.put("winlog.record_id", head["EventRecordID"])
	texts := object{}
	for name, v := range data {
		texts[name] = winlogText(v)
	}
	part := "winlog.event_data"
	if element := userDataOf(head); element != "" {
		part, texts["xml_name"] = "winlog.user_data", element
	}
	doc.put(part, texts)
	if message, ok := textOf(data["Message"]); ok {
		doc.put("message", message)
	}
	return b.encode(doc)
}

// winlogText is a value of an event's data as Winlogbeat has it: a text. What holds
// others stays as it is.
func winlogText(v any) any {
	if text, ok := textOf(v); ok {
		return text
	}
	return plain(v)
}

// windowsHead are the fields of a Windows event that stand in its System element.
var windowsHead = [...]string{"Channel", "EventID", "Computer", "Provider_Name", "EventRecordID"}

// windowsRecord parts the fields of an event of the Windows event log into those of
// its head, as texts, and its data; head is nil if it is an event of another log.
func windowsRecord(r *Record, about Run) (head map[string]string, data map[string]any) {
	own := r.own(about)
	channel, hasChannel := textOf(own["Channel"])
	id, hasID := textOf(own["EventID"])
	if r.product() != "windows" || !hasChannel || !hasID || channel == "" {
		return nil, nil
	}
	head, data = map[string]string{}, map[string]any{}
	for name, v := range own {
		data[name] = v
	}
	for _, name := range windowsHead {
		if text, ok := textOf(own[name]); ok {
			head[name] = text
			delete(data, name)
		}
	}
	// The record of a cleared log stands in System; its channel is the one that was
	// cleared, a value of its data.
	if id == "104" && head["Provider_Name"] == eventLogProvider {
		head["Channel"], data["Channel"] = "System", channel
	}
	return head, data
}

const eventLogProvider = "Microsoft-Windows-Eventlog"

// userDataOf is the element in whose place others have EventData; it is empty where
// the event has EventData.
func userDataOf(head map[string]string) string {
	if id := head["EventID"]; head["Provider_Name"] == eventLogProvider && (id == "104" || id == "1102") {
		return "LogFileCleared"
	}
	return ""
}
