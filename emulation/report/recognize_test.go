package report_test

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/fidelity"
	"github.com/ringer-lab/ringer/emulation/report"
	"github.com/ringer-lab/ringer/emulation/result"
)

func TestReportsAreRecognized(t *testing.T) {
	t.Parallel()
	var junit, page bytes.Buffer
	require.NoError(t, report.JUnit(&junit, result.Run{Interrupted: []string{"naikon"}}, report.Lenient))
	require.NoError(t, report.FidelityHTML(&page, fidelity.Report{}))
	assert.True(t, report.IsJUnit(junit.Bytes()))
	assert.True(t, report.IsFidelityHTML(page.Bytes()))
	assert.False(t, report.IsJUnit(page.Bytes()))
	assert.False(t, report.IsFidelityHTML(junit.Bytes()))
	for _, text := range []string{
		"", "scenario \"a\" {}\n", `<testsuites name="pytest"></testsuites>`, `<testsuites></testsuites>`, `<project name="ringer"></project>`,
		`<testsuites name="ringer"><testsuite>`, `<testsuites name="ringer"></testsuites><`, junit.String() + "<", "{}",
	} {
		assert.False(t, report.IsJUnit([]byte(text)), text)
	}
	for _, text := range []string{
		"", "<!DOCTYPE html>\n<html><head></head>", `<!DOCTYPE html><head></head><body>
<meta name="generator" content="ringer fidelity">
`, "scenario \"a\" {}\n", `<!DOCTYPE html><head>
<meta name="generator" content="Hugo">
</head>`,
	} {
		assert.False(t, report.IsFidelityHTML([]byte(text)), text)
	}
}
