package docker

import (
	"strconv"

	"github.com/ringer-lab/ringer/lab/image"
)

// The labels on every container of ours. The first is also on images.
const (
	labelVersion = image.Label
	labelRun     = "ringer.run"
	labelAsset   = "ringer.asset"
	labelPID     = "ringer.pid"
	// labelOwner tells a later sweep whether the runner still lives.
	labelOwner = "ringer.owner"
	// labelLease is one lab's own: its janitor removes what carries it.
	labelLease = "ringer.lease"
)

// labels are those of one asset's container.
func (l *Lab) labels(run, asset string) map[string]string {
	return map[string]string{
		labelVersion: l.version,
		labelRun:     run,
		labelAsset:   asset,
		labelPID:     strconv.Itoa(l.owner.pid),
		labelOwner:   l.owner.String(),
		labelLease:   l.lease,
	}
}
