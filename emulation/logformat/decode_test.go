package logformat_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/logformat"
)

func TestEachFormatIsRead(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name string
		of   asset.LogSource
		line string
		want map[string]any // nil is that it is no record
	}{
		{
			"json, with an object inside and a name of its own",
			asset.LogSource{Format: logformat.JSON, Fields: map[string]string{"userIdentity.userName": "User", "none": "None"}},
			`{"eventName":"StopLogging","bytes":12,"share":0.5,"userIdentity":{"type":"IAMUser","userName":"eve"},"nothing":null}`,
			map[string]any{"eventName": "StopLogging", "bytes": 12, "share": 0.5, "User": "eve", "userIdentity": map[string]any{"type": "IAMUser", "userName": "eve"}},
		},
		{"json that is a list", asset.LogSource{Format: logformat.JSON}, `[1]`, nil},
		{"json with something after it", asset.LogSource{Format: logformat.JSON}, `{"a":1} b`, nil},
		{
			"names and values", asset.LogSource{Format: logformat.KeyValue, Fields: map[string]string{"src": "SourceIp"}},
			`ts=2021-03-01 user="eve m" src=198.51.100.7 port=443`, map[string]any{"ts": "2021-03-01", "user": "eve m", "SourceIp": "198.51.100.7", "port": 443},
		},
		{"no names", asset.LogSource{Format: logformat.KeyValue}, `nothing here`, nil},
		{
			"columns", asset.LogSource{Format: logformat.CSV, Columns: []string{"user", "act", "code"}, Separator: ";"},
			`eve;"a;b";007`, map[string]any{"user": "eve", "act": "a;b", "code": "007"},
		},
		{"too few columns", asset.LogSource{Format: logformat.CSV, Columns: []string{"user", "act"}}, `eve`, nil},
		{
			"syslog", asset.LogSource{Format: logformat.Syslog}, `Mar  1 08:00:00 VPN01 vpnd[7]: login eve`,
			map[string]any{"timestamp": "Mar  1 08:00:00", "hostname": "VPN01", "appname": "vpnd", "procid": 7, "message": "login eve"},
		},
		{
			"combined", asset.LogSource{Format: logformat.Combined}, `198.51.100.7 - - [01/Mar/2021:08:00:00 +0000] "GET /a?b=c HTTP/1.1" 200 64 "-" "curl"`,
			map[string]any{
				"c-ip": "198.51.100.7", "cs-method": "GET", "cs-uri-stem": "/a", "cs-uri-query": "b=c", "sc-status": 200, "sc-bytes": 64,
				"cs-referer": "-", "cs-user-agent": "curl",
			},
		},
		{
			"a pattern", asset.LogSource{Format: logformat.Regex, Pattern: `^(?P<User>\w+) from (?P<SourceIp>\S+)$`},
			`eve from 198.51.100.7`, map[string]any{"User": "eve", "SourceIp": "198.51.100.7"},
		},
		{"another line", asset.LogSource{Format: logformat.Regex, Pattern: `^(?P<User>\w+)$`}, `eve from`, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			decode, err := logformat.Decoder(tt.of)
			require.NoError(t, err)
			got, ok := decode(tt.line)
			assert.Equal(t, tt.want != nil, ok)
			assert.Equal(t, tt.want, got)
		})
	}
}

func TestWhatCannotBeReadIsRefused(t *testing.T) {
	t.Parallel()
	for want, of := range map[string]asset.LogSource{
		`format "xml" is not known`: {Format: "xml"},
		`needs "columns"`:           {Format: logformat.CSV},
		"one character":             {Format: logformat.CSV, Columns: []string{"a"}, Separator: ";;"},
		"missing closing":           {Format: logformat.Regex, Pattern: "("},
		"named groups":              {Format: logformat.Regex, Pattern: "(a)"},
	} {
		_, err := logformat.Decoder(of)
		assert.ErrorContains(t, err, want)
	}
}

// FuzzDecode holds: whatever the line, reading it ends, and a record has fields.
func FuzzDecode(f *testing.F) {
	f.Add(`{"a":{"b":1}}`)
	f.Add(`a=b c="d`)
	f.Add(`<13>Mar  1 08:00:00 a b: c`)
	f.Add(`a;"b`)
	all := []asset.LogSource{
		{Format: logformat.JSON, Fields: map[string]string{"a.b": "c"}}, {Format: logformat.KeyValue}, {Format: logformat.Syslog}, {Format: logformat.Combined},
		{Format: logformat.CSV, Columns: []string{"a", "b"}}, {Format: logformat.Regex, Pattern: `(?P<a>.*)`},
	}
	f.Fuzz(func(t *testing.T, line string) {
		for _, of := range all {
			decode, err := logformat.Decoder(of)
			require.NoError(t, err)
			if fields, ok := decode(line); ok {
				assert.NotNil(t, fields)
			}
		}
	})
}
