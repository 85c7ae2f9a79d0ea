package scenario_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/scenario"
)

func TestParseOffset(t *testing.T) {
	t.Parallel()
	const day = 24 * time.Hour
	for _, tc := range []struct {
		text string
		want time.Duration
	}{
		{"0d", 0},
		{"45d", 45 * day},
		{"36h", 36 * time.Hour},
		{"0000000036h", 36 * time.Hour},
		{"1d12h", 36 * time.Hour},
		{"90m", 90 * time.Minute},
		{"1h40m0s", 100 * time.Minute},
		{"99999d99999h999999m999999s", 99999*day + 99999*time.Hour + 999999*time.Minute + 999999*time.Second},
	} {
		t.Run(tc.text, func(t *testing.T) {
			t.Parallel()
			got, err := scenario.ParseOffset(tc.text)
			require.NoError(t, err)
			assert.Equal(t, tc.want, got)
			assert.GreaterOrEqual(t, got, time.Duration(0), "it overflowed")
		})
	}
	for _, text := range []string{"", "45", "d", "-1d", "1.5d", "12h1d", "1d ", "1w", "1d1d"} {
		t.Run("refused: "+text, func(t *testing.T) {
			t.Parallel()
			_, err := scenario.ParseOffset(text)
			assert.ErrorContains(t, err, "is not a valid time")
		})
	}
	for text, want := range map[string]string{
		"999999999d":            `"999999999d" is too long: at most 99999 days are allowed`,
		"1d100000h":             `"1d100000h" is too long: at most 99999 hours are allowed`,
		"99999999999999999999m": `"99999999999999999999m" is too long: at most 999999 minutes are allowed`,
	} {
		t.Run("too long: "+text, func(t *testing.T) {
			t.Parallel()
			_, err := scenario.ParseOffset(text)
			assert.EqualError(t, err, want)
		})
	}
}
