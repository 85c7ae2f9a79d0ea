package logevent

import (
	"maps"
	"strings"
)

// windowsEvent flattens an event of the Windows event log as its XML is usually
// turned into JSON; nil if the record is none. System attributes become
// Provider_Name, Execution_ProcessID and so on; the names of EventData lose
// their blanks, as the rules have them. [Rules: Field Usage]
func windowsEvent(record map[string]any) *Event {
	event, _ := record["Event"].(map[string]any)
	if event == nil {
		event = record
	}
	system, _ := event["System"].(map[string]any)
	if system == nil || system["EventID"] == nil && system["Channel"] == nil {
		return nil
	}
	fields := make(map[string]any, 48)
	for name, v := range system {
		addSystem(fields, name, v)
	}
	for _, part := range []string{"EventData", "UserData"} {
		data := map[string]any{}
		addData(data, event[part], 0)
		for name, v := range data {
			switch name {
			case "EventID", "Channel", "Provider_Name":
				if fields[name] != nil {
					continue // these tell what the event is
				}
			}
			fields[name] = v
		}
	}
	channel, id := stringOf(fields["Channel"]), intOf(fields["EventID"])
	ev := &Event{Fields: fields, LogSources: WindowsLogSources(channel, id)}
	addProcessCreation(fields, channel, id)
	if t, ok := parseTime(stringOf(fields["TimeCreated_SystemTime"])); ok {
		ev.Time = t
	} else {
		ev.Time = recordTime(fields)
	}
	return ev
}

// attributes finds the XML attributes of an element in the spellings converters
// use.
func attributes(m map[string]any) map[string]any {
	for _, key := range []string{"#attributes", "@attributes", "$"} {
		if a, ok := m[key].(map[string]any); ok {
			return a
		}
	}
	return nil
}

func addSystem(fields map[string]any, name string, v any) {
	m, ok := v.(map[string]any)
	if !ok {
		if v != nil {
			fields[name] = v
		}
		return
	}
	for key, a := range attributes(m) {
		fields[name+"_"+key] = a
	}
	for key, a := range m {
		switch {
		case key == "#text":
			fields[name] = a
		case strings.HasPrefix(key, "@") && key != "@attributes":
			fields[name+"_"+key[1:]] = a
		case !strings.HasPrefix(key, "#") && key != "@attributes" && key != "$":
			fields[name+"_"+key] = a
		}
	}
}

// addData takes EventData or UserData, whose elements may lie one level deeper
// under the name of their schema.
func addData(fields map[string]any, v any, depth int) {
	m, ok := v.(map[string]any)
	if !ok || depth > 3 {
		return
	}
	for name, v := range m {
		if strings.HasPrefix(name, "#") || strings.HasPrefix(name, "@") || name == "$" {
			continue
		}
		if name == "Data" && addNamed(fields, v) {
			continue
		}
		name = strings.ReplaceAll(name, " ", "")
		inner, isMap := v.(map[string]any)
		switch {
		case !isMap:
			fields[name] = v
		case inner["#text"] != nil || len(attributes(inner)) == len(inner):
			fields[name] = inner["#text"]
		default:
			fields[name] = v
			addData(fields, v, depth+1)
		}
	}
}

// addNamed takes Data elements that carry their name as an attribute.
func addNamed(fields map[string]any, v any) bool {
	list, ok := v.([]any)
	if !ok {
		list = []any{v}
	}
	named := false
	var unnamed []any
	for _, e := range list {
		m, ok := e.(map[string]any)
		if !ok {
			unnamed = append(unnamed, e)
			continue
		}
		name := stringOf(attributes(m)["Name"])
		if name == "" {
			name = stringOf(m["@Name"])
		}
		if name == "" {
			unnamed = append(unnamed, m["#text"])
			continue
		}
		fields[strings.ReplaceAll(name, " ", "")] = m["#text"]
		named = true
	}
	if m, ok := v.(map[string]any); ok && !named {
		fields["Data"] = m["#text"]
		return true
	}
	if len(unnamed) > 0 {
		fields["Data"] = unnamed
	}
	return true
}

// sysmonName says how Sysmon calls what the Security log reports in 4688.
func sysmonName(security string) string {
	switch security {
	case "NewProcessName":
		return "Image"
	case "ParentProcessName":
		return "ParentImage"
	case "ProcessCommandLine":
		return "CommandLine"
	case "SubjectLogonId":
		return "LogonId"
	}
	return ""
}

// integrityLevel names a mandatory label's SID as Sysmon does.
func integrityLevel(sid string) string {
	switch sid {
	case "S-1-16-0":
		return "Untrusted"
	case "S-1-16-4096":
		return "Low"
	case "S-1-16-8192", "S-1-16-8448":
		return "Medium"
	case "S-1-16-12288":
		return "High"
	case "S-1-16-16384":
		return "System"
	}
	return ""
}

// flatten gives a Windows event without System the names that rules use: of its
// EventData, if that is apart, and Sysmon's.
func flatten(record map[string]any, channel string) {
	for _, part := range []string{"EventData", "UserData"} {
		data := map[string]any{}
		addData(data, record[part], 0)
		for name, v := range data {
			if _, taken := record[name]; !taken {
				record[name] = v
			}
		}
	}
	addProcessCreation(record, channel, intOf(record["EventID"]))
}

// addProcessCreation says in Sysmon's names what the Security log reports as 4688.
func addProcessCreation(fields map[string]any, channel string, id int) {
	if id != 4688 || !strings.EqualFold(channel, "Security") {
		return
	}
	more := map[string]any{}
	for name, v := range fields {
		if to := sysmonName(name); to != "" {
			more[to] = v
		}
	}
	if level := integrityLevel(stringOf(fields["MandatoryLabel"])); level != "" {
		more["IntegrityLevel"] = level
	}
	if user := stringOf(fields["SubjectUserName"]); user != "" {
		more["User"] = stringOf(fields["SubjectDomainName"]) + `\` + user
	}
	for name := range more {
		if _, taken := fields[name]; taken {
			delete(more, name)
		}
	}
	maps.Copy(fields, more)
}
