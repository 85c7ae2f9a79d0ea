package wire

import (
	"fmt"
	"slices"
)

// probes are what the agent tries before the first step, on every asset: the
// runner believes that an asset is contained only if each of them was tried and
// refused. What is mounted in a container differs; that nothing can be written to
// it is one probe.
var probes = [...]string{
	"find a network interface other than loopback",
	"find a route",
	"reach the outside (connect a datagram socket to 192.0.2.1)",
	"reach the host (connect a datagram socket to 172.17.0.1)",
	"see another's processes",
	"connect to /var/run/docker.sock",
	"connect to /run/docker.sock",
	"become root",
	"have a capability",
	"gain privileges by executing",
	"make calls that no filter looks at",
	"mount a file system",
	"leave for a namespace of its own",
	"make a device",
	"open /dev/mem",
	"open /dev/kmsg",
	"open /dev/sda",
	"open /dev/vda",
	"change the host's kernel settings",
	"write to /",
	"write to /etc",
	"write to /tmp",
	"write to /dev",
	"write to /proc",
	"write to /sys",
	"write to /proc/sys/kernel",
	"write to any other place where something is mounted",
}

// Probes lists them by name, in order.
func Probes() []string { return slices.Clone(probes[:]) }

// CheckContainment is nil where exactly the probes that there are were tried, in their
// order, and all were refused. The error names the first that is missing, made up,
// repeated or was not refused.
func CheckContainment(attempts []Attempt) error {
	for i, probe := range probes {
		switch {
		case i >= len(attempts):
			return fmt.Errorf("check isolation: the agent did not try to %s", probe)
		case attempts[i].Attempt != probe:
			return fmt.Errorf("check isolation: the agent must try to %s, but tried to %s", probe, attempts[i].Attempt)
		case !attempts[i].Refused:
			return fmt.Errorf("check isolation: the attempt to %s was not refused: %s", probe, attempts[i].Response)
		}
	}
	if len(attempts) > len(probes) {
		return fmt.Errorf("check isolation: the agent tried something unknown: %s", attempts[len(probes)].Attempt)
	}
	return nil
}
