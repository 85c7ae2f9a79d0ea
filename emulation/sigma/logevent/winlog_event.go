package logevent

import "strings"

// winlogEvent reads an event of the Windows event log as Winlogbeat and the
// Elastic agent ship it, nested or with dotted names; nil if the record is none.
// The fields get the names that rules use; those of ECS stay beside them.
func winlogEvent(record map[string]any) *Event {
	log, _ := record["winlog"].(map[string]any)
	if log == nil {
		if stringOf(record["winlog.channel"]) == "" {
			return nil
		}
		log = nestDotted(record, "winlog.")
	}
	system := map[string]any{}
	for to, from := range map[string]string{
		"Channel": "channel", "EventID": "event_id", "Computer": "computer_name", "EventRecordID": "record_id",
		"Provider_Name": "provider_name", "Provider_Guid": "provider_guid", "Keywords": "keywords", "Opcode": "opcode",
		"Task": "task", "Version": "version",
	} {
		if v := log[from]; v != nil {
			system[to] = v
		}
	}
	ev := windowsEvent(map[string]any{"System": system, "EventData": log["event_data"], "UserData": log["user_data"]})
	if ev == nil {
		return nil
	}
	for name, v := range record {
		if _, taken := ev.Fields[name]; !taken {
			ev.Fields[name] = v
		}
	}
	if ev.Time.IsZero() {
		ev.Time = recordTime(record)
	}
	return ev
}

// nestDotted gathers the keys below a prefix, their event data one level deeper.
func nestDotted(record map[string]any, prefix string) map[string]any {
	out := map[string]any{}
	for key, v := range record {
		rest, ok := strings.CutPrefix(key, prefix)
		if !ok {
			continue
		}
		if part, name, nested := strings.Cut(rest, "."); nested && strings.HasSuffix(part, "_data") {
			data, _ := out[part].(map[string]any)
			if data == nil {
				data = map[string]any{}
				out[part] = data
			}
			data[name] = v
			continue
		}
		if _, taken := out[rest]; !taken {
			out[rest] = v
		}
	}
	return out
}
