package threshold_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/threshold"
)

func TestBoundsAreReadAsTheyAreTyped(t *testing.T) {
	t.Parallel()
	counts, err := threshold.ParseCounts("high=0, medium=3")
	require.NoError(t, err)
	assert.Equal(t, map[string]int{"high": 0, "medium": 3}, counts)
	counts, err = threshold.ParseCounts("2")
	require.NoError(t, err)
	assert.Equal(t, map[string]int{"informational": 2}, counts, "a number alone bounds all levels")
	shares, err := threshold.ParseShares("techniques=0.5,rules=1")
	require.NoError(t, err)
	assert.Equal(t, map[string]float64{"techniques": 0.5, "rules": 1}, shares)
	shares, err = threshold.ParseShares("0.25")
	require.NoError(t, err)
	assert.Equal(t, map[string]float64{"techniques": 0.25}, shares)
}

func TestWhatIsNoBoundIsRefused(t *testing.T) {
	t.Parallel()
	for given, want := range map[string]string{
		"hihg=0":        `there is no "hihg". Did you mean "high"?`,
		"high=-1":       `"-1" is not a number of alarms: expected a whole number, such as 0`,
		"high=0,high=1": "high is bounded twice",
		"many":          `"many" is not a number of alarms: expected a whole number, such as 0`,
		"high=1,2":      "expected LEVEL=NUMBER, such as high=0,medium=3",
	} {
		_, err := threshold.ParseCounts(given)
		assert.EqualError(t, err, want, given)
	}
	for given, want := range map[string]string{
		"80":               `"80" is not a share: expected a number from 0 to 1, such as 0.8`,
		"NaN":              `"NaN" is not a share: expected a number from 0 to 1, such as 0.8`,
		"rule=0.5":         `there is no "rule". Did you mean "rules"?`,
		"rules=0,rules=.5": "rules is bounded twice",
	} {
		_, err := threshold.ParseShares(given)
		assert.EqualError(t, err, want, given)
	}
}

func TestALevelCountsWithTheNextLowerThatIsNamed(t *testing.T) {
	t.Parallel()
	bounds := map[string]int{"high": 0, "low": 3}
	for level, want := range map[string]string{"critical": "high", "high": "high", "medium": "low", "low": "low", "informational": "", "": "low"} {
		got, ok := threshold.LevelFor(bounds, level)
		assert.Equal(t, want, got, level)
		assert.Equal(t, want != "", ok, level)
	}
}
