package html_test

import (
	"bytes"
	"flag"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/report/evidence"
	"github.com/ringer-lab/ringer/emulation/report/html"
	"github.com/ringer-lab/ringer/emulation/report/internal/reporttest"
	"github.com/ringer-lab/ringer/lab/fake"
)

var update = flag.Bool("update", false, "rewrite the golden files")

func written(t *testing.T, run evidence.Run) []byte {
	t.Helper()
	var out bytes.Buffer
	require.NoError(t, html.Write(&out, run))
	return out.Bytes()
}

func overlap(t *testing.T) evidence.Run {
	t.Helper()
	return reporttest.Overlap(t, fake.Lab{Now: func() time.Time { return reporttest.Started }, ClaimObserved: true})
}
