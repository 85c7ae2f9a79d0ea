package telemetry_test

import (
	"net/netip"
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

// query asks for the address of an.example.
var query = []byte("\x00\x00\x01\x00\x00\x01\x00\x00\x00\x00\x00\x00\x02an\x07example\x00\x00\x01\x00\x01")

// Each row is one act, and what one log source must tell of it.
func TestLinuxChannelsTellOfActs(t *testing.T) {
	t.Parallel()
	socket := func(protocol, remote string) *event.Socket {
		return &event.Socket{Protocol: protocol, Local: netip.MustParseAddrPort("127.0.0.1:40000"), Remote: netip.MustParseAddrPort(remote)}
	}
	sysmon := func(category string) event.LogSource {
		return event.LogSource{Category: category, Product: "linux", Service: "sysmon"}
	}
	auditd := event.LogSource{Product: "linux", Service: "auditd"}
	for _, c := range []struct {
		name   string
		act    event.Observation
		source event.LogSource
		want   map[string]any
	}{
		{"a connection, by Sysmon", event.Observation{Kind: event.Connect, Socket: socket("tcp", "127.0.0.1:5432")}, sysmon("network_connection"), map[string]any{
			"EventID": 3, "Image": "/usr/bin/psql", "Protocol": "tcp", "Initiated": true, "SourceIp": "127.0.0.1", "SourcePort": 40000,
			"DestinationIp": "127.0.0.1", "DestinationPort": 5432, "DestinationIsIpv6": false, "DestinationHostname": "-",
		}},
		{"a connection that was taken, by Sysmon", event.Observation{Kind: event.Accept, Socket: socket("tcp", "127.0.0.2:50000")}, sysmon("network_connection"), map[string]any{
			"EventID": 3, "Initiated": false, "SourceIp": "127.0.0.2", "SourcePort": 50000, "DestinationPort": 40000,
		}},
		{"a connection's call, by auditd", event.Observation{Kind: event.Connect, Socket: socket("tcp", "127.0.0.1:5432")}, auditd, map[string]any{
			"type": "SYSCALL", "SYSCALL": "connect", "syscall": 42, "items": 0, "exe": "/usr/bin/psql", "key": "network",
		}},
		{"a connection's address, by auditd", event.Observation{Kind: event.Connect, Socket: socket("tcp", "127.0.0.1:5432")}, auditd, map[string]any{
			"type": "SOCKADDR", "saddr": "020015387F0000010000000000000000", "saddr_fam": "inet", "laddr": "127.0.0.1", "lport": 5432,
		}},
		{"an end, by Sysmon", event.Observation{Kind: event.Exit}, sysmon("process_termination"), map[string]any{"EventID": 5, "Image": "/usr/bin/psql"}},
		{"a removal, by Sysmon", event.Observation{Kind: event.Unlink, Path: effect.Root + "/root/tmp/x"}, sysmon("file_delete"), map[string]any{
			"EventID": 23, "TargetFilename": "/tmp/x", "Image": "/usr/bin/psql", "Hashes": "-", "Archived": "-",
		}},
		{"a change of owner below a watch, by auditd", event.Observation{Kind: event.Chown, Path: effect.Root + "/root/tmp/x"}, auditd, map[string]any{
			"type": "SYSCALL", "SYSCALL": "fchownat", "syscall": 260, "key": "world_writable",
		}},
		{"a named pipe below a watch, by auditd", event.Observation{Kind: event.Pipe, Path: effect.Root + "/root/tmp/x"}, auditd, map[string]any{
			"type": "PATH", "name": "/tmp/x", "nametype": "CREATE",
		}},
		{"a name that was asked for, by the resolver", event.Observation{Kind: event.Send, Socket: socket("udp", "127.0.0.1:53"), Content: query},
			event.LogSource{Category: "dns"}, map[string]any{"query": "an.example"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			found := false
			for _, e := range happens(t, c.act) {
				found = found || len(e.Sources) == 1 && e.Sources[0] == c.source && holds(e.Fields, c.want)
			}
			assert.True(t, found, "%v tells %v", c.source, c.want)
		})
	}
}

// holds compares values with their types.
func holds(fields, want map[string]any) bool {
	for name, value := range want {
		if fields[name] != value {
			return false
		}
	}
	return true
}

// happens has a program of the database's account do one thing.
func happens(t *testing.T, act event.Observation) []event.Event {
	t.Helper()
	kind, ok := scenarios.Library().Kind("billing")
	require.True(t, ok)
	act.Seq, act.Process, act.PID, act.Step = 3, 7, 70, "step"
	return telemetry.New("db", asset.Host{Kind: kind, Hostname: "BILL01"}).Translate([]event.Observation{
		{Seq: 1, Kind: event.Fork, Process: 7, PID: 70, Step: "step"},
		{
			Seq: 2, Kind: event.Exec, Process: 7, PID: 70, Step: "step", Path: effect.Root + "/root/usr/bin/psql", Argv: []string{"psql"},
			Env: map[string]string{event.EnvUser: "postgres"},
		},
		act,
	}, time.Date(2026, 3, 1, 8, 0, 0, 0, time.UTC))
}

// One line of sshd's is a record of three log sources.
func TestLinesBelongToTheirProgramsServicesAndToTheJournal(t *testing.T) {
	t.Parallel()
	kind, ok := scenarios.Library().Kind("billing")
	require.True(t, ok)
	const log, line = effect.Root + "/root/var/log/auth.log", "Mar  1 08:00:00 BILL01 sshd[902]: Accepted publickey for ops from 192.0.2.10 port 50122 ssh2"
	var held []byte
	for _, file := range kind.Files {
		if file.Path == "/var/log/auth.log" {
			held = file.Content
		}
	}
	seen := []event.Observation{
		{Seq: 1, Kind: event.Fork, Process: 7, PID: 70},
		{
			Seq: 2, Kind: event.Exec, Process: 7, PID: 70, Path: effect.Root + "/root/usr/sbin/rsyslogd", Argv: []string{"/usr/sbin/rsyslogd"},
			Env: map[string]string{event.EnvUser: "syslog", event.EnvResident: "1"},
		},
		{Seq: 3, Kind: event.Content, Process: 7, PID: 70, Path: log, Content: append(append([]byte(nil), held...), line+"\n"...)},
	}
	fields := map[event.LogSource]map[string]any{}
	for _, e := range telemetry.New("db", asset.Host{Kind: kind, Hostname: "BILL01"}).Translate(seen, time.Date(2026, 3, 1, 8, 0, 0, 0, time.UTC)) {
		for _, source := range e.Sources {
			fields[source] = e.Fields
		}
	}
	service := func(name string) event.LogSource { return event.LogSource{Product: "linux", Service: name} }
	const message = "Accepted publickey for ops from 192.0.2.10 port 50122 ssh2"
	asRsyslog := map[string]any{"hostname": "BILL01", "program": "sshd", "message": message}
	assert.Equal(t, asRsyslog, fields[service("auth")])
	assert.Equal(t, asRsyslog, fields[service("sshd")])
	assert.NotContains(t, fields, service("sudo"))
	assert.Equal(t, map[string]any{
		"_TRANSPORT": "syslog", "_HOSTNAME": "BILL01", "SYSLOG_IDENTIFIER": "sshd", "SYSLOG_PID": 902, "MESSAGE": message,
	}, fields[service("journald")])
}
