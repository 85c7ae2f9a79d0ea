package hunt

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ringer-lab/ringer/emulation/artifact"
)

func TestMarksAreTakenAway(t *testing.T) {
	t.Parallel()
	nested := map[string]any{"Text": "# " + artifact.Marker + "\nls\n", "other": 1}
	fields := map[string]any{
		"TaskContent": "<?xml?>\n<!-- " + artifact.Marker + " -->\n<Task/>", "ScriptBlockText": artifact.Marker, "Product": "ringer", "User": "ringer",
		"OriginalFileName": "ringer.exe", "Description": "ringer stand-in", "Data": []any{"a", "-hpStandin#1"}, "In": nested, "EventID": 1,
	}
	got, ok := disguised(fields)
	assert.True(t, ok)
	assert.Equal(t, map[string]any{
		"TaskContent": "<?xml?>\n<Task/>", "ScriptBlockText": "", "Product": "-", "User": "ringer", "OriginalFileName": "-", "Description": "-",
		"Data": []any{"a", "-hpMeridian#1"}, "In": map[string]any{"Text": "ls\n", "other": 1}, "EventID": 1,
	}, got)
	assert.Equal(t, "ringer", fields["Product"], "what was given stays")
	assert.Equal(t, "# "+artifact.Marker+"\nls\n", nested["Text"])
	plain := map[string]any{"a": "b", "c": []any{"d"}, "e": map[string]any{"f": "g"}}
	got, ok = disguised(plain)
	assert.False(t, ok)
	assert.Equal(t, plain, got)
}
