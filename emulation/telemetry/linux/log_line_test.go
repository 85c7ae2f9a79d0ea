package linux

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestPostgresLineHoldsWhatPgauditWrote(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, line string
		want       map[string]any
	}{
		{
			"an audited copy", `{"user":"billing","message":"AUDIT: SESSION,1,1,READ,COPY,TABLE,public.cdr_voice,\"COPY public.cdr_voice (cdr_id, a_msisdn) TO stdout;\",<not logged>"}`,
			map[string]any{
				"user": "billing", "audit_type": "SESSION", "statement_id": 1, "substatement_id": 1, "class": "READ", "command": "COPY",
				"object_type": "TABLE", "object_name": "public.cdr_voice", "statement": "COPY public.cdr_voice (cdr_id, a_msisdn) TO stdout;",
				"parameter": "<not logged>",
				"message":   `AUDIT: SESSION,1,1,READ,COPY,TABLE,public.cdr_voice,"COPY public.cdr_voice (cdr_id, a_msisdn) TO stdout;",<not logged>`,
			},
		},
		{
			"a statement with quotes and a line's end", `{"message":"AUDIT: SESSION,2,1,READ,SELECT,,,\"SELECT \"\"a\"\",\n'b'\",<none>"}`,
			map[string]any{
				"audit_type": "SESSION", "statement_id": 2, "substatement_id": 1, "class": "READ", "command": "SELECT",
				"statement": "SELECT \"a\",\n'b'", "parameter": "<none>", "message": "AUDIT: SESSION,2,1,READ,SELECT,,,\"SELECT \"\"a\"\",\n'b'\",<none>",
			},
		},
		{"a record that is cut off keeps its message", `{"message":"AUDIT: SESSION,1,1,READ"}`, map[string]any{"message": "AUDIT: SESSION,1,1,READ"}},
		{"another message", `{"message":"connection authorized: user=billing","pid":32}`, map[string]any{"message": "connection authorized: user=billing", "pid": float64(32)}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got, ok := postgresLine(c.line)
			require.True(t, ok)
			assert.Equal(t, c.want, got)
		})
	}
	for _, line := range []string{"", "null", "[]", "LOG:  redirecting log output", `{"message":`} {
		_, ok := postgresLine(line)
		assert.False(t, ok, line)
	}
}

// A line is JSON or none; of its own keys none is lost.
func FuzzPostgresLine(f *testing.F) {
	f.Add(`{"message":"AUDIT: SESSION,1,1,READ,COPY,,,\"COPY x TO stdout\",<none>"}`)
	f.Add(`{"message":"AUDIT: ,,,,,,,,","class":"x"}`)
	f.Fuzz(func(t *testing.T, line string) {
		got, ok := postgresLine(line)
		var want map[string]any
		if err := json.Unmarshal([]byte(line), &want); err != nil || want == nil {
			assert.False(t, ok)
			return
		}
		require.True(t, ok)
		for name := range want {
			assert.Contains(t, got, name)
		}
		assert.Equal(t, want["message"], got["message"])
	})
}

// The parts of a request line come from whoever asked: none of them is lost or
// taken for another.
func FuzzAccessLine(f *testing.F) {
	f.Add("198.51.100.23", "GET", "/uploads/x.php", "c=id", "Mozilla/5.0", 200)
	f.Fuzz(func(t *testing.T, from, method, stem, query, agent string, status int) {
		for _, text := range []string{from, method, stem, query} {
			if !logged(text, " \"?") || text == "" {
				t.Skip("nginx escapes it, or there is none")
			}
		}
		if !logged(agent, "\"") || status < 0 {
			t.Skip("nginx escapes it")
		}
		line := from + " - - [24/Nov/2026:11:58:52 +0000] \"" + method + " " + stem + "?" + query + " HTTP/1.1\" " + text(status) + " 36 \"-\" \"" + agent + "\""
		got, ok := accessLine(line)
		require.True(t, ok, line)
		assert.Equal(t, map[string]any{
			"c-ip": from, "cs-method": method, "cs-uri-stem": stem, "cs-uri-query": query, "sc-status": status, "sc-bytes": 36,
			"cs-referer": "-", "cs-user-agent": agent,
		}, got)
	})
}

// logged reports whether nginx writes a text as it is: it escapes control
// characters, quotes, backslashes and all above ASCII.
func logged(text, besides string) bool {
	for _, c := range []byte(text) {
		if c < ' ' || c > '~' || c == '\\' {
			return false
		}
		for i := range len(besides) {
			if c == besides[i] {
				return false
			}
		}
	}
	return true
}

func text(n int) string {
	out, _ := json.Marshal(n)
	return string(out)
}
