package persona

import (
	"strings"

	"github.com/ringer-lab/ringer/emulation/asset"
)

// audits reports whether a host's audit policy asks for a subcategory's
// successes. Windows audits none of those that are asked for here by itself, so
// a host without a policy has no such records.
func audits(h host, subcategory string) bool {
	for line := range strings.Lines(string(furnished(h.place, asset.WindowsAuditPolicy))) {
		columns := strings.Split(strings.TrimSpace(line), ",")
		if len(columns) > 4 && columns[2] == subcategory && strings.Contains(columns[4], "Success") {
			return true
		}
	}
	return false
}

// audited opens a channel of Security on hosts only whose policy asks for it.
func audited(subcategory string, open func(host) func(moment) []record) func(host) func(moment) []record {
	return func(h host) func(moment) []record {
		if !audits(h, subcategory) {
			return func(moment) []record { return nil }
		}
		return open(h)
	}
}
