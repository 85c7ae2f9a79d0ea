package trace_test

import (
	"net/netip"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/trace"
)

// A request to an image's daemon must have been taken at its port: another port, another
// step or nothing at all is no trace of it.
func TestARequestToAnImageIsSeenToBeTaken(t *testing.T) {
	t.Parallel()
	taken := func(port uint16, step string) event.Observation {
		local := netip.AddrPortFrom(netip.AddrFrom4([4]byte{127, 0, 0, 1}), port)
		return event.Observation{Seq: 1, Kind: event.Accept, Step: step, Process: 4, Socket: &event.Socket{Protocol: "tcp", Local: local}}
	}
	page := event.Observation{Seq: 2, Kind: event.Create, Step: "ask", Process: 5, Path: "/var/www/app/page.php"}
	plan := effect.StepPlan{Processes: []effect.Process{{
		Image: "/usr/bin/browser", Args: []string{"browser"}, Remote: true,
		Acts: []effect.Act{effect.Request{Method: "GET", Path: "/", From: "192.0.2.7"}},
	}}}
	for _, tt := range []struct {
		name  string
		seen  []event.Observation
		wrong string
	}{
		{"taken", []event.Observation{taken(8080, "ask"), page}, ""},
		{"not taken", []event.Observation{page}, `"GET /" of process "browser" left no trace`},
		{"at another port", []event.Observation{taken(9000, "ask")}, "port 8080"},
		{"in another step", []event.Observation{taken(8080, "other")}, `for step "other"`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			host, err := trace.NewHost(asset.Host{Kind: asset.Kind{Name: asset.ImageKind, Platform: effect.Linux}, Image: &asset.Image{Ref: "app:1", User: "www-data", Port: 8080}}, nil)
			require.NoError(t, err)
			err = host.Check("ask", plan, tt.seen, nil)
			if tt.wrong == "" {
				require.NoError(t, err)
			} else {
				require.ErrorContains(t, err, tt.wrong)
			}
			assert.NoError(t, host.Undo())
		})
	}
}
