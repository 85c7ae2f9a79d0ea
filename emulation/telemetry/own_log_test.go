package telemetry_test

import (
	"testing"
	"time"

	"github.com/hashicorp/hcl/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/behaviour"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/runner"
	"github.com/ringer-lab/ringer/emulation/telemetry"
	"github.com/ringer-lab/ringer/lab/fake"
	"github.com/ringer-lab/ringer/lab/labtest"
)

const gateway = `
log_source "vpn" {
  product = "acme"
  service = "vpn"
  file    = "/var/log/vpnd.log"
  format  = "key_value"
  fields  = { src = "SourceIp" }
}

host "vpn_gateway" {
  platform = linux
  summary  = "an appliance"
  hostname = "VPN01"
  accounts = { admin = "root" }
  logs     = [log_source.vpn]

  file {
    path    = "/var/log/vpnd.log"
    content = "user=old act=login\n"
  }
}

behaviour "vpn_logon" {
  platform = linux
  hosts    = ["vpn_gateway"]
  summary  = "log on"
  source   = "none"

  argument "line" {
    default = "user=eve act=login src=198.51.100.7"
    doc     = "the record"
  }

  process "vpnd" {
    image = "/usr/sbin/vpnd"
    append {
      path    = "/var/log/vpnd.log"
      content = "${arg.line}\n"
    }
  }
}
`

// What a program appended to a log of the user's own was seen; what it says is stated.
func TestALineOfAnOwnLogIsAStatement(t *testing.T) {
	t.Parallel()
	file, problems := behaviour.Parse("gateway.hcl", []byte(gateway))
	require.Empty(t, problems)
	library, problems := behaviour.ReadSource(behaviour.Source{Name: "test", Files: []*hcl.File{file}})
	require.Empty(t, problems)
	require.Empty(t, library.Check())
	kind, ok := library.Kind("vpn_gateway")
	require.True(t, ok)
	logon, ok := library.Behaviour("vpn_logon")
	require.True(t, ok)
	place := asset.Host{Kind: kind, Hostname: "VPN01"}

	day := time.Date(2021, 3, 1, 8, 0, 0, 0, time.UTC)
	stage, err := runner.Verified(fake.Lab{Now: func() time.Time { return day }}).Open(t.Context(), runner.Asset{Name: "gate", Place: place})
	require.NoError(t, err)
	outcome, err := stage.Perform(t.Context(), "step", labtest.Planned(t, logon, place, nil))
	require.NoError(t, err)
	require.NoError(t, outcome.CheckComplete())

	vpn := event.LogSource{Product: "acme", Service: "vpn"}
	var found []event.Event
	events := telemetry.New("gate", place).Translate(outcome.Observations, day)
	for _, e := range events {
		if e.Sources[0] == vpn {
			found = append(found, e)
		}
	}
	require.Len(t, found, 1)
	assert.Equal(t, map[string]any{"user": "eve", "act": "login", "SourceIp": "198.51.100.7"}, found[0].Fields)
	assert.Equal(t, event.Stated, found[0].Provenance)
	assert.NotZero(t, found[0].Lineage.Process, "it was seen who wrote it")
	assert.Equal(t, "/var/log/vpnd.log", telemetry.LogFile(found[0], kind.Logs...))

	check := telemetry.NewCompletenessCheck("gate", place)
	require.NoError(t, check.Verify(outcome.Observations, events))
	without := telemetry.NewCompletenessCheck("gate", place)
	assert.ErrorContains(t, without.Verify(outcome.Observations, telemetry.New("gate", place).Without("log of /var/log/vpnd.log").Translate(outcome.Observations, day)), "log of /var/log/vpnd.log")

	_, problems = logon.Plan(place, map[string]any{"line": "nothing of that kind"})
	require.Len(t, problems, 1)
	assert.Contains(t, problems[0].Detail, "is not a record of that log")
}
