package plan

import (
	"fmt"
	"time"
)

// FormatOffset writes a virtual time as a scenario would: 45d, 1d12h, 0d.
func FormatOffset(d time.Duration) string {
	days, rest := d/(24*time.Hour), d%(24*time.Hour)
	if rest == 0 {
		return fmt.Sprintf("%dd", days)
	}
	if rest%time.Hour == 0 {
		if days == 0 {
			return fmt.Sprintf("%dh", rest/time.Hour)
		}
		return fmt.Sprintf("%dd%dh", days, rest/time.Hour)
	}
	if days == 0 {
		return rest.String()
	}
	return fmt.Sprintf("%dd%s", days, rest)
}
