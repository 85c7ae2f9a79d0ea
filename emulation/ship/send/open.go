package send

import (
	"fmt"
	"io"
	"time"

	"github.com/ringer-lab/ringer/emulation/ship"
	"github.com/ringer-lab/ringer/emulation/ship/target"
)

// With is what a destination is opened with.
type With struct {
	// Env reads an environment variable.
	Env func(string) string
	// Stdout is where [target.Stdout] goes.
	Stdout io.Writer
	// Remote allows other hosts than this machine.
	Remote bool
	// Timeout bounds one attempt (default 30 s), AckTimeout the wait for what Splunk
	// acknowledges (default 60 s).
	Timeout, AckTimeout time.Duration
}

// Open makes the destination of a target, which must have no problems. It connects to
// nothing yet. It fails if a secret or a certificate cannot be had, or a file cannot be
// written to.
func Open(to target.Target, with With) (ship.Destination, error) {
	to = to.WithDefaults()
	if with.Timeout <= 0 {
		with.Timeout = 30 * time.Second
	}
	if with.AckTimeout <= 0 {
		with.AckTimeout = time.Minute
	}
	if to.IsNetwork() && !with.Remote && !to.Loopback() {
		return nil, fmt.Errorf("%s is another machine, which must be allowed", to.Host())
	}
	switch to.Format {
	case target.Lines:
		if to.IsFile() {
			return openFile(to.To)
		}
		return &stream{with.Stdout}, nil
	case target.Syslog:
		return openSyslog(to, with)
	case target.HEC, target.Bulk, target.OTLP:
	}
	client, err := newClient(to, with)
	if err != nil {
		return nil, err
	}
	switch to.Format {
	case target.HEC:
		return newHEC(to, client, with.AckTimeout), nil
	case target.Bulk:
		return newBulk(to, client), nil
	case target.OTLP, target.Lines, target.Syslog:
	}
	return newOTLP(to, client), nil
}
