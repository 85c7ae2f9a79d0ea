package linux

import (
	"encoding/csv"
	"encoding/json"
	"strings"
)

// pgauditColumns are those of a record of pgaudit, in order, by the names of its
// manual in lower case: https://github.com/pgaudit/pgaudit#format
var pgauditColumns = [...]string{
	"audit_type", "statement_id", "substatement_id", "class", "command", "object_type", "object_name", "statement", "parameter",
}

// postgresLine reads a line of PostgreSQL's jsonlog, whose keys are its fields.
// Of a message by pgaudit the columns are fields as well.
func postgresLine(line string) (map[string]any, bool) {
	var fields map[string]any
	if err := json.Unmarshal([]byte(line), &fields); err != nil || fields == nil {
		return nil, false
	}
	message, _ := fields["message"].(string)
	if record, ok := strings.CutPrefix(message, "AUDIT: "); ok {
		addAudit(record, fields)
	}
	return fields, true
}

// addAudit leaves a record that is cut off to the message alone.
func addAudit(text string, fields map[string]any) {
	columns, err := csv.NewReader(strings.NewReader(text)).Read()
	if err != nil || len(columns) < len(pgauditColumns) {
		return
	}
	for i, name := range pgauditColumns {
		if columns[i] != "" {
			fields[name] = number(columns[i])
		}
	}
}
