package clock

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
)

func TestRead(t *testing.T) {
	t.Parallel()
	want := time.Date(2024, 1, 1, 8, 0, 0, 0, time.UTC)
	for _, s := range []string{
		"2024-01-01T08:00:00Z", "2024-01-01T08:00:00.000+00:00", "2024-01-01T10:00:00+0200", "2024-01-01T08:00:00.000+0000",
		"2024-01-01 08:00:00 UTC", "2024-01-01 08:00:00", "2024-01-01 08:00:00 +0000", "2024-01-01T08:00:00", "2024-01-01 08:00:00,000",
		"2024-01-01 08:00:00.0000000", "2024-01-01T08:00:00.0000000Z", "20240101T080000Z", "2024/01/01 08:00:00",
		"Mon Jan  1 08:00:00 2024", "Mon Jan 1 08:00:00 UTC 2024", "Mon, 01 Jan 2024 08:00:00 GMT", "Mon, 01 Jan 2024 08:00:00 +0000",
		"01/Jan/2024:08:00:00 +0000", "1/1/2024 8:00:00 AM", "01/01/2024 08:00:00 AM", "1/1/2024, 8:00:00.000 AM", "01/01/2024 08:00:00",
		"/Date(1704096000000)/", "/Date(1704096000000+0100)/", "1704096000", "1704096000.0", "1704096000000", "1704096000000000", "1704096000000000000",
		"133485696000000000", "1.704096e9", "Jan 1, 2024 @ 08:00:00.000", "2024-01-01 08:00:00 +0000 UTC", "2024-01-01 08:00", " 2024-01-01T08:00:00Z ",
	} {
		got, ok := Read(s)
		assert.True(t, ok, s)
		assert.True(t, want.Equal(got), "%s is read as %s", s, got)
	}
	got, ok := Read("1604994496.155")
	assert.True(t, ok)
	assert.Equal(t, "2020-11-10T07:48:16.155Z", got.Format(time.RFC3339Nano))
	got, ok = Read("Nov  2 07:48:16")
	assert.True(t, ok)
	assert.Equal(t, "11-02T07:48:16", got.Format("01-02T15:04:05"))
	for _, s := range []string{"", "-", "yesterday", "12", "4688", "20240101", "2024-13-01T08:00:00Z", "/Date()/", "/Date(x)/", "NaN", "1e400", "99999999999999999999", "1.6"} {
		_, ok := Read(s)
		assert.False(t, ok, s)
	}
}

// FuzzRead holds: whatever the text, reading it ends without a panic.
func FuzzRead(f *testing.F) {
	for _, s := range []string{"1/1/2024 8:00:00 AM", "/Date(1)/", "/Date(-)/", "1704096000.5", ",0", "Jan _2"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if at, ok := Read(s); ok && at.IsZero() {
			t.Fatalf("%q is read as no time", s)
		}
	})
}
