package arch_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/cmd/ringer/internal/arch"
)

func TestWhatWasSkippedIsNamedWithItsReason(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		json, out, leftOut string
		failed             bool
	}{
		"nothing is said of what passed": {
			json: `{"Action":"run","Package":"a","Test":"TestA"}
{"Action":"output","Package":"a","Test":"TestA","Output":"    a_test.go:7: well\n"}
{"Action":"pass","Package":"a","Test":"TestA"}
{"Action":"output","Package":"a","Output":"PASS\n"}
{"Action":"output","Package":"a","Output":"ok  \ta\t0.1s\n"}
{"Action":"pass","Package":"a"}
`,
			out: "ok  \ta\t0.1s\n",
		},
		"a reason stands once, with its tests": {
			json: `{"Action":"output","Package":"a","Test":"TestA","Output":"=== RUN   TestA\n"}
{"Action":"output","Package":"a","Test":"TestA","Output":"    a_test.go:7: needs a thing: get it there\n"}
{"Action":"output","Package":"a","Test":"TestA","Output":"--- SKIP: TestA (0.00s)\n"}
{"Action":"skip","Package":"a","Test":"TestA"}
{"Action":"output","Package":"b","Test":"TestB/one","Output":"        b_test.go:70: needs a thing: get it there\n"}
{"Action":"skip","Package":"b","Test":"TestB/one"}
{"Action":"skip","Package":"b","Test":"TestC"}
{"Action":"skip","Package":"c"}
`,
			leftOut: "Left out:\n  2 × needs a thing: get it there (TestA)\n  1 × no reason was given (TestC)\n",
		},
		"what a failed test said is shown": {
			json: `{"Action":"output","Package":"a","Test":"TestA","Output":"--- FAIL: TestA (0.00s)\n"}
{"Action":"output","Package":"a","Test":"TestB","Output":"panic: here\n"}
{"Action":"fail","Package":"a","Test":"TestA"}
{"Action":"output","Package":"a","Output":"FAIL\ta\t0.1s\n"}
{"Action":"fail","Package":"a"}
`,
			out: "--- FAIL: TestA (0.00s)\nFAIL\ta\t0.1s\npanic: here\n", failed: true,
		},
		"what does not build is shown": {
			json: `{"ImportPath":"a","Action":"build-output","Output":"a.go:1: no\n"}
{"ImportPath":"a","Action":"build-fail"}
pattern ./b: no such folder
`,
			out: "a.go:1: no\npattern ./b: no such folder\n", failed: true,
		},
	} {
		var out, leftOut strings.Builder
		failed, err := arch.ReportTests(strings.NewReader(test.json), &out, &leftOut)
		require.NoError(t, err, name)
		assert.Equal(t, test.failed, failed, name)
		assert.Equal(t, test.out, out.String(), name)
		assert.Equal(t, test.leftOut, leftOut.String(), name)
	}
}
