package windows

import (
	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/telemetry/channel"
)

// auditPolicyCovers reports whether a host's audit policy asks for a subcategory's
// successes. Windows audits none of those that are asked for here by itself, so
// a host without a policy has no such records.
func auditPolicyCovers(h channel.Host, subcategory string) bool {
	return artifact.Audits(h.Asset.Content(artifact.AuditPolicyFile), subcategory)
}

// whenAudited opens a channel of Security on hosts only whose policy asks for it.
func whenAudited(subcategory string, open func(channel.Host) func(channel.Activity) []channel.Record) func(channel.Host) func(channel.Activity) []channel.Record {
	return func(h channel.Host) func(channel.Activity) []channel.Record {
		if !auditPolicyCovers(h, subcategory) {
			return func(channel.Activity) []channel.Record { return nil }
		}
		return open(h)
	}
}
