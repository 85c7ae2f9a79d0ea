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
		for _, act := range process.Acts {
			if one, ok := act.(serving); ok {
				return one.Service()
			}
		}
	}
	return ""
}
