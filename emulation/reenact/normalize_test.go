package reenact_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// What an asset cannot hold to the letter does not cost the recording: the event
// comes again, and what is in want is what its field has become.
func TestWhatAnAssetCannotHoldComesAsNearAsItCan(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("ü", 200)
	for _, test := range []struct {
		name string
		id   int
		data map[string]string
		want map[string]string
	}{
		{name: "slashes for backslashes", id: 11, data: map[string]string{"TargetFilename": `C:/a b/c.txt`}, want: map[string]string{"TargetFilename": `C:\a b\c.txt`}},
		{name: "a step upwards", id: 7, data: map[string]string{"ImageLoaded": `C:\a\b\..\c.dll`}, want: map[string]string{"ImageLoaded": `C:\a\c.dll`}},
		{name: "a name of more bytes than a file's", id: 11, data: map[string]string{"TargetFilename": `C:\` + long + `\x`}, want: map[string]string{"TargetFilename": `C:\` + long + `\x`}},
		{name: "a folder that is none", id: 1, data: map[string]string{"CurrentDirectory": "?"}, want: map[string]string{"CurrentDirectory": `C:\`}},
		{name: "an integrity level by its label", id: 1, data: map[string]string{"IntegrityLevel": "S-1-16-4096"}, want: map[string]string{"IntegrityLevel": "Low"}},
		{name: "an integrity level that is none", id: 1, data: map[string]string{"IntegrityLevel": "?"}, want: map[string]string{"IntegrityLevel": "High"}},
		{name: "a parent that is not known", id: 1, data: map[string]string{"ParentImage": "?", "ParentCommandLine": "?"}, want: map[string]string{"ParentImage": "-"}},
		{name: "a parent without a file", id: 1, data: map[string]string{"ParentImage": "Secure System"}, want: map[string]string{"ParentImage": "Secure System"}},
		{name: "a NUL in a command line", id: 1, data: map[string]string{"CommandLine": "a -b\x00 -c"}, want: map[string]string{"CommandLine": "a -b"}},
		{name: "a command line of more bytes than characters", id: 1, data: map[string]string{"CommandLine": strings.Repeat("ü", 32000)}, want: map[string]string{"CommandLine": strings.Repeat("ü", 32000)}},
		{name: "a description of several lines", id: 1, data: map[string]string{"Description": "a\r\nb"}, want: map[string]string{"Description": "a  b"}},
		{name: "a description of great length", id: 1, data: map[string]string{"Description": long}, want: map[string]string{"Description": strings.Repeat("ü", 128)}},
		{name: "an odd state of a signature", id: 7, data: map[string]string{"ImageLoaded": `C:\a.dll`, "Signed": "true", "Signature": "A", "SignatureStatus": "errorChaining"}, want: map[string]string{"SignatureStatus": "errorChaining"}},
		{name: "a key that ends in nothing", id: 12, data: map[string]string{"EventType": "CreateKey", "TargetObject": `hklm\SOFTWARE\a\`}, want: map[string]string{"TargetObject": `HKLM\SOFTWARE\a`}},
		{name: "a NUL in a value", id: 13, data: map[string]string{"TargetObject": `HKCR\a\b`, "Details": "x\x00y"}, want: map[string]string{"Details": "x"}},
		{name: "a frame of a call that is no file", id: 10, data: map[string]string{
			"SourceImage": `C:\a.exe`, "TargetImage": `C:\b.exe`, "CallTrace": `C:\n.dll+1|c.pyd+2`,
		}, want: map[string]string{"SourceImage": `C:\a.exe`}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			p := performed(t, recorded(sysmon, test.id, by(test.data)))
			made, ok := p.Counterpart(0)
			require.True(t, ok)
			for field, want := range test.want {
				assert.Equal(t, want, made.Fields[field], field)
			}
		})
	}
}
