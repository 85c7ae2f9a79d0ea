package hunt_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/hunt"
)

func TestAFieldThatNoEventHasIsNamed(t *testing.T) {
	t.Parallel()
	s := hunt.New(hunt.Options{})
	later := created(1, "A", "x", "y")
	later.Event.Fields = map[string]any{"TargetFilename": "z"}
	s.Add([]hunt.Record{created(0, "A", "x", "y"), later})
	for text, want := range map[string]string{
		"Imge:x":                        "Imge:x: no event so far has a field Imge: did you mean Image?",
		"whoami or not TargetFilenam:*": "TargetFilenam:*: no event so far has a field TargetFilenam: did you mean TargetFilename?",
		"Zebra:x":                       "Zebra:x: no event so far has a field Zebra",
		"image:x host:nowhere":          "",
	} {
		notes := find(t, s, text, 2).Notes
		if want == "" {
			assert.Empty(t, notes, text)
			continue
		}
		require.Len(t, notes, 1, text)
		assert.Equal(t, want, text[notes[0].From:notes[0].To]+": "+notes[0].Text)
	}
	notes := find(t, s, "TargetFilenam:*", 1).Notes
	require.Len(t, notes, 1)
	assert.Empty(t, notes[0].Instead, "what comes later is not told")
	assert.Len(t, find(t, s, "TargetFilename:*", 1).Notes, 1)
	long := strings.Repeat("x", 300)
	notes = find(t, s, long+":*", 2).Notes
	require.Len(t, notes, 1)
	assert.Empty(t, notes[0].Instead)
	assert.Equal(t, []string{"CommandLine", "EventID", "Image"}, s.Fields(1))
}
