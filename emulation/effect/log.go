package effect

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
)

// WindowsLogs is where Windows keeps its event logs.
const WindowsLogs = `C:\Windows\System32\winevt\Logs\`

// Record is what a service or program says of itself in an event log: a line of
// JSON in the text file that stands for the log.
type Record struct {
	Provider string            `json:"provider"`
	ID       int               `json:"id"`
	Data     map[string]string `json:"data"`
}

// WindowsLog is the file of a channel, as the event log service names it.
func WindowsLog(channel string) string {
	return WindowsLogs + strings.ReplaceAll(channel, "/", "%4") + ".evtx"
}

// WindowsChannel is the inverse of WindowsLog; ok is false for no log's file.
func WindowsChannel(file string) (channel string, ok bool) {
	if len(file) <= len(WindowsLogs) || !strings.EqualFold(file[:len(WindowsLogs)], WindowsLogs) {
		return "", false
	}
	name, ok := strings.CutSuffix(file[len(WindowsLogs):], ".evtx")
	return strings.ReplaceAll(name, "%4", "/"), ok
}

// ReadRecords reads the records among a log's lines; other lines are text that
// a host had in its log before.
func ReadRecords(content string) []Record {
	var all []Record
	for line := range strings.Lines(content) {
		var record Record
		if strings.HasPrefix(line, "{") && json.Unmarshal([]byte(line), &record) == nil {
			all = append(all, record)
		}
	}
	return all
}

// Log adds a record to a channel's log, as its provider does through the event
// log service.
type Log struct {
	Channel string `json:"channel"`
	Record  Record `json:"record"`
}

func (Log) Kind() string        { return "log" }
func (l Log) Touches() []string { return []string{WindowsLog(l.Channel)} }
func (l Log) String() string    { return fmt.Sprintf("write record %d to %s", l.Record.ID, l.Channel) }

// Line is the record as the log's file has it.
func (l Log) Line() ([]byte, error) {
	var line bytes.Buffer
	out := json.NewEncoder(&line)
	out.SetEscapeHTML(false) // a script is long enough as it is
	if err := out.Encode(l.Record); err != nil {
		return nil, fmt.Errorf("write record %d: %w", l.Record.ID, err)
	}
	return line.Bytes(), nil
}

// Perform makes the log if the host has none.
func (l Log) Perform(in Executor) error {
	line, err := l.Line()
	if err != nil {
		return err
	}
	return writeFile(in.Tree, WindowsLog(l.Channel), line, 0o644, true)
}
