package effect

import "errors"

// The services whose real daemons acts can ask.
const (
	WebService      = "nginx"
	DatabaseService = "postgresql"
)

// The ports of the asset's own loopback at which they listen. The web server's
// is above 1023, as it has no privilege; no log shows it.
const (
	WebPort      = 8080
	DatabasePort = 5432
)

var errNoServer = errors.New("the asset does not run the service")

// serviceAct is an act that needs a real service.
type serviceAct interface{ Service() string }

// Service names the real service that some act of the plan needs; empty is none.
func (p StepPlan) Service() string {
	for _, process := range p.AllProcesses() {
		if service := process.Service(); service != "" {
			return service
		}
	}
	return ""
}

// Service names the real service that some act of the process itself needs, its
// children left out; empty is none.
func (p Process) Service() string {
	for _, act := range p.Acts {
		if asking, ok := act.(serviceAct); ok {
			return asking.Service()
		}
	}
	return ""
}
