package hunt

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/event"
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

func TestProgramsWithoutAResourceHaveHashesOfTheirOwn(t *testing.T) {
	t.Parallel()
	const same = "MD5=26C4D1C7B4C4545A74A4343F51E55CAE,SHA256=2121F37380A3257425F523AD5DC774CAD9E8064A3BAC4B1D00AB5F1BD64C858F,IMPHASH=00000000000000000000000000000000"
	hashes := func(image, original string) any {
		given := map[string]any{"Image": image, "OriginalFileName": original, "Hashes": same}
		s := New(Options{})
		s.Add([]Record{{Event: event.Event{Fields: given}}})
		for range 5 { // what is put together is not disguised again
			s.Add([]Record{{Event: event.Event{}}})
		}
		assert.Equal(t, same, given["Hashes"])
		return s.current.Load().parts[0].Fields(0)["Hashes"]
	}
	own := hashes(`C:\ProgramData\rcdll.dll`, "-")
	assert.Equal(t, own, hashes(`D:\RCDLL.dll`, "ringer.exe"), "the same program elsewhere")
	assert.NotEqual(t, own, hashes(`C:\ProgramData\mpsvc.dll`, "-"))
	assert.Regexp(t, `^MD5=[0-9A-F]{32},SHA256=[0-9A-F]{64},IMPHASH=0{32}$`, own)
	assert.Equal(t, same, hashes(`C:\PerfLogs\r.exe`, "rar.exe"), "a renamed program is known by its hash")
	assert.Equal(t, same, hashes(`C:\x`, ""))
}
