package attack_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ringer-lab/ringer/emulation/attack"
)

func TestVersionOfAText(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		text           string
		found, nearest attack.Version
	}{
		{"18.1", attack.V18, attack.V18},
		{"18", attack.V18, attack.V18},
		{"19", attack.V19, attack.V19},
		{"19.2", attack.V19, attack.V19},
		{"15.1", "", attack.V18},
		{"20.0", "", attack.V19},
		{"", "", ""},
		{"v19", "", ""},
		{"19.x", "", ""},
		{"19.", "", ""},
		{"-19", "", ""},
		{"99999999999999999999", "", ""},
	} {
		found, ok := attack.FindVersion(test.text)
		assert.Equal(t, test.found, found, test.text)
		assert.Equal(t, test.found != "", ok, test.text)
		nearest, ok := attack.NearestVersion(test.text)
		assert.Equal(t, test.nearest, nearest, test.text)
		assert.Equal(t, test.nearest != "", ok, test.text)
	}
}
