package logline

import (
	"encoding/csv"
	"encoding/json"
	"strings"
)

// Statement is what PostgreSQL logs of a statement, where it logs them all and in
// JSON: https://www.postgresql.org/docs/15/runtime-config-logging.html
type Statement struct{ Role, Database, Program, Text string }

// Encode returns the line, with its line end.
func (s Statement) Encode() []byte {
	line, err := json.Marshal(map[string]string{
		"user": s.Role, "dbname": s.Database, "application_name": s.Program, "ps": "COPY", "error_severity": "LOG",
		"backend_type": "client backend", "remote_host": "[local]", "message": "statement: " + s.Text,
	})
	if err != nil {
		panic("logline: texts by name cannot be encoded: " + err.Error()) // texts always can
	}
	return append(line, '\n')
}

// pgauditHead is what the messages of pgaudit begin with.
const pgauditHead = "AUDIT: "

// pgauditColumns are those of a record of pgaudit, in order, by the names of its
// manual in lower case: https://github.com/pgaudit/pgaudit#format
var pgauditColumns = [...]string{
	"audit_type", "statement_id", "substatement_id", "class", "command", "object_type", "object_name", "statement", "parameter",
}

// DecodePostgreSQL reads a line of PostgreSQL's jsonlog: fields are its keys and
// values. Of a message by pgaudit, audit has the columns that are not empty; a record
// of pgaudit that is cut off has none. ok is false for a line that is no JSON object.
func DecodePostgreSQL(line string) (fields map[string]any, audit map[string]string, ok bool) {
	if err := json.Unmarshal([]byte(line), &fields); err != nil || fields == nil {
		return nil, nil, false
	}
	message, _ := fields["message"].(string)
	record, audited := strings.CutPrefix(message, pgauditHead)
	if !audited {
		return fields, nil, true
	}
	columns, err := csv.NewReader(strings.NewReader(record)).Read()
	if err != nil || len(columns) < len(pgauditColumns) {
		return fields, nil, true
	}
	audit = map[string]string{}
	for i, name := range pgauditColumns {
		if columns[i] != "" {
			audit[name] = columns[i]
		}
	}
	return fields, audit, true
}
