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

// offsetUnits are in the order of writing. A duration holds 292 years, and so does
// the sum of the most there may be of each.
var offsetUnits = [...]struct {
	name string
	of   time.Duration
	most int
}{{"days", 24 * time.Hour, 99999}, {"hours", time.Hour, 99999}, {"minutes", time.Minute, 999999}, {"seconds", time.Second, 999999}}

// ParseOffset reads a virtual time: days, hours, minutes and seconds, in that
// order, those of use: "45d", "1d12h", "90m". It fails for any other text, and for
// a number that is too large.
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
		if err != nil || n > unit.most { // digits alone fail for their number only
			return 0, fmt.Errorf("%q is too long: at most %d %s are allowed", text, unit.most, unit.name)
		}
		sum += time.Duration(n) * unit.of
	}
	return sum, nil
}
