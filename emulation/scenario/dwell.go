package scenario

import (
	"fmt"
	"regexp"
	"strconv"
	"sync"
	"time"
)

var dwell = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^(?:(\d{1,5})d)?(?:(\d{1,5})h)?(?:(\d{1,6})m)?(?:(\d{1,6})s)?$`)
})

// ParseDwell reads a virtual time: days, hours, minutes and seconds, in that
// order, those of use: "45d", "1d12h", "90m".
func ParseDwell(text string) (time.Duration, error) {
	parts := dwell().FindStringSubmatch(text)
	if text == "" || parts == nil {
		return 0, fmt.Errorf(`%q is no time: want days, hours, minutes or seconds, such as "45d", "36h" or "1d12h"`, text)
	}
	var sum time.Duration
	for i, unit := range []time.Duration{24 * time.Hour, time.Hour, time.Minute, time.Second} {
		if parts[i+1] == "" {
			continue
		}
		n, err := strconv.Atoi(parts[i+1])
		if err != nil {
			return 0, fmt.Errorf("%q is no time: %w", text, err)
		}
		sum += time.Duration(n) * unit
	}
	// A duration holds 292 years; so do the sums of the digits allowed above.
	return sum, nil
}
