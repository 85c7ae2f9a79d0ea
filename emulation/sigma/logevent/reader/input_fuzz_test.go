package reader_test

import (
	"bytes"
	"errors"
	"io"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/sigma/logevent"
	"github.com/ringer-lab/ringer/emulation/sigma/logevent/reader"
)

// outcome is what came of an input.
type outcome struct {
	events  []*logevent.Event
	skipped []string
	end     string
}

func outcomeOf(t *testing.T, input []byte, workers int) outcome {
	t.Helper()
	r := reader.New(bytes.NewReader(input), reader.Options{MaxRecord: 1 << 16, Workers: workers})
	defer r.Close()
	var o outcome
	for range 4*len(input) + 4 {
		e, err := r.Next()
		switch bad, ok := errors.AsType[*logevent.LineError](err); {
		case errors.Is(err, io.EOF):
			return o
		case ok:
			o.skipped = append(o.skipped, bad.Error())
		case err != nil:
			o.end = err.Error()
			return o
		default:
			o.events = append(o.events, e)
		}
	}
	t.Fatal("it does not end")
	return o
}

// FuzzInput holds: whatever an input is, reading it ends, and several at work read the
// same as one.
func FuzzInput(f *testing.F) {
	for _, s := range []string{
		`{"Event":{"System":{"EventID":{"Value":1},"Channel":"Security"},"EventData":"{\"a\":1}"}}`, `{"Records":[{"eventSource":"a.amazonaws.com","eventName":"b"}]}`,
		"{\"hits\":{\"hits\":[{\"_source\":{\"message\":\"<Event><System><EventID>1</EventID></System></Event>\"}}]}}\n{\"a\":",
		`{"Id":1,"LogName":"System","ProviderName":"x","Properties":[{"Value":"a"},{"Value":null}]}`, `{"data":{"win":{"system":{"eventID":"1"},"eventdata":{"image":"x","data":"y"}}}}`,
		"<Events><Event><System><EventID>1</EventID></System><EventData><Data>a</Data></EventData></Event></Events>", "type=EXECVE msg=audit(1.0:1): argc=1 a0=\"x\"\n",
		"<34>Oct 11 22:14:15 h su: x\n", "#separator \\x09\n#path\tdns\n#fields\ta\tb\n1\t2\n", "a,b,c\n1,2,3\n", "a=1 b=2 c=3\n", "ElfFile\x00", "MZ", "\xff\xfe{\x00}\x00",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, input []byte) {
		want := outcomeOf(t, input, 1)
		require.Equal(t, want, outcomeOf(t, input, 3))
		for _, e := range want.events {
			require.NotNil(t, e.Fields)
			require.NotNil(t, e.LogSources, "what is not known is asked of nothing")
		}
	})
}
