package telemetry

import (
	"cmp"
	"slices"
	"sync"

	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/telemetry/channel"
	"github.com/ringer-lab/ringer/emulation/telemetry/linux"
	"github.com/ringer-lab/ringer/emulation/telemetry/windows"
)

// platforms are those that a host can be of.
var platforms = sync.OnceValue(func() map[effect.Platform]channel.Platform {
	return map[effect.Platform]channel.Platform{effect.Windows: windows.Platform(), effect.Linux: linux.Platform()}
})

// Channels returns the log sources that a host of a platform can have: a rule for
// any other can never match on such a host.
func Channels(p effect.Platform) []event.LogSource { return slices.Clone(logSources()[p]) }

// logSources are the log sources of each platform.
var logSources = sync.OnceValue(func() map[effect.Platform][]event.LogSource {
	sources := map[effect.Platform][]event.LogSource{}
	for p, platform := range platforms() {
		var all []event.LogSource
		for _, c := range platform.Channels {
			all = append(all, c.Sources...)
		}
		slices.SortFunc(all, func(a, b event.LogSource) int {
			return cmp.Or(cmp.Compare(a.Category, b.Category), cmp.Compare(a.Product, b.Product), cmp.Compare(a.Service, b.Service))
		})
		sources[p] = slices.Compact(all)
	}
	return sources
})

// LogFile returns the file of its host that an event's record stands in; own are the logs
// that the host keeps besides those of its platform. It is empty if the host keeps none of
// its kind.
func LogFile(e event.Event, own ...asset.LogSource) string {
	for _, source := range e.Sources {
		for _, log := range own {
			if log.Source == source {
				return log.File
			}
		}
		for _, platform := range platforms() {
			if file := platform.LogFile(source); file != "" {
				return file
			}
		}
	}
	return ""
}
