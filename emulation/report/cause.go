package report

import (
	"regexp"
	"slices"
	"sync"
)

// assetBefore is the name of an asset before what broke it, and containerID what an
// engine calls a container.
var (
	assetBefore = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`(^|: )asset [A-Za-z][A-Za-z0-9_-]*: `) })
	containerID = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`\b[0-9a-f]{12,64}\b`) })
)

// causeOf returns a reason without the name of the asset that it is of: the same may have
// broken others.
func causeOf(reason string) string { return assetBefore().ReplaceAllString(reason, "$1") }

// CauseKey returns a reason in the form in which those with one cause are the same,
// whatever asset or container it is of.
func CauseKey(reason string) string { return containerID().ReplaceAllString(causeOf(reason), "") }

// shared is what several items have in common, each named, in the order in which they
// came.
type shared struct {
	reason string
	names  []string
}

// sharedReasons groups names by their reason.
func sharedReasons(n int, of func(i int) (name, reason string)) []shared {
	var all []shared
	for i := range n {
		name, reason := of(i)
		at := slices.IndexFunc(all, func(s shared) bool { return CauseKey(s.reason) == CauseKey(reason) })
		if at < 0 {
			all, at = append(all, shared{reason: causeOf(reason)}), len(all)
		}
		if !slices.Contains(all[at].names, name) {
			all[at].names = append(all[at].names, name)
		}
	}
	return all
}
