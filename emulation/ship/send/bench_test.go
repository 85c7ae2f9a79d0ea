package send_test

import (
	"bufio"
	"io"
	"net"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/ship"
	"github.com/ringer-lab/ringer/emulation/ship/send"
	"github.com/ringer-lab/ringer/emulation/ship/shiptest"
	"github.com/ringer-lab/ringer/emulation/ship/target"
)

// drain is a syslog receiver that reads and forgets.
func drain(b *testing.B) string {
	b.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(b, err)
	b.Cleanup(func() { _ = listener.Close() })
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			go func() {
				_, _ = io.Copy(io.Discard, bufio.NewReader(conn))
				_ = conn.Close()
			}()
		}
	}()
	return "tcp://" + listener.Addr().String()
}

// BenchmarkShip ships events by way of the spool to receivers that take all at once.
func BenchmarkShip(b *testing.B) {
	const n = 100_000
	receiver := func(made *shiptest.Receiver, err error) string {
		require.NoError(b, err)
		b.Cleanup(func() { _ = made.Close() })
		return made.URL()
	}
	for _, c := range []struct {
		name, events string
		to           func() target.Target
	}{
		{"file", "jsonl", func() target.Target { return target.Target{To: filepath.Join(b.TempDir(), "events")} }},
		{"syslog", "jsonl", func() target.Target { return target.Target{To: drain(b)} }},
		{"hec", "jsonl", func() target.Target {
			return target.Target{To: receiver(shiptest.NewHEC(environment("TOKEN"), true, shiptest.Trouble{})), Format: target.HEC, Token: token}
		}},
		{"bulk", "ecs", func() target.Target {
			return target.Target{To: receiver(shiptest.NewBulk(shiptest.Trouble{}, nil)), Format: target.Bulk}
		}},
		{"otlp", "otlp", func() target.Target {
			return target.Target{To: receiver(shiptest.NewOTLP(shiptest.Trouble{}, func([]byte) (shiptest.Logs, error) { return shiptest.Logs{}, nil }, "")), Format: target.OTLP}
		}},
	} {
		b.Run(c.name, func(b *testing.B) {
			all := entries(b, c.events, true, n)
			for b.Loop() {
				shipper := start(b, filepath.Join(b.TempDir(), "spool"), c.to(), send.With{})
				for _, e := range all {
					require.NoError(b, shipper.Ship(b.Context(), e))
				}
				_, err := shipper.Finish(b.Context(), ship.Patience{})
				require.NoError(b, err)
			}
			b.ReportMetric(float64(n)*float64(b.N)/b.Elapsed().Seconds(), "events/s")
		})
	}
}
