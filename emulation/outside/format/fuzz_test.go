package format_test

import (
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/outside/format"
)

// Whatever comes in is read within the limits, or said to be unreadable.
func FuzzRead(f *testing.F) {
	for _, text := range []string{
		``, `{}`, `[{}]`, `[1]`, `{"rule":"R","time":"2026-11-30T10:00:00Z"}`, `{"rule":{"rule":["R"]}}`, `{"time":99999999999999999999,"rule":"R"}`, `{"time":"1.","rule":"R"}`,
		`{"hits":{"hits":[{"_source":{"kibana.alert.rule.name":"x"}}]}}`, `{"event_type":"alert","alert":{"signature":"\u0000","signature_id":-1},"src_ip":"::1%x","src_port":70000}`,
		`{"process_kprobe":{"process":[],"args":[[]]}}`, `{"output_fields":{"fd.name":"->"},"rule":"R"}`, `{"class_uid":2004,"evidences":{"0":1}}`, `{"result":{"source":"x","_time":"-1"}}`,
	} {
		f.Add(text)
	}
	var readers []*format.Reader
	for _, one := range format.Formats() {
		reader, err := format.New(one.Name, map[string]string{"rule": "rule"}, "")
		require.NoError(f, err)
		own, err := format.New(one.Name, nil, "a.b")
		if err == nil {
			readers = append(readers, own)
		}
		readers = append(readers, reader)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, reader := range readers {
			read := reader.Read([]byte(text))
			assert.LessOrEqual(t, len(read.Alerts), format.MostRecords)
			assert.Equal(t, read.Unreadable > 0, read.Problem != "", "what cannot be read has a reason")
			for _, alert := range read.Alerts {
				assert.NotEmpty(t, alert.Rule)
				assert.NotEmpty(t, alert.ID)
				assert.GreaterOrEqual(t, alert.Count, 0)
				assert.LessOrEqual(t, len(alert.Args), 5000)
				assert.True(t, utf8.ValidString(alert.Rule))
				assert.False(t, !alert.Time.IsZero() && alert.Precision <= 0)
			}
			assert.Equal(t, read, reader.Read([]byte(text)), "it is read the same again")
		}
	})
}
