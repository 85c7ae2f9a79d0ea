package detect_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/detect"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/sigma"
)

const page = `
title: Page
id: 5f1c3d0e-7f43-4a6f-9a6e-3f1f0f6f2b11
name: page
logsource: {category: file_event, product: windows}
detection:
  selection:
    TargetFilename|endswith: '.aspx'
  writer:
    Image|endswith: '\w3wp.exe'
  condition: selection and writer
level: high
tags: [attack.t1505.003]
---
title: Page Twice in Two Years
id: 5f1c3d0e-7f43-4a6f-9a6e-3f1f0f6f2b12
correlation:
  type: event_count
  rules: [page]
  timespan: 800d
  generate: true
  condition: {gte: 2}
`

func detector(t *testing.T, texts ...string) *detect.Sigma {
	t.Helper()
	var rules []*sigma.Rule
	for _, text := range texts {
		more, problems := sigma.Parse("test.yml", []byte(text))
		require.Zero(t, sigma.Errors(problems), "%v", problems)
		rules = append(rules, more...)
	}
	out, problems := detect.NewSigma(rules)
	require.Zero(t, sigma.Errors(problems), "%v", problems)
	return out
}

// written is a file event whose writer is known by lineage only.
func written(id, path string, day int) event.Event {
	return event.Event{
		ID: id, Time: time.Date(2019, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, day),
		Sources: []event.LogSource{{Category: "file_event", Product: "windows"}},
		Fields:  map[string]any{"TargetFilename": path}, Joined: map[string]any{"Image": `C:\Windows\System32\inetsrv\w3wp.exe`},
	}
}

func alerts(t *testing.T, d *detect.Sigma, shape event.Shape, events ...event.Event) map[string][][]string {
	t.Helper()
	found, err := d.Detect(t.Context(), events, shape)
	require.NoError(t, err)
	out := map[string][][]string{}
	for _, alert := range found {
		assert.Equal(t, shape, alert.Shape)
		out[alert.Title] = append(out[alert.Title], alert.Events)
	}
	return out
}

func TestAShapeDecidesWhichFieldsAreSeen(t *testing.T) {
	t.Parallel()
	upload := written("mail-1", `C:\x.aspx`, 0)
	assert.Empty(t, alerts(t, detector(t, page), event.Native, upload))
	assert.Equal(t, map[string][][]string{"Page": {{"mail-1"}}}, alerts(t, detector(t, page), event.EDR, upload))
}

func TestCorrelationsReachOverYearsOfVirtualTime(t *testing.T) {
	t.Parallel()
	found := alerts(t, detector(t, page), event.EDR, written("mail-1", `C:\x.aspx`, 0), written("mail-2", `C:\y.aspx`, 700))
	assert.Equal(t, [][]string{{"mail-1", "mail-2"}}, found["Page Twice in Two Years"])
	found = alerts(t, detector(t, page), event.EDR, written("mail-1", `C:\x.aspx`, 0), written("mail-2", `C:\y.aspx`, 900))
	assert.Empty(t, found["Page Twice in Two Years"])
}

func TestALaterRuleOfAnIDTakesTheEarliersPlace(t *testing.T) {
	t.Parallel()
	other := `
title: Another Page
id: 5f1c3d0e-7f43-4a6f-9a6e-3f1f0f6f2b11
name: page
logsource: {category: file_event, product: windows}
detection:
  selection:
    TargetFilename|endswith: '.php'
  condition: selection
`
	d := detector(t, page, other)
	found := d.Named("5F1C3D0E-7F43-4A6F-9A6E-3F1F0F6F2B11")
	require.Len(t, found, 1, "ids have no case")
	assert.Equal(t, "Another Page", found[0].Title)
	assert.Len(t, d.Rules(), 2)
	assert.Empty(t, alerts(t, d, event.EDR, written("1", `C:\x.aspx`, 0)))
	assert.Contains(t, alerts(t, d, event.EDR, written("1", `C:\x.php`, 0)), "Another Page")
}

func TestAMissIsExplainedOnTheNearestEvent(t *testing.T) {
	t.Parallel()
	d, id := detector(t, page), "5f1c3d0e-7f43-4a6f-9a6e-3f1f0f6f2b11"
	events := []event.Event{written("mail-1", `C:\x.txt`, 0), written("mail-2", `C:\y.aspx`, 0)}
	why := d.Explain(id, events, event.Native).Text
	assert.Contains(t, why, "nearest of 2 events, mail-2")
	assert.Regexp(t, `✓ .*TargetFilename`, why)
	assert.Regexp(t, `✗ .*Image`, why)
	assert.Regexp(t, `^mail-1:\n✗`, d.Explain(id, events[:1], event.Native).Text, "of one event none is the nearest")
	assert.Equal(t, "the step left no event", d.Explain(id, nil, event.Native).Text)
	other := written("mail-3", `C:\x.aspx`, 0)
	other.Sources = []event.LogSource{{Category: "process_creation", Product: "windows"}}
	assert.Contains(t, d.Explain(id, []event.Event{other}, event.Native).Text, "✗ log source: the rule is for windows/file_event")
	assert.Contains(t, d.Explain("nothing", events, event.Native).Text, "rule nothing is not loaded")
}

func TestACancelledDetectionSaysWhy(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancelCause(t.Context())
	cancel(errors.New("interrupted"))
	_, err := detector(t, page).Detect(ctx, []event.Event{written("1", `C:\x.aspx`, 0)}, event.EDR)
	assert.ErrorContains(t, err, "interrupted")
}
