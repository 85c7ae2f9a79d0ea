package logevent

import (
	"encoding/json"
	"strings"
)

// unwrapEnvelope is the Windows event inside what a tool puts around it; nil where
// nothing is around it. A search engine has it below _source, Chainsaw below
// document.data, and EvtxECmd writes the data as a text of JSON beside names of
// its own for the head.
func unwrapEnvelope(record map[string]any) map[string]any {
	if hit, ok := record["_source"].(map[string]any); ok {
		return hit
	}
	if document, ok := record["document"].(map[string]any); ok {
		data, _ := document["data"].(map[string]any)
		return data
	}
	payload, ok := record["Payload"].(string)
	if !ok || record["EventId"] == nil || stringOf(record["Channel"]) == "" {
		return nil
	}
	in := json.NewDecoder(strings.NewReader(payload))
	in.UseNumber()
	event := map[string]any{}
	if in.Decode(&event) != nil {
		return nil
	}
	event["System"] = map[string]any{
		"Channel": record["Channel"], "EventID": record["EventId"], "Provider_Name": record["Provider"],
		"Computer": record["Computer"], "TimeCreated_SystemTime": record["TimeCreated"],
	}
	return event
}
