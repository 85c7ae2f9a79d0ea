package html_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/report/internal/reporttest"
	"github.com/ringer-lab/ringer/emulation/result"
)

func TestThePageSaysWhatTheRunWasHeldTo(t *testing.T) {
	t.Parallel()
	run := reporttest.Sample(t)
	run.Result.Gates = []result.Gate{{Name: "main", Checks: []result.GateCheck{
		{Bound: "max_missed", Limit: "3", Measured: "1 of 4", Outcome: result.Passed},
		{Bound: "max_flakes", Limit: "0", Measured: "nothing", Outcome: result.NotJudged, Findings: []result.GateFinding{{Sentence: "It was <performed> once."}}},
	}, Warnings: []result.GateFinding{{Sentence: "untested: one."}}}}
	page := body(t, run)
	_, section, found := strings.Cut(page, `<section id="gates"`)
	require.True(t, found)
	section, _, _ = strings.Cut(section, "</section>")
	for _, wanted := range []string{"max_missed 3", "1 of 4", "It was &lt;performed&gt; once.", "untested: one.", "not judged", "warning"} {
		assert.Contains(t, section, wanted)
	}
	assert.Contains(t, page, `<a href="#gates">`)
	assert.NotContains(t, body(t, reporttest.Sample(t)), `id="gates"`)
}
