package threshold

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/ringer-lab/ringer/emulation/diagnostic"
)

// ParseCounts reads bounds by level, such as high=0,medium=3; a number alone bounds all
// levels together. It fails for what is no level and no whole number.
func ParseCounts(text string) (map[string]int, error) {
	if !strings.Contains(text, "=") {
		text = Levels()[0] + "=" + text
	}
	bounds := map[string]int{}
	for entry := range strings.SplitSeq(text, ",") {
		level, number, err := pair(entry, Levels(), "LEVEL=NUMBER, such as high=0,medium=3")
		if err != nil {
			return nil, err
		}
		n, err := strconv.Atoi(number)
		if err != nil || n < 0 {
			return nil, fmt.Errorf("%q is not a number of alarms: expected a whole number, such as 0", number)
		}
		if _, twice := bounds[level]; twice {
			return nil, fmt.Errorf("%s is bounded twice", level)
		}
		bounds[level] = n
	}
	return bounds, nil
}

// ParseShares reads bounds of coverage, such as techniques=0.8,rules=0.5; a number alone is
// of techniques. It fails for what is neither and for what is no number from 0 to 1.
func ParseShares(text string) (map[string]float64, error) {
	if !strings.Contains(text, "=") {
		text = Techniques + "=" + text
	}
	bounds := map[string]float64{}
	for entry := range strings.SplitSeq(text, ",") {
		of, number, err := pair(entry, Shares(), "OF=SHARE, such as techniques=0.8,rules=0.5")
		if err != nil {
			return nil, err
		}
		share, err := ParseShare(number)
		if err != nil {
			return nil, err
		}
		if _, twice := bounds[of]; twice {
			return nil, fmt.Errorf("%s is bounded twice", of)
		}
		bounds[of] = share
	}
	return bounds, nil
}

// ParseShare reads a number from 0 to 1. It fails for anything else.
func ParseShare(text string) (float64, error) {
	share, err := strconv.ParseFloat(text, 64)
	if err != nil || !(share >= 0 && share <= 1) {
		return 0, fmt.Errorf("%q is not a share: expected a number from 0 to 1, such as 0.8", text)
	}
	return share, nil
}

func pair(entry string, among []string, form string) (name, value string, err error) {
	name, value, ok := strings.Cut(strings.TrimSpace(entry), "=")
	switch {
	case !ok:
		return "", "", fmt.Errorf("expected %s", form)
	case !slices.Contains(among, name):
		return "", "", fmt.Errorf("there is no %q. %s", name, diagnostic.Suggest(name, among))
	}
	return name, value, nil
}
