//go:build linux

package agent

import (
	"context"
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/lab/wire"
)

func TestAStepThatIsSeenToDoTooMuchIsEnded(t *testing.T) {
	t.Parallel()
	content := event.Observation{Kind: event.Content, Content: make([]byte, event.MaxContent)}
	for name, test := range map[string]struct {
		seen event.Observation
		most int
		want string
	}{
		"by their number":  {event.Observation{Kind: event.Create, Path: "/asset/page"}, wire.MaxObservations, "the step made more than 20000 observations"},
		"by what they say": {content, wire.MaxStepBytes / event.MaxContent, "the observations of the step have more than 32 MiB"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ctx, end := context.WithCancelCause(t.Context())
			defer end(nil)
			o := &observationSender{agent: &agent{conn: wire.NewConn(strings.NewReader(""), io.Discard)}, end: end}
			most := 0
			for ; o.err == nil && most <= test.most; most++ {
				o.add(test.seen)
			}
			require.ErrorContains(t, o.err, test.want)
			assert.Equal(t, o.err, context.Cause(ctx), "its processes are ended")
			assert.Equal(t, o.err, o.flush(), "what was seen until then does not pass for all")
		})
	}
}
