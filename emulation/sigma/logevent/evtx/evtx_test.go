package evtx

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/sigma/logevent"
	"github.com/ringer-lab/ringer/emulation/sigma/logevent/record"
)

// readAll is what each record of a file is, and what could not be read.
func readAll(t testing.TB, file []byte) (all []map[string]any, failed []error) {
	t.Helper()
	c, r := NewCutter(bufio.NewReader(bytes.NewReader(file))), NewReader(&record.Parser{})
	for {
		piece, err := c.Next()
		if errors.Is(err, io.EOF) {
			return all, failed
		}
		if bad, ok := errors.AsType[*logevent.LineError](err); ok {
			failed = append(failed, bad)
			continue
		}
		require.NoError(t, err)
		err = r.Chunk(piece.Text, func(v *record.Value) error {
			all = append(all, v.Fields(0))
			return nil
		})
		if err != nil {
			failed = append(failed, err)
		}
	}
}

func TestRecordsOfAFile(t *testing.T) {
	t.Parallel()
	all, failed := readAll(t, sample())
	require.Empty(t, failed)
	require.Len(t, all, 3)
	assert.Equal(t, map[string]any{"Event": map[string]any{
		"System": map[string]any{
			"Provider": map[string]any{"#attributes": map[string]any{"Name": "Microsoft-Windows-Sysmon"}},
			"EventID":  "1", "Channel": "Microsoft-Windows-Sysmon/Operational", "Correlation": nil,
		},
		"EventData": map[string]any{"Image": `C:\whoami.exe`, "Empty": ""},
	}}, all[0])
	event := all[2]["Event"].(map[string]any)
	system, data := event["System"].(map[string]any), event["EventData"].(map[string]any)
	assert.EqualValues(t, "326", system["EventID"])
	assert.Equal(t, map[string]any{"#attributes": map[string]any{"SystemTime": "2024-01-01T08:00:00.0000000Z"}}, system["TimeCreated"])
	assert.Equal(t, map[string]any{"#attributes": map[string]any{"UserID": "S-1-5-18"}}, system["Security"])
	assert.Equal(t, "0x8020000000000000", system["Keywords"])
	assert.Equal(t, map[string]any{
		"Data": []any{"lsass", "x\\ntds.dit \U0001F600"}, "Id": "ABABABAB-ABAB-ABAB-ABAB-ABABABABABAB", "Flag": true, "List": []any{"a", "b"},
	}, data)
}

func TestABrokenRecordLeavesTheOthers(t *testing.T) {
	t.Parallel()
	file := sample()
	first := headerSize + chunkHead
	second := first + int(binary.LittleEndian.Uint32(file[first+4:]))
	file[second+recordHead+4] = 0x7f // a token that there is not
	all, failed := readAll(t, file)
	assert.Len(t, all, 2)
	require.Len(t, failed, 1)
	assert.ErrorContains(t, failed[0], "record 2: unexpected token")
}

// Of what lies where the head says that space is free, records that go on with the
// numbers are of a log that was copied while it was written; others were there before it
// was cleared.
func TestRecordsInFreeSpace(t *testing.T) {
	t.Parallel()
	file := sample()
	first := headerSize + chunkHead
	second := first + int(binary.LittleEndian.Uint32(file[first+4:]))
	binary.LittleEndian.PutUint32(file[headerSize+freeAt:], uint32(second-headerSize))
	all, failed := readAll(t, file)
	assert.Len(t, all, 3)
	assert.Empty(t, failed)
	binary.LittleEndian.PutUint64(file[second+8:], 1002)
	all, failed = readAll(t, file)
	assert.Len(t, all, 1)
	assert.Empty(t, failed)
}

// A template whose value is a template whose value is … grows with each level.
func TestARecordThatGrowsIsGivenUp(t *testing.T) {
	t.Parallel()
	w := newWriter()
	long := units(string(bytes.Repeat([]byte("x"), 15_000)))
	w.record(1, time.Now(), func() {
		w.instance(0, func() {
			w.element(true, "Event", nil, func() {
				for range 900 {
					w.substitution(0)
				}
			})
		}, given{kindText, long})
	})
	all, failed := readAll(t, w.file())
	assert.Empty(t, all)
	require.Len(t, failed, 1)
	assert.ErrorIs(t, failed[0], errGrows)
}

func TestAFileThatIsCutOff(t *testing.T) {
	t.Parallel()
	_, failed := readAll(t, []byte(Magic))
	require.Len(t, failed, 1)
	assert.ErrorContains(t, failed[0], "the file ends after 8 bytes")
	file := sample()
	all, failed := readAll(t, file[:headerSize+chunkHead+600])
	assert.LessOrEqual(t, len(all), 1)
	assert.Len(t, failed, 1)
}

// FuzzChunk holds: whatever a chunk says, reading it ends, and does not read beside it.
func FuzzChunk(f *testing.F) {
	f.Add(sample()[headerSize : headerSize+4096])
	f.Fuzz(func(t *testing.T, head []byte) {
		if len(head) > chunkSize {
			return
		}
		chunk := append(bytes.Clone(head), make([]byte, chunkSize-len(head))...)
		n := 0
		_ = NewReader(&record.Parser{}).Chunk(chunk, func(v *record.Value) error {
			n++
			require.Equal(t, record.Object, v.Kind)
			return nil
		})
		require.LessOrEqual(t, n, chunkSize/recordHead)
	})
}
