package target_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/export"
	"github.com/ringer-lab/ringer/emulation/ship/target"
)

var secret = &target.Secret{Env: "SPLUNK_TOKEN"}

func TestProblemsSayWhatIsExpected(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		of   target.Target
		at   string // "" where there must be none
		says string
	}{
		{"a file", target.Target{To: "events.jsonl"}, "", ""},
		{"stdout", target.Target{To: "stdout", Events: "auditd"}, "", ""},
		{"a daemon of syslog", target.Target{To: "udp://127.0.0.1:514", MaxMessage: 4096}, "", ""},
		{"Splunk", target.Target{To: "https://splunk.example:8088", Format: target.HEC, Token: secret, Index: "main"}, "", ""},
		{"a collector", target.Target{To: "http://[::1]:4318", Format: target.OTLP, User: "me", Password: secret}, "", ""},
		{"nothing", target.Target{}, "to", "empty"},
		{"a control character", target.Target{To: "a\x1b[31m"}, "to", "cannot be shown"},
		{"another scheme", target.Target{To: "ftp://127.0.0.1"}, "to", "ftp:// is not known"},
		{"a password in the address", target.Target{To: "https://me:s3cret@127.0.0.1", Format: target.Bulk}, "to", "must not have a user or password"},
		{"an address that cannot be read", target.Target{To: "https://me:s3cret@127.0.0.1:port", Format: target.Bulk}, "to", "cannot be read"},
		{"a query", target.Target{To: "https://127.0.0.1?token=s3cret", Format: target.Bulk}, "to", "query"},
		{"no host", target.Target{To: "tcp://:514"}, "to", "no host"},
		{"a path of syslog", target.Target{To: "tcp://127.0.0.1:514/x"}, "to", "host and a port alone"},
		{"HTTP without a format", target.Target{To: "https://127.0.0.1"}, "format", "expected one of hec, bulk, otlp"},
		{"a format of events", target.Target{To: "https://127.0.0.1", Format: "ecs"}, "format", `write it as "events"`},
		{"an unknown format", target.Target{To: "https://127.0.0.1", Format: "heck"}, "format", `Did you mean "hec"?`},
		{"a format of another address", target.Target{To: "tcp://127.0.0.1:514", Format: target.HEC}, "format", "Expected: syslog"},
		{"events that it does not take", target.Target{To: "http://127.0.0.1", Format: target.OTLP, Events: "ecs"}, "events", "Expected one of: otlp"},
		{"no token", target.Target{To: "http://127.0.0.1", Format: target.HEC}, "token", "must be told a token"},
		{"a token for syslog", target.Target{To: "tcp://127.0.0.1:514", Token: secret}, "token", "takes no token"},
		{"a token and a password", target.Target{To: "http://127.0.0.1", Format: target.Bulk, Token: secret, User: "me", Password: secret}, "token", "keep one"},
		{"a user alone", target.Target{To: "http://127.0.0.1", Format: target.Bulk, User: "me"}, "password", "together"},
		{"a password for Splunk", target.Target{To: "http://127.0.0.1", Format: target.HEC, Token: secret, Password: secret, User: "me"}, "user", "takes no user"},
		{"a secret in the clear", target.Target{To: "http://splunk.example:8088", Format: target.HEC, Token: secret}, "to", "without encryption"},
		{"a certificate without TLS", target.Target{To: "tcp://127.0.0.1:514", CA: "ca.pem"}, "ca", "by TLS"},
		{"a certificate without a key", target.Target{To: "tls://127.0.0.1:6514", Certificate: "c.pem"}, "key", "together"},
		{"an index of a file", target.Target{To: "x", Index: "main"}, "index", "is for hec, bulk"},
		{"a negative batch", target.Target{To: "x", Batch: -1}, "batch", "1 to 10000"},
		{"a length of a file's message", target.Target{To: "x", MaxMessage: 1}, "max_message", "is for syslog"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			problems := c.of.Problems()
			if c.at == "" {
				require.Empty(t, problems)
				require.Empty(t, c.of.WithDefaults().Problems(), "with its defaults it is kept and read again")
				return
			}
			require.NotEmpty(t, problems)
			assert.Equal(t, c.at, problems[0].Attribute)
			assert.Contains(t, problems[0].Text, c.says)
			for _, problem := range problems {
				assert.NotContains(t, problem.Text, "s3cret", "a secret is in no message")
			}
		})
	}
}

func TestATargetIsOfThisMachineByItsAddress(t *testing.T) {
	t.Parallel()
	for address, loopback := range map[string]bool{
		"tcp://127.0.0.1:514": true, "tcp://127.3.2.1:514": true, "tcp://[::1]:514": true, "https://localhost:8088": true, "https://LOCALHOST": true, "events.jsonl": true, "stdout": true,
		"tcp://localhost.example:514": false, "tcp://10.0.0.1:514": false, "https://127.0.0.1.example": false, "tcp://0.0.0.0:514": false,
	} {
		assert.Equal(t, loopback, target.Target{To: address}.Loopback(), address)
	}
}

func TestTheDefaultsAreOfTheFormat(t *testing.T) {
	t.Parallel()
	whole := target.Target{To: "https://127.0.0.1:8088", Format: target.HEC, Token: secret}.WithDefaults()
	assert.Equal(t, target.Target{To: "https://127.0.0.1:8088", Format: target.HEC, Token: secret, Events: "jsonl", Sourcetype: "ringer:jsonl", Batch: 500, MaxSpool: 256}, whole)
	assert.Equal(t, "127.0.0.1:8088", whole.HostPort())
	assert.Equal(t, "log.example:6514", target.Target{To: "tls://log.example"}.HostPort())
	assert.Equal(t, "logs-ringer-default", target.Target{To: "http://127.0.0.1", Format: target.Bulk}.WithDefaults().Index)
	assert.Equal(t, `env("SPLUNK_TOKEN")`, secret.String())
	text, err := json.Marshal(whole)
	require.NoError(t, err)
	assert.Contains(t, string(text), `"token":{"env":"SPLUNK_TOKEN"}`)
}

// A format that a destination takes is one of package export that is a stream.
func TestEachFormatOfEventsIsAStream(t *testing.T) {
	t.Parallel()
	streams := map[string]bool{}
	for _, format := range export.Formats() {
		streams[format.Name] = !format.Folder
	}
	for _, events := range target.EventFormats() {
		assert.True(t, streams[events], events)
	}
	for _, about := range target.Formats() {
		assert.NotEmpty(t, about.Events)
		assert.NotEmpty(t, strings.TrimSpace(about.Title))
	}
}
