package plan

import (
	"time"

	"github.com/ringer-lab/ringer/emulation/diagnostic"
	"github.com/ringer-lab/ringer/emulation/scenario"
)

type builder struct {
	diagnostic.Reporter
	scenario *scenario.Scenario
	rules    Catalog
	channels Channels
	now      time.Time
	// repeated are the problems that more than one place may have, by their cause.
	repeated map[string]*repeated
	// without are the outside detectors that were not named.
	without []string
}
