package scenario

import (
	"fmt"
	"regexp"
	"strconv"
	"sync"
	"time"
)

var offsetPattern = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?$`)
})

// offsetUnits are in the order in which they are written. The largest numbers of all
// add up to less than the 292 years of a time.Duration.
var offsetUnits = [...]struct {
	name string
	of   time.Duration
	most int
}{{"days", 24 * time.Hour, 99999}, {"hours", time.Hour, 99999}, {"minutes", time.Minute, 999999}, {"seconds", time.Second, 999999}}

// ParseOffset reads a virtual time: days, hours, minutes and seconds, in that order,
// any of them left out: "45d", "1d12h", "90m". It fails for any other text, and for a
// number that is too large.
func ParseOffset(text string) (time.Duration, error) {
	parts := offsetPattern().FindStringSubmatch(text)
	if text == "" || parts == nil {
		return 0, fmt.Errorf(`%q is not a valid time: expected days, hours, minutes or seconds, such as "45d", "36h" or "1d12h"`, text)
	}
	var sum time.Duration
	for i, unit := range offsetUnits {
		if parts[i+1] == "" {
			continue
		}
		n, err := strconv.Atoi(parts[i+1])
		if err != nil || n > unit.most { // only a number out of range fails
			return 0, fmt.Errorf("%q is too long: at most %d %s are allowed", text, unit.most, unit.name)
		}
		sum += time.Duration(n) * unit.of
	}
	return sum, nil
}
