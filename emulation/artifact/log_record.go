package artifact

import (
	"encoding/json"
	"strings"
)

// EventLogFolder is where Windows keeps its event logs.
const EventLogFolder = System32 + `winevt\Logs\`

// eventLogEnding is that of an event log's file.
const eventLogEnding = ".evtx"

// LogRecord is what a service or program says of itself in an event log: a line of
// JSON in the text file that stands for the log.
type LogRecord struct {
	Provider string            `json:"provider"`
	ID       int               `json:"id"`
	Data     map[string]string `json:"data"`
}

// EventLogFile returns the file of a channel, as the event log service names it.
func EventLogFile(channel string) string {
	return EventLogFolder + strings.ReplaceAll(channel, "/", "%4") + eventLogEnding
}

// EventLogChannel is the inverse of [EventLogFile]. ok is false for a path that is no
// event log's.
func EventLogChannel(path string) (channel string, ok bool) {
	if !IsBelow(path, EventLogFolder) {
		return "", false
	}
	name, ok := strings.CutSuffix(path[len(EventLogFolder):], eventLogEnding)
	return strings.ReplaceAll(name, "%4", "/"), ok
}

// Encode returns the record's line in the log, with its line end.
func (r LogRecord) Encode() []byte { return jsonLine(r) }

// DecodeLogRecords reads the records among a log's lines; other lines are text that
// a host had in its log before.
func DecodeLogRecords(content []byte) []LogRecord {
	var records []LogRecord
	for line := range strings.Lines(string(content)) {
		var record LogRecord
		if strings.HasPrefix(line, "{") && json.Unmarshal([]byte(line), &record) == nil {
			records = append(records, record)
		}
	}
	return records
}
