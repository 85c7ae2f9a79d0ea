package effect

import "errors"

// The services whose real daemons acts can ask.
const (
	WebService      = "nginx"
	DatabaseService = "postgresql"
)

var errNoServer = errors.New("the asset has no real service")

// serving is an act that needs a real service.
type serving interface{ Service() string }

// Service names the real service that some act of the plan needs; empty is none.
func (p Plan) Service() string {
	for _, process := range p.Processes() {
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
		if asking, ok := act.(serving); ok {
			return asking.Service()
		}
	}
	return ""
}
