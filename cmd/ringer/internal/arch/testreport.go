package arch

import (
	"bufio"
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"regexp"
	"slices"
	"strings"
)

// testEvent is a line of `go test -json`, as `go doc test2json` describes it.
type testEvent struct {
	Action, Package, Test, Output string
}

// ReportTests reads what `go test -json` writes. It writes to out what go test alone
// would (a line a package, and all that a failed test said) and to leftOut, at the end,
// why tests were skipped, each reason once. failed tells that something failed. The
// error is that of reading or writing.
func ReportTests(in io.Reader, out, leftOut io.Writer) (failed bool, err error) {
	r := testReport{said: map[[2]string][]string{}, skipped: map[string][]string{}}
	lines := bufio.NewReader(in)
	for {
		line, err := lines.ReadString('\n')
		if line != "" {
			if _, err := io.WriteString(out, r.take(line)); err != nil {
				return r.failed, err
			}
		}
		if err == io.EOF {
			_, err := io.WriteString(leftOut, r.leftOut())
			return r.failed, err
		}
		if err != nil {
			return r.failed, err
		}
	}
}

type testReport struct {
	failed bool
	// said is the output of each test under way, by package and name.
	said map[[2]string][]string
	// skipped are the tests that were skipped for each reason.
	skipped map[string][]string
}

// take takes in one line, and returns what is to be shown of it.
func (r *testReport) take(line string) string {
	var e testEvent
	if json.Unmarshal([]byte(line), &e) != nil {
		return line // it is of the go command itself
	}
	key := [2]string{e.Package, e.Test}
	switch e.Action {
	case "build-output":
		return e.Output
	case "output":
		switch {
		case e.Test != "":
			r.said[key] = append(r.said[key], e.Output)
		case e.Output != "PASS\n":
			return e.Output
		}
	case "pass":
		delete(r.said, key)
	case "skip":
		if e.Test != "" {
			reason := skipReason(r.said[key])
			r.skipped[reason] = append(r.skipped[reason], e.Test)
		}
		delete(r.said, key)
	case "fail", "build-fail":
		r.failed = true
		if e.Test != "" {
			said := strings.Join(r.said[key], "")
			delete(r.said, key)
			return said
		}
		return r.unfinished(e.Package)
	}
	return ""
}

// unfinished is what the tests of a package said that did not come to their end.
func (r *testReport) unfinished(of string) string {
	var said strings.Builder
	for _, key := range slices.SortedFunc(maps.Keys(r.said), func(a, b [2]string) int { return cmp.Compare(a[1], b[1]) }) {
		if key[0] == of {
			said.WriteString(strings.Join(r.said[key], ""))
			delete(r.said, key)
		}
	}
	return said.String()
}

// framing are the lines that go test puts around what a test says.
var framing = regexp.MustCompile(`^\s*(=== |--- )`)

// place is where a test says something.
var place = regexp.MustCompile(`^\s*\S+\.go:\d+: `)

// skipReason is the last thing that a test said: why it was skipped.
func skipReason(said []string) string {
	for _, line := range slices.Backward(said) {
		if !framing.MatchString(line) && strings.TrimSpace(line) != "" {
			return strings.TrimSpace(place.ReplaceAllString(line, ""))
		}
	}
	return "no reason was given"
}

// leftOut names each reason once, with how many tests were skipped for it and the first
// of them.
func (r *testReport) leftOut() string {
	if len(r.skipped) == 0 {
		return ""
	}
	var out strings.Builder
	out.WriteString("Left out:\n")
	for _, reason := range slices.Sorted(maps.Keys(r.skipped)) {
		tests := r.skipped[reason]
		fmt.Fprintf(&out, "  %d × %s (%s)\n", len(tests), reason, tests[0])
	}
	return out.String()
}
