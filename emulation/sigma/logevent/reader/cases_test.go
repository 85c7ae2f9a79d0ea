package reader_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/sigma"
	"github.com/ringer-lab/ringer/emulation/sigma/logevent"
	"github.com/ringer-lab/ringer/emulation/sigma/logevent/reader"
)

// publicCase is one line of the cases that were taken from public bug reports: rules,
// records as some tool writes them, and what must come of it.
type publicCase struct {
	ID     string          `json:"id"`
	Thread string          `json:"thread"`
	Rule   string          `json:"rule"`
	Events json.RawMessage `json:"events"` // a list of records, or the text of a file
	Expect json.RawMessage `json:"expect"` // the events that fire, the number of alerts, or "error"
	Note   string          `json:"note"`
}

func TestPublicCases(t *testing.T) {
	t.Parallel()
	path := os.Getenv("RINGER_SIGMA_CASES_2")
	if path == "" {
		t.Skip("RINGER_SIGMA_CASES_2 does not say where the cases from public bug reports are")
	}
	src, err := os.ReadFile(path)
	require.NoError(t, err)
	for line := range bytes.Lines(src) {
		var c publicCase
		require.NoError(t, json.Unmarshal(line, &c))
		t.Run(c.ID, func(t *testing.T) {
			t.Parallel()
			c.run(t)
		})
	}
}

func (c publicCase) run(t *testing.T) {
	rules, problems := sigma.Parse("case.yml", []byte(c.Rule))
	set, more := sigma.Compile(rules)
	problems = append(problems, more...)
	if string(c.Expect) == `"error"` {
		refused := sigma.Errors(problems) > 0 || len(set.Rules()) == 0 && len(problems) > 0
		assert.True(t, refused, "no error reported, and the rule is used: %s\n%s", c.Note, c.Rule)
		return
	}
	require.Zero(t, sigma.Errors(problems), "%v\n%s", problems, c.Rule)
	alerts := alertsOf(t, set, c.text(t))
	var count int
	if json.Unmarshal(c.Expect, &count) == nil {
		assert.Len(t, alerts, count, "%s\n%s\n%s\n%s", c.Note, c.Thread, c.Rule, c.Events)
		return
	}
	var want []int
	require.NoError(t, json.Unmarshal(c.Expect, &want))
	fired := []int{}
	for _, alert := range alerts {
		if !slices.Contains(fired, alert.Index) {
			fired = append(fired, alert.Index)
		}
	}
	assert.ElementsMatch(t, want, fired, "%s\n%s\n%s\n%s", c.Note, c.Thread, c.Rule, c.Events)
}

// text is the file that the records lie in.
func (c publicCase) text(t *testing.T) []byte {
	var file string
	if json.Unmarshal(c.Events, &file) == nil {
		return []byte(file)
	}
	var records []json.RawMessage
	require.NoError(t, json.Unmarshal(c.Events, &records))
	return bytes.Join(asBytes(records), []byte("\n"))
}

func asBytes(records []json.RawMessage) [][]byte {
	var all [][]byte
	for _, r := range records {
		all = append(all, r)
	}
	return all
}

// alertsOf is what `ringer sigma match` prints of a file.
func alertsOf(t *testing.T, set *sigma.Set, file []byte) []sigma.Alert {
	session := set.NewSession()
	events := reader.New(bytes.NewReader(file), reader.Options{})
	var alerts []sigma.Alert
	for {
		event, err := events.Next()
		if errors.Is(err, io.EOF) {
			return append(alerts, session.Close()...)
		}
		if _, bad := errors.AsType[*logevent.LineError](err); bad {
			continue
		}
		require.NoError(t, err)
		set.AssumeLogSource(event)
		alerts = append(alerts, session.Feed(event)...)
	}
}
