package sigma

import (
	"bytes"
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/sigma/logevent"
)

// FuzzParse holds: whatever the bytes, reading them ends; every problem lies in
// the file and says what and why; what is read can be compiled, linted, matched
// and explained.
func FuzzParse(f *testing.F) {
	for _, c := range readCases(f, ownCases) {
		if len(c.Rule) < 2000 {
			f.Add([]byte(c.Rule))
		}
	}
	ev := &logevent.Event{Fields: map[string]any{"A": "x", "B": []any{"1", nil}, "a": map[string]any{"b": json.Number("5")}}}
	f.Fuzz(func(t *testing.T, src []byte) {
		rules, problems := Parse("fuzz.yml", src)
		set, more := Compile(rules)
		problems = append(append(problems, more...), Lint(rules, nil)...)
		lines := bytes.Count(src, []byte("\n")) + bytes.Count(src, []byte("\r")) + 1
		for _, p := range problems {
			require.NotEmpty(t, p.Summary)
			require.NotEmpty(t, p.Section, p.String())
			require.LessOrEqual(t, p.Line, lines+1, p.String())
			require.Positive(t, p.Line, p.String())
		}
		x := set.NewSession()
		for range 3 {
			x.Feed(ev)
		}
		x.Close()
		for _, r := range set.Rules() {
			require.NotEmpty(t, set.Explain(r, ev).String())
		}
	})
}
