package telemetry_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/telemetry"
	"github.com/ringer-lab/ringer/scenarios"
)

const accessLog = effect.Root + "/root/var/log/nginx/access.log"

func request(path string) string {
	return `198.51.100.23 - - [24/Nov/2026:11:58:52 +0000] "GET ` + path + ` HTTP/1.1" 200 36 "-" "Mozilla/5.0"`
}

// A real daemon and a stand-in for it may write to one log: each line is an event
// once, with its own provenance.
func TestRealLinesAndThoseOfStandInsAreToldOnce(t *testing.T) {
	t.Parallel()
	kind, ok := scenarios.Library().Kind("web")
	require.True(t, ok)
	place := asset.Host{Kind: kind, Hostname: "WEB01", Service: asset.Nginx}
	var held []byte
	for _, file := range kind.Files {
		if file.Path == "/var/log/nginx/access.log" {
			held = file.Content
		}
	}
	require.NotEmpty(t, held)
	line := func(seq uint64, path string) event.Observation {
		held = append(held, request(path)+"\n"...)
		return event.Observation{Seq: seq, Kind: event.Line, Step: "step", Path: accessLog, Content: []byte(request(path))}
	}
	seen := []event.Observation{
		line(1, "/one.php"),
		{Seq: 2, Kind: event.Fork, Step: "step", Process: 7, PID: 70},
		{
			Seq: 3, Kind: event.Exec, Step: "step", Process: 7, PID: 70, Path: effect.Root + "/root/usr/sbin/nginx", Argv: []string{"nginx:", "worker"},
			Env: map[string]string{event.EnvUser: "www-data", event.EnvResident: "1"},
		},
	}
	held = append(held, request("/two.php")+"\n"...)
	seen = append(seen, event.Observation{Seq: 4, Kind: event.Content, Step: "step", Process: 7, PID: 70, Path: accessLog, Content: append([]byte(nil), held...)})
	seen = append(seen, line(5, "/three.php"))

	var told []string
	for _, e := range telemetry.New("portal", place).Translate(seen, time.Date(2026, 3, 1, 8, 0, 0, 0, time.UTC)) {
		if stem, ok := e.Fields["cs-uri-stem"].(string); ok {
			told = append(told, stem+" "+e.Provenance.String()+" from "+e.FieldProvenance["c-ip"].String())
			assert.Equal(t, "step", e.Lineage.Step)
			assert.Empty(t, e.Joined)
		}
	}
	assert.Equal(t, []string{
		"/one.php observed from stated", "/two.php stated from unknown", "/three.php observed from stated",
	}, told)
}
